package io.jackfield.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.jackfield.bench.experiment.Experiment;
import io.jackfield.bench.experiment.Metric;
import io.jackfield.bench.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Everything that was measured, by experiment and server; each experiment is kept in a file of its own. Not thread-safe. */
public final class Results {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String SUFFIX = ".json";

    /** Samples of one server in one experiment, in the order of measuring; and why there are none or fewer. */
    private static final class Entry {
        final Map<Metric, List<Double>> samples = new TreeMap<>();
        final List<String> failures = new ArrayList<>();
    }

    /** An experiment, as it is in its file. */
    private static final class Outcome {
        final String title;
        final Map<String, String> machine;
        final Map<String, Entry> servers = new LinkedHashMap<>();

        Outcome(String title, Map<String, String> machine) {
            this.title = title;
            this.machine = machine;
        }
    }

    private final Map<String, Outcome> experiments = new LinkedHashMap<>();

    /** Begins with an experiment. What is known of it from before is forgotten. */
    public void begin(Experiment experiment, Map<String, String> machine) {
        experiments.put(experiment.name(), new Outcome(experiment.title(), machine));
    }

    public void add(String experiment, String server, Map<Metric, Double> sample) {
        Entry entry = entry(experiment, server);
        sample.forEach((metric, value) ->
                entry.samples.computeIfAbsent(metric, key -> new ArrayList<>()).add(value));
    }

    public void fail(String experiment, String server, String reason) {
        entry(experiment, server).failures.add(reason);
    }

    private Entry entry(String experiment, String server) {
        return experiments.get(experiment).servers.computeIfAbsent(server, key -> new Entry());
    }

    /** Names of those that were measured and begin so. */
    public List<String> experiments(String beginning) {
        return experiments.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .toList();
    }

    public String title(String experiment) {
        return experiments.get(experiment).title;
    }

    public Map<String, String> machine(String experiment) {
        return experiments.get(experiment).machine;
    }

    public List<String> servers(String experiment) {
        Outcome outcome = experiments.get(experiment);
        return outcome == null ? List.of() : List.copyOf(outcome.servers.keySet());
    }

    public Optional<Spread> spread(String experiment, String server, Metric metric) {
        return find(experiment, server).map(entry -> entry.samples.get(metric)).map(Spread::of);
    }

    private Optional<Entry> find(String experiment, String server) {
        return Optional.ofNullable(experiments.get(experiment)).map(outcome -> outcome.servers.get(server));
    }

    /** A server's median in terms of the bare loop's, if both are there. */
    public Optional<Double> ratio(String experiment, String server, Metric metric) {
        return spread(experiment, Servers.BARE, metric)
                .flatMap(bare -> spread(experiment, server, metric).map(own -> own.median() / bare.median()));
    }

    /** What was measured of any server. */
    public Set<Metric> metrics(String experiment) {
        Set<Metric> metrics = EnumSet.noneOf(Metric.class);
        servers(experiment)
                .forEach(server -> find(experiment, server).ifPresent(entry -> metrics.addAll(entry.samples.keySet())));
        return metrics;
    }

    /** Why a server has no figures, or fewer; empty if nothing went wrong. */
    public List<String> failures(String experiment, String server) {
        return find(experiment, server).map(entry -> entry.failures).orElse(List.of());
    }

    /** Writes the file of one experiment. */
    public void write(String experiment, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(experiment + SUFFIX), GSON.toJson(experiments.get(experiment)) + "\n");
    }

    /** Reads what is there of these experiments. */
    public static Results read(Path directory, List<Experiment> wanted) throws IOException {
        Results results = new Results();
        for (Experiment experiment : wanted) {
            Path file = directory.resolve(experiment.name() + SUFFIX);
            if (Files.exists(file)) {
                results.experiments.put(experiment.name(), GSON.fromJson(Files.readString(file), Outcome.class));
            }
        }
        return results;
    }
}
