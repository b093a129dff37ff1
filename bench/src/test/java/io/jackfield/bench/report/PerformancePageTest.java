package io.jackfield.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.bench.experiment.Experiment;
import io.jackfield.bench.experiment.Experiments;
import io.jackfield.bench.experiment.Metric;
import io.jackfield.bench.experiment.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

    private static final String PAGE = """
            Before.
            <!-- bench:ratios -->
            Not measured yet.
            <!-- bench:end -->
            Between.
            <!-- bench:latency -->
            Not measured yet.
            <!-- bench:end -->
            After.
            """;

    @TempDir
    Path directory;

    private Path page;
    private Results results;
    private final Experiment echo = Experiments.all(Timing.QUICK, 20_000).get(0);

    @BeforeEach
    void measure() throws IOException {
        page = Files.writeString(directory.resolve("performance.md"), PAGE);
        results = new Results();
        results.begin(echo, Map.of("jdk", "17"));
        for (double nanos : new double[] {100, 110, 90}) {
            results.add(echo.name(), "bare", Map.of(Metric.CPU, nanos));
            results.add(echo.name(), "jackfield", Map.of(Metric.CPU, nanos * 1.25));
        }
    }

    private String fill(Results filled) throws IOException {
        new PerformancePage(page, filled).fill(directory.resolve("none.json"));
        return Files.readString(page);
    }

    @Test
    void aPartIsFilledFromResults() throws IOException {
        String filled = fill(results);
        assertTrue(filled.contains("| " + echo.title() + " | 1.00 | 1.25 |"), filled);
        assertTrue(filled.startsWith("Before.\n<!-- bench:ratios -->\n"), filled);
        assertTrue(Files.readString(directory.resolve("performance/ratios.svg")).contains("jackfield"));
    }

    @Test
    void aPartWithoutResultsStaysAsItIs() throws IOException {
        String filled = fill(results);
        assertTrue(
                filled.endsWith("Between.\n<!-- bench:latency -->\nNot measured yet.\n<!-- bench:end -->\nAfter.\n"),
                filled);
    }

    @Test
    void fillingAgainChangesNothing() throws IOException {
        assertEquals(fill(results), fill(results));
    }

    @Test
    void resultsSurviveTheirFiles() throws IOException {
        results.write(echo.name(), directory);
        Results read = Results.read(directory, List.of(echo));
        assertEquals(fill(results), fill(read));
        assertEquals(
                new Spread(100, 90, 110),
                read.spread(echo.name(), "bare", Metric.CPU).orElseThrow());
    }

    @Test
    void throughputIsNotConcludedWhereTheGeneratorWasTheLimit() throws IOException {
        results.add(echo.name(), "jackfield", Map.of(Metric.GENERATOR_LOAD, 0.97, Metric.SERVER_LOAD, 0.6));
        assertTrue(fill(results).contains("| 1.25 † |"));
        results.begin(echo, Map.of());
        results.add(
                echo.name(), "bare", Map.of(Metric.CPU, 100.0, Metric.GENERATOR_LOAD, 0.97, Metric.SERVER_LOAD, 0.99));
        assertFalse(fill(results).contains("†"));
    }
}
