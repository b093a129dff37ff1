package io.jackfield.server.recording;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A peer took long to read what was sent to it. */
@Name("io.jackfield.SlowConsumer")
@Label("Slow Consumer")
@Description("Output waited because the peer did not read; recorded when it has, or when the connection ends")
@Category("Jackfield")
@Threshold("100 ms")
@StackTrace(false)
final class SlowConsumerEvent extends Event {

    @Label("Connection")
    long connection;

    @Label("Remote Address")
    String remoteAddress;
}
