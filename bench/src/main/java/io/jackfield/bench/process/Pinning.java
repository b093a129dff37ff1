package io.jackfield.bench.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which processor a process runs on, by {@code taskset}; or nothing, where there is none or only one processor. */
public final class Pinning {

    private final boolean active;

    private Pinning(boolean active) {
        this.active = active;
    }

    /** Uses {@code taskset} if it is wanted and works. */
    public static Pinning choose(boolean wanted) {
        return new Pinning(wanted
                && Runtime.getRuntime().availableProcessors() > 1
                && succeeds(List.of("taskset", "-c", "0", "true")));
    }

    public boolean isActive() {
        return active;
    }

    /** Puts this process, the generator, on the second processor. */
    public void pinGenerator() {
        if (active) {
            succeeds(List.of(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    "1",
                    Long.toString(ProcessHandle.current().pid())));
        }
    }

    /** Lets this process run everywhere again. */
    public void releaseGenerator() {
        if (active) {
            succeeds(List.of(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    "0,1",
                    Long.toString(ProcessHandle.current().pid())));
        }
    }

    /** The command that runs a server on the first processor, if one thread of it is to be measured. */
    public List<String> server(List<String> command, boolean oneThread) {
        if (!active) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", oneThread ? "0" : "0,1"));
        pinned.addAll(command);
        return pinned;
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
