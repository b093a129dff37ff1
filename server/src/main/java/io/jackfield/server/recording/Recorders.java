package io.jackfield.server.recording;

import io.jackfield.server.statistics.Recorder;

/** Finds what this runtime can record with. */
public final class Recorders {

    private Recorders() {}

    /** A recorder for one server. */
    public static Recorder find() {
        try {
            return new FlightRecorder();
        } catch (NoClassDefFoundError e) {
            // A runtime without the module jdk.jfr, or a framework that does not export its package.
            return Recorder.NONE;
        }
    }
}
