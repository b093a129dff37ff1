package io.jackfield.bench.report;

import io.jackfield.bench.experiment.Experiment;
import io.jackfield.bench.experiment.Metric;
import io.jackfield.bench.server.Servers;
import java.util.Locale;

/** An experiment's results as text. */
public final class ConsoleTable {

    private ConsoleTable() {}

    public static String of(Experiment experiment, Results results) {
        StringBuilder table = new StringBuilder();
        table.append(String.format("%n%s: %s%n", experiment.name(), experiment.title()));
        table.append(String.format(
                "%-28s %7s %10s %21s %6s %11s %6s %6s%n",
                "server", "ratio", "ns/message", "min - max", "kernel", "messages/s", "server", "gen."));
        for (String server : results.servers(experiment.name())) {
            table.append(row(experiment.name(), server, results));
        }
        return table.toString();
    }

    private static String row(String experiment, String server, Results results) {
        StringBuilder row = new StringBuilder();
        results.spread(experiment, server, Metric.CPU).ifPresent(cpu -> {
            double bare = results.spread(experiment, Servers.BARE, Metric.CPU)
                    .map(Spread::median)
                    .orElse(Double.NaN);
            row.append(String.format(
                    Locale.ROOT,
                    "%-28s %7.2f %10.0f %10.0f -%9.0f %6.2f %11.0f %6.2f %6.2f%s%n",
                    server,
                    cpu.median() / bare,
                    cpu.median(),
                    cpu.min(),
                    cpu.max(),
                    median(results, experiment, server, Metric.SYSTEM_SHARE),
                    median(results, experiment, server, Metric.RATE),
                    median(results, experiment, server, Metric.SERVER_LOAD),
                    median(results, experiment, server, Metric.GENERATOR_LOAD),
                    GeneratorLimit.applies(results, experiment, server) ? " generator-limited" : ""));
        });
        results.failures(experiment, server)
                .forEach(failure -> row.append(String.format("%-28s %s%n", server, failure)));
        return row.toString();
    }

    private static double median(Results results, String experiment, String server, Metric metric) {
        return results.spread(experiment, server, metric).map(Spread::median).orElse(Double.NaN);
    }
}
