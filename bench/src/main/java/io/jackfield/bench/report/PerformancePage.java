package io.jackfield.bench.report;

import io.jackfield.bench.experiment.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page whose figures all come from results: between {@code <!-- bench:NAME -->} and {@code <!-- bench:end -->} stands what was
 * measured. A part of which nothing was measured stays as it is.
 */
public final class PerformancePage {

    private static final Pattern PART =
            Pattern.compile("(<!-- bench:(?!end)([a-z-]+) -->\n).*?(<!-- bench:end -->)", Pattern.DOTALL);
    private static final String DEFLATE = "deflate-";
    private static final String SWEEP = "sweep-";

    private final Path page;
    private final Results results;
    private final MarkdownTable tables;
    private final Path plots;

    /**
     * A page; its plots lie in a directory beside it that has its name.
     *
     * @param page a Markdown file
     */
    public PerformancePage(Path page, Results results) {
        this.page = page;
        this.results = results;
        this.tables = new MarkdownTable(results);
        this.plots = page.resolveSibling(page.getFileName().toString().replaceFirst("\\.md$", ""));
    }

    /**
     * Puts in what is there.
     *
     * @param micro results of microbenchmarks; need not exist
     */
    public void fill(Path micro) throws IOException {
        Map<String, String> parts = parts();
        if (Files.exists(micro)) {
            parts.put("micro", MicroTable.read(micro).markdown());
        }
        Matcher matcher = PART.matcher(Files.readString(page));
        String filled = matcher.replaceAll(match -> {
            String part = parts.getOrDefault(match.group(2), "");
            return Matcher.quoteReplacement(
                    part.isEmpty() ? match.group() : match.group(1) + "\n" + part + "\n" + match.group(3));
        });
        Files.writeString(page, filled);
    }

    private Map<String, String> parts() throws IOException {
        List<String> ratios = new ArrayList<>(results.experiments("echo-"));
        ratios.addAll(results.experiments("broadcast"));
        ratios.addAll(results.experiments("handshake"));
        Map<String, String> parts = new LinkedHashMap<>();
        if (!ratios.isEmpty()) {
            parts.put("machine", machine(ratios.get(0)));
            parts.put("ratios", image("ratios", ratioPlot(ratios)) + tables.grid(ratios, tables::ratio));
            parts.put("cpu", tables.grid(ratios, tables::spread));
            parts.put("loads", loads(ratios));
        }
        parts.put("executor", executor());
        parts.put("deflate", deflate());
        parts.put("latency", latency());
        parts.put("memory", memory());
        parts.put("scaling", scaling());
        parts.put("million", new MillionConnections(results).table());
        return parts;
    }

    private String machine(String experiment) {
        return results.machine(experiment).entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " |\n")
                .collect(Collectors.joining("", "| | |\n|---|---|\n", ""));
    }

    private String executor() {
        List<String> experiments = results.experiments("executor-");
        return experiments.isEmpty()
                ? ""
                : machine(experiments.get(0)) + "\n" + tables.grid(experiments, tables::ratio) + "\n"
                        + tables.grid(experiments, tables::spread);
    }

    private BarChart ratioPlot(List<String> experiments) {
        BarChart chart = new BarChart("Server CPU time for each message, bare NIO loop = 1 (logarithmic)", "%.2f", 0.5);
        for (String experiment : experiments) {
            for (String server : results.servers(experiment)) {
                results.ratio(experiment, server, Metric.CPU).ifPresent(ratio -> chart.add(experiment, server, ratio));
            }
        }
        return chart;
    }

    private String loads(List<String> experiments) {
        return experiments.stream()
                .map(experiment -> tables.metrics(
                        experiment,
                        List.of(Metric.RATE, Metric.SERVER_LOAD, Metric.GENERATOR_LOAD, Metric.SYSTEM_SHARE)))
                .collect(Collectors.joining("\n"));
    }

    private String deflate() throws IOException {
        PointChart chart = new PointChart(
                "permessage-deflate, 1 KiB of JSON: bytes and CPU time",
                "bytes on the wire for each message",
                "server CPU for each message, µs");
        List<String> all = new ArrayList<>(results.experiments(DEFLATE));
        all.addAll(results.experiments(SWEEP));
        for (String experiment : all) {
            for (String server : results.servers(experiment)) {
                if (experiment.startsWith(SWEEP + "short")) {
                    continue;
                }
                results.spread(experiment, server, Metric.WIRE_BYTES)
                        .ifPresent(bytes -> results.spread(experiment, server, Metric.CPU)
                                .ifPresent(cpu ->
                                        chart.add(server, bytes.median(), cpu.median() / 1000, label(experiment))));
            }
        }
        return chart.isEmpty()
                ? ""
                : image("deflate", chart.draw()) + tables.list(all, List.of(Metric.WIRE_BYTES, Metric.CPU));
    }

    private static String label(String experiment) {
        String setting = experiment.substring(experiment.indexOf('-') + 1);
        return setting.replace("takeover-", "")
                .replace("level-", "L")
                .replace("window-", "w")
                .replace("history-", "h");
    }

    private String latency() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String experiment : results.experiments("latency-")) {
            PointChart chart = new PointChart(results.title(experiment), "1 in so many messages is slower", "µs");
            for (String server : results.servers(experiment)) {
                addPercentile(chart, experiment, server, Metric.P50, 2);
                addPercentile(chart, experiment, server, Metric.P99, 100);
                addPercentile(chart, experiment, server, Metric.P999, 1000);
            }
            if (!chart.isEmpty()) {
                text.append(image(experiment, chart.draw()))
                        .append(tables.metrics(
                                experiment,
                                List.of(Metric.RATE, Metric.P50, Metric.P99, Metric.P999, Metric.LATENESS)));
            }
        }
        return text.toString();
    }

    private void addPercentile(PointChart chart, String experiment, String server, Metric metric, int oneIn) {
        results.spread(experiment, server, metric)
                .ifPresent(spread -> chart.add(server, oneIn, spread.median() / 1000, ""));
    }

    private String memory() throws IOException {
        BarChart chart = new BarChart("Live heap for each idle connection, bytes (logarithmic)", "%.0f", 100);
        StringBuilder text = new StringBuilder();
        for (String experiment : results.experiments("memory-")) {
            for (String server : results.servers(experiment)) {
                results.spread(experiment, server, Metric.HEAP)
                        .filter(heap -> heap.median() > 0)
                        .ifPresent(heap -> chart.add(experiment, server, heap.median()));
            }
            text.append(tables.metrics(experiment, List.of(Metric.HEAP, Metric.BUFFERS, Metric.RESIDENT, Metric.HELD)))
                    .append('\n');
        }
        return chart.isEmpty() ? "" : image("memory", chart.draw(false)) + text;
    }

    private String scaling() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> connections = results.experiments("connections-");
        if (!connections.isEmpty()) {
            text.append(machine(connections.get(0)))
                    .append('\n')
                    .append(scale("connections", "connections, one message in flight each"))
                    .append(tables.grid("ratio to the bare loop", connections, tables::ratio))
                    .append('\n')
                    .append(tables.grid("outside of the kernel, ns", connections, tables::outsideKernel))
                    .append('\n');
        }
        text.append(scale("size", "bytes of payload, 8 connections"));
        for (String experiment : List.of("loops-2", "churn")) {
            if (!results.experiments(experiment).isEmpty()) {
                text.append(tables.metrics(
                                experiment,
                                List.of(Metric.CPU, Metric.RATE, Metric.SERVER_LOAD, Metric.GENERATOR_LOAD)))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private String scale(String group, String axis) throws IOException {
        PointChart chart = new PointChart("Server CPU time for each message", axis, "µs");
        List<String> experiments = results.experiments(group + "-");
        for (String experiment : experiments) {
            double x = Double.parseDouble(experiment.substring(experiment.indexOf('-') + 1));
            for (String server : results.servers(experiment)) {
                results.spread(experiment, server, Metric.CPU)
                        .ifPresent(cpu -> chart.add(server, x, cpu.median() / 1000, ""));
            }
        }
        return chart.isEmpty()
                ? ""
                : image(group, chart.draw()) + tables.grid("CPU, ns", experiments, tables::spread) + "\n";
    }

    private String image(String name, BarChart chart) throws IOException {
        return image(name, chart.draw(true));
    }

    private String image(String name, String drawing) throws IOException {
        Files.createDirectories(plots);
        Files.writeString(plots.resolve(name + ".svg"), drawing);
        return "![" + name + "](" + plots.getFileName() + "/" + name + ".svg)\n\n";
    }
}
