package io.jackfield.server.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An opening handshake led to a WebSocket. */
@Name("io.jackfield.HandshakeAccepted")
@Label("Handshake Accepted")
@Description("An opening handshake led to a WebSocket")
@Category("Jackfield")
@StackTrace(false)
final class HandshakeAcceptedEvent extends Event {

    @Label("Connection")
    long connection;

    @Label("Remote Address")
    String remoteAddress;

    @Label("Path")
    String path;

    @Label("Endpoint")
    String endpoint;

    @Label("Subprotocol")
    String subprotocol;

    @Label("Extensions")
    String extensions;

    @Label("Secure")
    boolean secure;
}
