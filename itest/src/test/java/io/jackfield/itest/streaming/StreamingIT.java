package io.jackfield.itest.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.itest.streaming.StreamingPeer.Echo;
import io.jackfield.itest.streaming.StreamingPeer.Form;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One message, larger than the server's heap by far, that is sent in parts, received in parts and sent back in parts. Profile
 * {@code streaming} has it 4 GiB long; {@code -Dstreaming.mebibytes} is its length, {@code -Dstreaming.heap} the heap.
 */
class StreamingIT {

    private static final long MEBIBYTES = Long.getLong("streaming.mebibytes", 128);
    private static final String HEAP = System.getProperty("streaming.heap", "32m");

    @ParameterizedTest(name = "{1} to {0}")
    @DisplayName("S-85 S-155: a message passes with constant memory, however long it is")
    @CsvSource({"/flow, ONE_FRAME", "/flow, FRAGMENTS", "/flow, DEFLATED", "/blocking, ONE_FRAME", "/blocking, DEFLATED"
    })
    void aMessagePassesWithConstantMemory(String path, Form form) throws Exception {
        Process server = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamingServer.class.getName()))
                .redirectError(new File("target/streaming-server.txt"))
                .start();
        try (BufferedReader output = server.inputReader()) {
            long length = MEBIBYTES << 20;
            long start = System.nanoTime();
            Echo echo = new StreamingPeer(length, form).run(Integer.parseInt(output.readLine()), path);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            assertEquals(length, echo.length());
            assertTrue(echo.frames() > 1, "frames: " + echo.frames());
            server.getOutputStream().close();
            String figures = output.readLine();
            System.out.println(MEBIBYTES + " MiB, " + form + " to " + path + ", -Xmx" + HEAP + ": " + seconds + " s, "
                    + echo.frames() + " frames back, " + figures);
            assertTrue(server.waitFor(30, TimeUnit.SECONDS), "The server does not end");
        } finally {
            server.destroyForcibly();
        }
    }
}
