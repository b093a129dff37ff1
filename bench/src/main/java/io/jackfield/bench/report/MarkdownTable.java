package io.jackfield.bench.report;

import io.jackfield.bench.experiment.Metric;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Tables of a page, from results alone. */
final class MarkdownTable {

    /** Marks a row whose throughput the generator limited. */
    static final String LIMITED = " †";

    private final Results results;

    MarkdownTable(Results results) {
        this.results = results;
    }

    /** A row for each experiment, a column for each server. */
    String grid(List<String> experiments, BiFunction<String, String, Optional<String>> cell) {
        return grid("", experiments, cell);
    }

    /** The same with a text in the corner that says what its cells are. */
    String grid(String corner, List<String> experiments, BiFunction<String, String, Optional<String>> cell) {
        Set<String> servers = new LinkedHashSet<>();
        experiments.forEach(experiment -> servers.addAll(results.servers(experiment)));
        StringBuilder table = new StringBuilder(head(corner, List.copyOf(servers)));
        for (String experiment : experiments) {
            table.append("| ").append(results.title(experiment)).append(" |");
            servers.forEach(server -> table.append(' ')
                    .append(cell.apply(experiment, server).orElse("–"))
                    .append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    /** A row for each server of an experiment, a column for each metric. */
    String metrics(String experiment, List<Metric> metrics) {
        List<String> columns = metrics.stream().map(MarkdownTable::title).toList();
        StringBuilder table = new StringBuilder(head(results.title(experiment), columns));
        for (String server : results.servers(experiment)) {
            table.append("| ").append(server).append(" |");
            appendCells(table, experiment, server, metrics);
        }
        return table.toString();
    }

    /** A row for each server of each experiment, a column for each metric. */
    String list(List<String> experiments, List<Metric> metrics) {
        List<String> columns = new ArrayList<>(List.of("server"));
        metrics.forEach(metric -> columns.add(title(metric)));
        StringBuilder table = new StringBuilder(head("", columns));
        for (String experiment : experiments) {
            for (String server : results.servers(experiment)) {
                table.append("| ")
                        .append(experiment)
                        .append(" | ")
                        .append(server)
                        .append(" |");
                appendCells(table, experiment, server, metrics);
            }
        }
        return table.toString();
    }

    private void appendCells(StringBuilder table, String experiment, String server, List<Metric> metrics) {
        String missing = results.failures(experiment, server).isEmpty() ? "–" : "failed";
        for (Metric metric : metrics) {
            table.append(' ')
                    .append(results.spread(experiment, server, metric)
                            .map(spread -> format(metric, spread))
                            .orElse(missing))
                    .append(" |");
        }
        table.append('\n');
    }

    private static String head(String first, List<String> columns) {
        return "| " + first + " | " + String.join(" | ", columns) + " |\n|---"
                + columns.stream().map(column -> "|---:").collect(Collectors.joining()) + "|\n";
    }

    private static String title(Metric metric) {
        String name = metric.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return metric.unit().isEmpty() ? name : name + ", " + metric.unit();
    }

    Optional<String> ratio(String experiment, String server) {
        return results.ratio(experiment, server, Metric.CPU)
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)
                        + (GeneratorLimit.applies(results, experiment, server) ? LIMITED : ""));
    }

    Optional<String> spread(String experiment, String server) {
        return results.spread(experiment, server, Metric.CPU)
                .map(cpu -> number(cpu.median()) + " (" + number(cpu.min()) + "–" + number(cpu.max()) + ")");
    }

    /** The time that is the server's own, without what the kernel does for it. */
    Optional<String> outsideKernel(String experiment, String server) {
        return results.spread(experiment, server, Metric.CPU)
                .flatMap(cpu -> results.spread(experiment, server, Metric.SYSTEM_SHARE)
                        .map(share -> number(cpu.median() * (1 - share.median()))));
    }

    private static String format(Metric metric, Spread spread) {
        return metric == Metric.SERVER_LOAD || metric == Metric.GENERATOR_LOAD || metric == Metric.SYSTEM_SHARE
                ? String.format(Locale.ROOT, "%.2f", spread.median())
                : number(spread.median());
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
