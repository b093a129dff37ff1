package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server in a runtime of java.base alone: without JMX, without Flight Recorder. */
class MinimalRuntimeIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String PROGRAM = """
            import io.jackfield.api.statistics.ServerMonitor;
            import io.jackfield.server.WebSocketServer;
            import java.net.Socket;

            public class Minimal {
                public static void main(String[] args) throws Exception {
                    try (WebSocketServer server = WebSocketServer.builder()
                            .host("127.0.0.1").port(0).loops(1)
                            .onConnection("/echo", ws -> ws.onMessage(ws::send))
                            .start();
                            Socket client = new Socket("127.0.0.1", server.port())) {
                        client.getOutputStream().write(
                                "GET /none HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n".getBytes());
                        client.getInputStream().readAllBytes();
                        ServerMonitor monitor = server;
                        System.out.println("plain requests: " + monitor.statistics().plainRequests());
                        System.out.println("modules: " + ModuleLayer.boot().findModule("java.management").isPresent()
                                + " " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
                    }
                }
            }
            """;

    @Test
    @DisplayName("a server serves and counts where java.management and jdk.jfr are missing")
    void servesWithoutJmxAndFlightRecorder() throws IOException {
        Path folder = Files.createTempDirectory(Workplace.TARGET, "minimal");
        Path source = Files.writeString(folder.resolve("Minimal.java"), PROGRAM, StandardOpenOption.CREATE_NEW);
        Command.of(Workplace.jdkProgram("javac"), "-cp", jars(), "-d", folder, source)
                .run(LIMIT)
                .requireSuccess("javac");
        Command.Result result = Command.of(
                        Workplace.jdkProgram("java"), "--limit-modules", "java.base", "-cp", jars() + ":" + folder)
                .with("Minimal")
                .run(LIMIT)
                .requireSuccess("java --limit-modules java.base");
        assertEquals("plain requests: 1\nmodules: false false\n", result.output());
        assertEquals("", result.errors());
    }

    private static String jars() throws IOException {
        try (Stream<Path> jars = Files.list(Workplace.BUNDLES)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
        }
    }
}
