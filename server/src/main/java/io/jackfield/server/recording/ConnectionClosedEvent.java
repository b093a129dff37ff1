package io.jackfield.server.recording;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A WebSocket that was open is closed. */
@Name("io.jackfield.ConnectionClosed")
@Label("Connection Closed")
@Description("A WebSocket that was open is closed")
@Category("Jackfield")
@StackTrace(false)
final class ConnectionClosedEvent extends Event {

    @Label("Connection")
    long connection;

    @Label("Endpoint")
    String endpoint;

    @Label("Close Code")
    int code;

    @Label("Reason")
    String reason;

    @Label("Initiator")
    String initiator;

    @Label("Clean")
    boolean clean;

    @Label("Age")
    @Timespan
    long age;

    @Label("Messages Received")
    long receivedMessages;

    @Label("Bytes Received")
    @DataAmount
    long receivedBytes;

    @Label("Messages Sent")
    long sentMessages;

    @Label("Bytes Sent")
    @DataAmount
    long sentBytes;
}
