package io.jackfield.server.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An opening handshake did not lead to a WebSocket. */
@Name("io.jackfield.HandshakeRefused")
@Label("Handshake Refused")
@Description("An opening handshake did not lead to a WebSocket")
@Category("Jackfield")
@StackTrace(false)
final class HandshakeRefusedEvent extends Event {

    @Label("Reason")
    String reason;

    @Label("HTTP Status")
    int status;

    @Label("Remote Address")
    String remoteAddress;

    @Label("Path")
    String path;
}
