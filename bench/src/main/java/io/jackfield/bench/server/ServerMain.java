package io.jackfield.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A server process. Its arguments are a server's name and {@link ServerSettings}; it says {@code ready PORT} and then
 * obeys lines on its input. It ends with its input, so that none outlives the benchmark.
 */
public final class ServerMain {

    public static final String READY = "ready ";
    public static final String MEMORY = "memory";

    /** Where the benchmark listens. Whatever the server itself prints goes to the error output, its log. */
    private final PrintStream answers;

    private ServerMain(PrintStream answers) {
        this.answers = answers;
    }

    public static void main(String[] args) throws IOException {
        ServerSettings settings =
                ServerSettings.fromArguments(Arrays.stream(args).skip(1));
        ServerMain main = new ServerMain(System.out);
        System.setOut(System.err);
        main.say(READY + start(args[0], settings));
        main.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        Runtime.getRuntime().halt(0);
    }

    /** Ends the process if the server does not start, whatever threads it has begun. */
    private static int start(String name, ServerSettings settings) {
        try {
            return Servers.create(name).start(settings);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
            throw new AssertionError(e);
        }
    }

    private void obey(BufferedReader input) throws IOException {
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals(MEMORY)) {
                say(liveHeap() + " " + buffersOutsideHeap());
            }
        }
    }

    private void say(String line) {
        answers.println(line);
    }

    private static long liveHeap() {
        // Twice: what the first finds to be unreachable may have cleaners, which make more so.
        System.gc();
        System.runFinalization();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long buffersOutsideHeap() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
