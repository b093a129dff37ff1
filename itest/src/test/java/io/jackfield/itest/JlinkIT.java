package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run-time image of a program, our modules and what they need of the JDK: there is nothing else to install. */
class JlinkIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PATIENCE_SECONDS = 20;
    private static final long MEBIBYTE = 1024 * 1024;
    private static final Path SOURCES = Path.of("src", "test", "tiny").toAbsolutePath();

    @Test
    @DisplayName("the image holds java.base and four modules of ours, and permessage-deflate is found in it")
    void runsInAnImage(@TempDir Path folder) throws Exception {
        Path image = link(Javac.module(folder.resolve("classes"), SOURCES), folder.resolve("image"));
        assertEquals(
                List.of(
                        "io.jackfield.api",
                        "io.jackfield.codec",
                        "io.jackfield.ext.deflate",
                        "io.jackfield.server",
                        "java.base",
                        "org.example.tiny"),
                modules(image));
        Process process = new ProcessBuilder(
                        image.resolve("bin").resolve("tiny").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            int port = CompletableFuture.supplyAsync(() -> firstNumber(output)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            try (RawClient client = RawClient.connect(port)
                    .send(RawClient.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate"))) {
                assertEquals(List.of("permessage-deflate"), client.readAnswer().fields("Sec-WebSocket-Extensions"));
                client.send(WireFrame.text("hello").masked());
                assertEquals("hello", client.readFrame().payloadText());
            }
            process.getOutputStream().close();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends with its input");
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path link(Path program, Path image) throws IOException {
        Command.of(Workplace.jdkProgram("jlink"), "-p", Javac.jars() + File.pathSeparator + program)
                .with("--add-modules", "org.example.tiny,io.jackfield.ext.deflate")
                .with("--launcher", "tiny=org.example.tiny/org.example.tiny.Tiny")
                .with("--strip-debug", "--no-header-files", "--no-man-pages", "--output", image)
                .run(LIMIT)
                .requireSuccess("jlink");
        System.out.println("jlink image on JDK " + Runtime.version() + ": " + size(image) / MEBIBYTE + " MiB");
        return image;
    }

    private static List<String> modules(Path image) {
        return Command.of(image.resolve("bin").resolve("java"), "--list-modules")
                .run(LIMIT)
                .requireSuccess("java --list-modules")
                .output()
                .lines()
                .map(module -> module.replaceFirst("@.*", ""))
                .sorted()
                .toList();
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static int firstNumber(BufferedReader output) {
        return output.lines()
                .findFirst()
                .map(Integer::parseInt)
                .orElseThrow(() -> new AssertionError("It ended at once"));
    }
}
