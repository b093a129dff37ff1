package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Autobahn testsuite against {@code /echo} of the downloadable server, in a process of its own. */
@Tag("autobahn")
class AutobahnIT {

    private static final int CASES = 301;

    @Test
    void behavesInEveryCaseAsTheCommittedListSays() throws IOException {
        List<String> expected = expected();
        Instant begin = Instant.now();
        List<String> actual;
        try (ServerProcess server = ServerProcess.start("--deflate", "true")) {
            actual = AutobahnSuite.run(server.url("/echo"));
        }
        System.out.println("Autobahn: " + summary(actual) + " in "
                + Duration.between(begin, Instant.now()).toSeconds() + " s");

        String differences = difference(expected, actual);
        assertTrue(
                differences.isEmpty(),
                () -> "Autobahn's results (+) differ from expected.txt (-), see " + AutobahnSuite.report() + "\n"
                        + differences);
    }

    /** The list may excuse only what Autobahn itself does not judge. */
    @Test
    void expectsEveryCaseToBeOkUnlessItIsInformational() throws IOException {
        List<String> expected = expected();
        assertEquals(CASES, expected.size());
        assertEquals(
                List.of("7.1.6", "7.13.1", "7.13.2"),
                expected.stream()
                        .filter(line -> !line.endsWith(": OK/OK"))
                        .map(line -> line.replace(": INFORMATIONAL/INFORMATIONAL", ""))
                        .toList());
    }

    private static List<String> expected() throws IOException {
        try (InputStream list = AutobahnIT.class.getResourceAsStream("autobahn/expected.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static String difference(List<String> expected, List<String> actual) {
        List<String> lines = new ArrayList<>();
        expected.stream().filter(line -> !actual.contains(line)).forEach(line -> lines.add("- " + line));
        actual.stream().filter(line -> !expected.contains(line)).forEach(line -> lines.add("+ " + line));
        return String.join("\n", lines);
    }

    private static String summary(List<String> results) {
        Map<String, Long> counts = results.stream()
                .map(line -> line.replaceAll("^[^:]*: |/.*$", ""))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
