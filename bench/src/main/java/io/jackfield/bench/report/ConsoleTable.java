package io.jackfield.bench.report;

import io.jackfield.bench.experiment.Experiment;
import io.jackfield.bench.experiment.Metric;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An experiment's results as text: the headline with its spread, and the rest as medians. */
public final class ConsoleTable {

    private final String experiment;
    private final Results results;
    private final Metric headline;
    private final List<Metric> metrics;

    private ConsoleTable(Experiment experiment, Results results) {
        this.experiment = experiment.name();
        this.results = results;
        headline = experiment.headline();
        metrics = results.metrics(this.experiment).stream()
                .filter(metric -> metric != headline)
                .toList();
    }

    public static String of(Experiment experiment, Results results) {
        ConsoleTable table = new ConsoleTable(experiment, results);
        return String.format("%n%s: %s%n", experiment.name(), experiment.title())
                + table.head()
                + results.servers(experiment.name()).stream().map(table::row).collect(Collectors.joining());
    }

    private String head() {
        return String.format("%-20s %7s %10s %23s", "server", "ratio", headline, "min - max")
                + metrics.stream()
                        .map(metric -> String.format(" %14s", metric))
                        .collect(Collectors.joining("", "", "\n"));
    }

    private String row(String server) {
        StringBuilder row = new StringBuilder();
        results.spread(experiment, server, headline).ifPresent(spread -> {
            row.append(String.format(
                    Locale.ROOT,
                    "%-20s %7s %10.0f %10.0f -%11.0f",
                    server,
                    results.ratio(experiment, server, headline)
                            .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                            .orElse("-"),
                    spread.median(),
                    spread.min(),
                    spread.max()));
            metrics.forEach(metric -> row.append(results.spread(experiment, server, metric)
                    .map(ConsoleTable::cell)
                    .orElse(String.format(" %14s", "-"))));
            row.append(GeneratorLimit.applies(results, experiment, server) ? " generator-limited\n" : "\n");
        });
        results.failures(experiment, server)
                .forEach(failure -> row.append(String.format("%-20s %s%n", server, failure)));
        return row.toString();
    }

    private static String cell(Spread spread) {
        return String.format(Locale.ROOT, spread.median() < 10 ? " %14.3f" : " %14.0f", spread.median());
    }
}
