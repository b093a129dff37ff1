package io.jackfield.bench.experiment;

import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.server.ServerSettings;
import java.io.IOException;
import java.util.Map;

/** Something that is measured of one server at a time. */
public interface Experiment {

    /** By which it is chosen, and under which its results are kept. */
    String name();

    /** For tables. */
    String title();

    /** What it wants of its servers. */
    ServerSettings settings();

    /** What stands for this experiment in a table. */
    Metric headline();

    /** Whether a server can take part. */
    default boolean suits(String server) {
        return true;
    }

    /** Brings a server to its steady state. */
    void warmUp(ServerProcess server) throws IOException;

    /** Measures once. */
    Map<Metric, Double> measure(ServerProcess server) throws IOException;
}
