package io.jackfield.bench.report;

import io.jackfield.bench.experiment.Metric;

/**
 * Whether a throughput says more of the generator than of the server: the generator used up its processor while the server
 * did not. The CPU time for each message holds even then, but how many messages a server can take is not known.
 */
final class GeneratorLimit {

    private static final double BUSY = 0.9;

    private GeneratorLimit() {}

    static boolean applies(Results results, String experiment, String server) {
        return load(results, experiment, server, Metric.GENERATOR_LOAD) > BUSY
                && load(results, experiment, server, Metric.SERVER_LOAD) < BUSY;
    }

    private static double load(Results results, String experiment, String server, Metric metric) {
        return results.spread(experiment, server, metric).map(Spread::median).orElse(0.0);
    }
}
