package io.jackfield.server.recording;

import io.jackfield.server.statistics.Recorder;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** The listeners of a connection took long to handle one event. */
@Name("io.jackfield.SlowListener")
@Label("Slow Listener")
@Description("The listeners of a connection took long to handle one event; on an event loop all its connections wait")
@Category("Jackfield")
@Threshold("10 ms")
@StackTrace(false)
final class SlowListenerEvent extends Event implements Recorder.ListenerCall {

    @Label("Connection")
    long connection;

    @Label("Endpoint")
    String endpoint;

    @Label("Event")
    String event;

    @Override
    public void returned(long number, String path, String kind) {
        end();
        if (shouldCommit()) {
            connection = number;
            endpoint = path;
            event = kind;
            commit();
        }
    }
}
