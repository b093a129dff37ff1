package io.jackfield.bench;

import io.jackfield.bench.server.Servers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command line: {@code --name} or {@code --name=value}.
 *
 * @param quick minutes instead of hours
 * @param scenarios names of experiments, or beginnings of names; empty for all
 * @param servers names of servers; may be {@code NAME@DIRECTORY} for one with other jars
 * @param java runs the servers
 * @param pin whether to bind processes to processors
 * @param output directory of results
 */
record Arguments(boolean quick, List<String> scenarios, List<String> servers, Path java, boolean pin, Path output) {

    private static final Set<String> NAMES = Set.of("quick", "scenarios", "servers", "jdk", "no-pin", "output");

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
                list(values.get("scenarios"), List.of()),
                list(values.get("servers"), Servers.names()),
                Path.of(values.getOrDefault("jdk", System.getProperty("java.home")), "bin", "java"),
                !values.containsKey("no-pin"),
                Path.of(values.getOrDefault("output", "bench/target/bench")));
    }

    private static List<String> list(String value, List<String> otherwise) {
        return value == null || value.isEmpty() ? otherwise : List.of(value.split(","));
    }
}
