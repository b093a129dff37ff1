package io.jackfield.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs all that is annotated with {@code JCStressTest}, in a process of its own, for a minute, or in more ways as the profile
 * {@code stress} has it. An outcome that is not listed as acceptable fails. The report is {@code target/stress/index.html}.
 */
class StressTest {

    private static final Path DIRECTORY = Path.of(System.getProperty("stress.directory", "target/stress"));

    /** How long, and how each is compiled and placed. */
    private static final String OPTIONS = System.getProperty("stress.options", "");

    /** States that exist at once: each may hold a socket that is none, and some memory. */
    private static final String STRIDE_SIZE = "16";

    private static final String STRIDES = "16";

    @Test
    void noOutcomeIsForbidden() throws Exception {
        Path directory = Files.createDirectories(DIRECTORY).toAbsolutePath();
        Path log = directory.resolve("log.txt");
        int exit = new ProcessBuilder(command(directory))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String output = Files.readString(log);
        assertEquals(0, exit, () -> "see " + log + "\n" + output.substring(Math.max(0, output.length() - 4000)));
        for (String kind : List.of("Failed", "Error")) {
            assertTrue(output.contains(kind + " tests: No matches."), () -> "see " + log);
        }
    }

    private static List<String> command(Path directory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("org.openjdk.jcstress.Main");
        command.addAll(List.of(OPTIONS.strip().split("\\s+")));
        command.addAll(List.of("-strideSize", STRIDE_SIZE, "-strideCount", STRIDES));
        command.addAll(List.of("-r", directory.toString()));
        return command;
    }
}
