package io.jackfield.bench.process;

import java.io.IOException;

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
}
