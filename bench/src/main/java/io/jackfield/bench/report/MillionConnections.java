package io.jackfield.bench.report;

import io.jackfield.bench.experiment.Metric;
import io.jackfield.bench.server.Servers;
import java.util.Locale;
import java.util.Optional;

/** What a million connections need, reckoned from what was measured of fewer. */
final class MillionConnections {

    private static final double MILLION = 1e6;
    private static final double NANOS = 1e9;
    private static final double GIBI = 1L << 30;
    private static final double SECONDS_OF_A_MINUTE = 60;

    private final Results results;

    MillionConnections(Results results) {
        this.results = results;
    }

    /** A table, or "" if a figure is missing. */
    String table() {
        Optional<Double> heap = median("memory-10000", Metric.HEAP);
        Optional<Double> handshake = median("handshake", Metric.CPU);
        Optional<Double> message = median("connections-10000", Metric.CPU);
        if (heap.isEmpty() || handshake.isEmpty() || message.isEmpty()) {
            return "";
        }
        return "| a million connections | from | needs |\n|---|---|---:|\n"
                + row("live heap", "%.0f B each", heap.get(), "%.2f GiB", heap.get() * MILLION / GIBI)
                + row(
                        "to accept them all on one processor",
                        "%.0f ns for a handshake",
                        handshake.get(),
                        "%.0f s",
                        handshake.get() * MILLION / NANOS)
                + row(
                        "a message from each every minute",
                        "%.0f ns for an echo at 10,000",
                        message.get(),
                        "%.2f processors",
                        message.get() * MILLION / SECONDS_OF_A_MINUTE / NANOS);
    }

    private Optional<Double> median(String experiment, Metric metric) {
        return results.spread(experiment, Servers.JACKFIELD, metric).map(Spread::median);
    }

    private static String row(String what, String fromFormat, double from, String format, double value) {
        return "| " + what + " | " + String.format(Locale.ROOT, fromFormat, from) + " | "
                + String.format(Locale.ROOT, format, value) + " |\n";
    }
}
