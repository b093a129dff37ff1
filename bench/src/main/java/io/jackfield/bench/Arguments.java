package io.jackfield.bench;

import io.jackfield.bench.experiment.Timing;
import io.jackfield.bench.server.Servers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line: {@code --name} or {@code --name=value}.
 *
 * @param quick minutes instead of hours
 * @param rounds how often the servers are started anew, if it is to be another number
 * @param scenarios names of experiments, or of groups, which is what stands before a hyphen; empty for all
 * @param servers names of servers; may be {@code NAME@DIRECTORY} for one with other jars
 * @param java runs the servers
 * @param pin whether to bind processes to processors
 * @param output directory of results
 * @param micro instead of experiments, microbenchmarks whose names fit this regular expression
 * @param page into which results are put that were measured before, instead of measuring
 */
record Arguments(
        boolean quick,
        Optional<Integer> rounds,
        List<String> scenarios,
        List<String> servers,
        Path java,
        boolean pin,
        Path output,
        Optional<String> micro,
        Optional<Path> page) {

    private static final List<String> LONG_GROUPS = List.of("sweep", "connections", "size");

    private static final Set<String> NAMES =
            Set.of("quick", "rounds", "page", "micro", "scenarios", "servers", "jdk", "no-pin", "output");

    static Arguments parse(String[] args) {
        Map<String, String> values = new HashMap<>();
        for (String arg : args) {
            String[] pair = arg.split("=", 2);
            if (!pair[0].startsWith("--") || !NAMES.contains(pair[0].substring(2))) {
                throw new IllegalArgumentException("Unknown argument " + arg + "; there are " + NAMES);
            }
            values.put(pair[0].substring(2), pair.length == 2 ? pair[1] : "");
        }
        return new Arguments(
                values.containsKey("quick"),
                Optional.ofNullable(values.get("rounds")).map(Integer::valueOf),
                list(values.get("scenarios"), List.of()),
                list(values.get("servers"), Servers.names()),
                Path.of(values.getOrDefault("jdk", System.getProperty("java.home")), "bin", "java"),
                !values.containsKey("no-pin"),
                Path.of(values.getOrDefault("output", "bench/target/bench")),
                Optional.ofNullable(values.get("micro")),
                Optional.ofNullable(values.get("page")).map(Path::of));
    }

    /** Whether an experiment is wanted. A quick run that names none leaves out those with many settings or sizes. */
    boolean choose(String experiment) {
        if (scenarios.isEmpty()) {
            return !quick || LONG_GROUPS.stream().noneMatch(group -> belongs(experiment, group));
        }
        return scenarios.stream().anyMatch(each -> belongs(experiment, each));
    }

    private static boolean belongs(String experiment, String chosen) {
        return experiment.equals(chosen) || experiment.startsWith(chosen + "-");
    }

    Timing timing() {
        Timing timing = quick ? Timing.QUICK : Timing.FULL;
        return rounds.map(timing::withRounds).orElse(timing);
    }

    private static List<String> list(String value, List<String> otherwise) {
        return value == null || value.isEmpty() ? otherwise : List.of(value.split(","));
    }
}
