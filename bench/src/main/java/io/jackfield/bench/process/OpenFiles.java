package io.jackfield.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room for many connections: the limit of open files of this process, and so of the servers that it starts. */
public final class OpenFiles {

    private static final int WANTED = 200_000;

    private OpenFiles() {}

    /** Raises the limit as far as this user may; only root may go beyond the system's. */
    public static void raise() throws IOException {
        try {
            new ProcessBuilder(
                            "prlimit",
                            "--pid",
                            Long.toString(ProcessHandle.current().pid()),
                            "--nofile=" + WANTED + ":" + WANTED)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many files, and so connections, one process may have open. */
    public static int limit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits"), StandardCharsets.US_ASCII).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" +")[3])
                .mapToInt(limit -> limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
