package io.jackfield.itest.longrun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.jackfield.itest.TestKeys;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connections that are opened, used and dropped at random, for minutes, under a small heap: at the end nothing is left of
 * them. Profile {@code longrun}; {@code -Dlongrun.minutes} and {@code -Dlongrun.connections} change its size.
 */
@Tag("longrun")
class LongRunIT {

    private static final int MINUTES = Integer.getInteger("longrun.minutes", 10);
    private static final int CONNECTIONS =
            Math.min(Integer.getInteger("longrun.connections", 20_000), mostConnections());
    private static final int WARM_UP_CONNECTIONS = 1000;
    private static final int WARM_UP_SECONDS = 20;

    /** What compiled code, metaspace and the like may still grow by when the warm-up is over. */
    private static final long NATIVE_GROWTH_KIB = 48 << 10;

    private static final long HEAP_GROWTH = 2 << 20;

    /** What malloc may keep of the memory that zlib had at the busiest moment. */
    private static final long RESIDENT_GROWTH_KIB = 64 << 10;

    /** Of a process, for all but connections: files, jars, and sockets that are closing. */
    private static final int OTHER_DESCRIPTORS = 500;

    private static final Pattern PORTS = Pattern.compile("(\\d+) (\\d+)");
    private static final Pattern SUMMARY =
            Pattern.compile("held=(\\d+) opened=(\\d+) tls=(\\d+) messages=(\\d+) .*failed=(\\d+)");

    private TestKeys keys;
    private Process server;
    private Matcher ports;

    @BeforeEach
    void startServer() throws Exception {
        keys = TestKeys.generate();
        server = java(
                        LongRunServer.class,
                        List.of(
                                // All of the heap is resident from the start: what grows then is native memory.
                                "-Xms128m",
                                "-Xmx128m",
                                "-XX:+AlwaysPreTouch",
                                "-XX:MaxDirectMemorySize=64m",
                                "-XX:NativeMemoryTracking=summary"),
                        keys.file().toString(),
                        TestKeys.PASSWORD)
                .redirectError(new File("target/longrun-server.txt"))
                .start();
        ports = PORTS.matcher(server.inputReader().readLine());
        assertTrue(ports.matches());
    }

    @AfterEach
    void stopServer() throws Exception {
        server.getOutputStream().close();
        boolean ended = server.waitFor(30, TimeUnit.SECONDS);
        server.destroyForcibly();
        assertTrue(ended, "The server does not end");
    }

    @Test
    @DisplayName("R-75 R-90 R-93 R-95 A-20 A-27 A-28 A-30 A-31 A-33: nothing is left of thousands of connections")
    void nothingIsLeft() throws Exception {
        runClient(WARM_UP_CONNECTIONS, WARM_UP_SECONDS, 1);
        ProcessFigures before = atRest();
        Matcher summary = runClient(CONNECTIONS, 60 * MINUTES, System.nanoTime());
        ProcessFigures after = atRest();
        System.out.println("client: " + summary.group());
        System.out.println("before: " + before);
        System.out.println("after:  " + after);
        assertTrue(Integer.parseInt(summary.group(1)) > CONNECTIONS / 2, "held: " + summary.group());
        for (String name : List.of(
                "io.jackfield.server.connection.Connection",
                "io.jackfield.server.connection.WebSocketSession",
                "io.jackfield.server.connection.OpeningPhase",
                "io.jackfield.server.transport.TlsTransport",
                "io.jackfield.server.loop.Timer",
                "io.jackfield.codec.Driver",
                "io.jackfield.ext.deflate.DeflateSession",
                "io.jackfield.ext.deflate.PooledInflater",
                "io.jackfield.ext.deflate.PooledDeflater",
                "java.util.zip.Deflater",
                "sun.security.ssl.SSLEngineImpl")) {
            assertEquals(0, after.instancesOf(name), () -> name + ": " + after);
        }
        // The JDK keeps some for the jars of the class path.
        assertTrue(
                after.instancesOf("java.util.zip.Inflater") <= before.instancesOf("java.util.zip.Inflater"),
                () -> "inflaters: " + after);
        assertEquals(before.descriptors(), after.descriptors(), "descriptors");
        assertTrue(after.threads() <= before.threads() + 2, "threads: " + after);
        assertTrue(after.heapBytes() <= before.heapBytes() + HEAP_GROWTH, "heap: " + after);
        assertTrue(after.nativeKiB() <= before.nativeKiB() + NATIVE_GROWTH_KIB, "native memory: " + after);
        // zlib's memory is tracked nowhere.
        assertTrue(
                after.residentKiB() <= before.residentKiB() + RESIDENT_GROWTH_KIB,
                () -> "resident memory: " + before + after);
    }

    /** As many as a process may have here; each has a descriptor at both ends, which are processes of their own. */
    private static int mostConnections() {
        long descriptors = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        return (int) Math.min(Integer.MAX_VALUE, descriptors - OTHER_DESCRIPTORS);
    }

    /** The figures as soon as no connection is left, which takes as long as the server lets a peer linger. */
    private ProcessFigures atRest() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        ProcessFigures figures = ProcessFigures.of(server);
        while (System.nanoTime() - deadline < 0
                && (figures.instancesOf("io.jackfield.server.connection.Connection") > 0
                        || figures.instancesOf("io.jackfield.server.loop.Timer") > 0)) {
            figures = ProcessFigures.of(server);
        }
        return figures;
    }

    private Matcher runClient(int connections, int seconds, long seed) throws Exception {
        Process client = java(
                        LongRunClient.class,
                        List.of("-Xmx1g"),
                        ports.group(1),
                        ports.group(2),
                        keys.file().toString(),
                        TestKeys.PASSWORD,
                        String.valueOf(connections),
                        String.valueOf(seconds),
                        String.valueOf(seed))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, client.waitFor(), output);
            Matcher summary = SUMMARY.matcher(output);
            assertTrue(summary.find(), output);
            assertEquals("0", summary.group(5), () -> output.substring(0, Math.min(output.length(), 4000)));
            return summary;
        } finally {
            client.destroyForcibly();
        }
    }

    private static ProcessBuilder java(Class<?> program, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
