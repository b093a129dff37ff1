package io.jackfield.bench;

import io.jackfield.bench.process.Pinning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and how something was measured. */
final class Machine {

    private Machine() {}

    static Map<String, String> describe(Arguments arguments, Pinning pinning) throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("when", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        machine.put("length", arguments.quick() ? "quick" : "full");
        machine.put("processor", processor());
        machine.put("processors", Long.toString(processors()));
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("jdk", release(arguments.java()));
        machine.put("pinned", Boolean.toString(pinning.isActive()));
        machine.put("load", Files.readString(Path.of("/proc/loadavg")).strip());
        return machine;
    }

    /** All of them: this process itself may be bound to one. */
    private static long processors() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("processor"))
                .count();
    }

    private static String processor() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** From the file that each JDK has beside its bin. */
    private static String release(Path java) throws IOException {
        Path release = java.toRealPath().getParent().resolveSibling("release");
        return Files.readAllLines(release, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION") || line.startsWith("IMPLEMENTOR="))
                .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                .reduce((first, second) -> first + " " + second)
                .orElse("unknown");
    }
}
