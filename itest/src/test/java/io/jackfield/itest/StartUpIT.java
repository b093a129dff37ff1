package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.itest.startup.StartUpProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of docs/osgi.md: a bare Felix with our bundles beside one with an HTTP service, each run a new process. */
@Tag("start-up")
class StartUpIT {

    private static final int RUNS = 11;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String QUIET = "-Djava.util.logging.config.file="
            + Workplace.TARGET.resolve("test-classes").resolve("logging.properties");

    /** What is installed in the framework. */
    private enum Installed {
        NOTHING("bare Felix", "nothing"),
        JACKFIELD("with Jackfield and permessage-deflate", "bundles"),
        HTTP_SERVICE("with the Jetty-based HTTP service and its WebSockets", "http-service");

        final String title;
        final String folder;
        final List<Long> micros = new ArrayList<>();
        final List<Long> processorMicros = new ArrayList<>();
        final List<Long> heaps = new ArrayList<>();

        Installed(String title, String folder) {
            this.title = title;
            this.folder = folder;
        }

        void run() throws IOException {
            Command.Result result = Command.of(Workplace.jdkProgram("java"), "-XX:+UseSerialGC", QUIET)
                    .with("-cp", System.getProperty("java.class.path"), StartUpProbe.class.getName())
                    .with(Files.createTempDirectory(Workplace.TARGET, "start-up"), folder())
                    .with(this == NOTHING ? 0 : freePort())
                    .run(LIMIT)
                    .requireSuccess(title);
            String[] figures = result.output().strip().split(" ", 3);
            micros.add(Long.valueOf(figures[0]));
            processorMicros.add(Long.valueOf(figures[1]));
            heaps.add(Long.valueOf(figures[2]));
        }

        private Path folder() throws IOException {
            return Files.createDirectories(Workplace.TARGET.resolve(folder));
        }

        String row() throws IOException {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f kB | %.0f ms (%.0f ms) | %.0f ms | %.1f MB |",
                    title,
                    jarBytes() / 1e3,
                    middle(micros) / 1e3,
                    micros.stream().sorted().findFirst().orElseThrow() / 1e3,
                    middle(processorMicros) / 1e3,
                    middle(heaps) / 1e6);
        }

        private double jarBytes() throws IOException {
            long bytes = 0;
            try (Stream<Path> jars = Files.list(folder())) {
                for (Path jar : jars.toList()) {
                    bytes += Files.size(jar);
                }
            }
            return bytes;
        }

        private static double middle(List<Long> figures) {
            return figures.stream().sorted().skip(RUNS / 2).findFirst().orElseThrow();
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    @Test
    @DisplayName("Jackfield takes less work than the HTTP service until it answers, and keeps less")
    void startsSoonerAndKeepsLess() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            for (Installed installed : Installed.values()) {
                installed.run();
            }
        }
        StringBuilder table = new StringBuilder("JDK " + Runtime.version() + ", medians of " + RUNS + "\n\n"
                + "| Felix | bundles | from start to answer (least) | processor time of the process until then | heap |\n"
                + "|---|---|---|---|---|\n");
        for (Installed installed : Installed.values()) {
            table.append(installed.row()).append('\n');
        }
        System.out.println(table);
        Files.writeString(Workplace.TARGET.resolve("start-up.md"), table);
        assertTrue(
                Installed.middle(Installed.JACKFIELD.processorMicros)
                        < Installed.middle(Installed.HTTP_SERVICE.processorMicros),
                table::toString);
        assertTrue(
                Installed.middle(Installed.JACKFIELD.heaps) < Installed.middle(Installed.HTTP_SERVICE.heaps),
                table::toString);
    }
}
