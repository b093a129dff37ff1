package io.jackfield.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.jackfield.bench.experiment.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that was measured, by experiment and server. Not thread-safe. */
public final class Results {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Samples of one server in one experiment, in the order of measuring; and why there are none or fewer. */
    private static final class Entry {
        final Map<Metric, List<Double>> samples = new TreeMap<>();
        final List<String> failures = new ArrayList<>();
    }

    private final Map<String, String> machine;
    private final Map<String, Map<String, Entry>> experiments = new LinkedHashMap<>();

    public Results(Map<String, String> machine) {
        this.machine = new LinkedHashMap<>(machine);
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
        return experiments
                .computeIfAbsent(experiment, key -> new LinkedHashMap<>())
                .computeIfAbsent(server, key -> new Entry());
    }

    public Map<String, String> machine() {
        return machine;
    }

    public List<String> servers(String experiment) {
        return List.copyOf(experiments.getOrDefault(experiment, Map.of()).keySet());
    }

    public Optional<Spread> spread(String experiment, String server, Metric metric) {
        Entry entry = experiments.getOrDefault(experiment, Map.of()).get(server);
        return Optional.ofNullable(entry)
                .map(found -> found.samples.get(metric))
                .map(Spread::of);
    }

    /** Why a server has no figures, or fewer; empty if nothing went wrong. */
    public List<String> failures(String experiment, String server) {
        Entry entry = experiments.getOrDefault(experiment, Map.of()).get(server);
        return entry == null ? List.of() : entry.failures;
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, GSON.toJson(this) + "\n");
    }

    public static Results read(Path file) throws IOException {
        return GSON.fromJson(Files.readString(file), Results.class);
    }
}
