package io.jackfield.itest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The downloadable server in a process of its own, on a port that the system chose. */
final class ServerProcess implements AutoCloseable {

    private static final Path JAR = Workplace.TARGET.resolve("dist").resolve("jackfield-dist.jar");
    private static final Pattern URL = Pattern.compile("\\b(?:ws|http)(s?)://([^/\\s]+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final String scheme;
    private final String authority;

    private ServerProcess(Process process, String scheme, String authority) {
        this.process = process;
        this.scheme = scheme;
        this.authority = authority;
    }

    /** Starts it and waits for the line that tells its address. */
    static ServerProcess start(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Workplace.jdkProgram("java").toString(), "-jar", JAR.toString(), "--host", "127.0.0.1", "--port", "0"));
        words.addAll(List.of(options));
        File errors = Files.createTempFile(Workplace.TARGET, "server", ".txt").toFile();
        Process process = new ProcessBuilder(words).redirectError(errors).start();
        try {
            Matcher address = CompletableFuture.supplyAsync(() -> addressLine(process.inputReader()))
                    .get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return new ServerProcess(process, "ws" + address.group(1), address.group(2));
        } catch (Exception e) {
            process.destroyForcibly();
            throw new AssertionError("The server did not start\n" + Files.readString(errors.toPath()), e);
        }
    }

    /** The WebSocket address of a path. */
    String url(String path) {
        return scheme + "://" + authority + path;
    }

    /** The address of the demo page. */
    String page() {
        return url("/").replaceFirst("^ws", "http");
    }

    @Override
    public void close() {
        stop();
    }

    /** Tells it to stop, as a service manager does, and waits until it has; the second call does nothing. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("The server does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Matcher addressLine(BufferedReader output) {
        return output.lines()
                .map(URL::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElseThrow(() -> new AssertionError("It ended without telling its address"));
    }
}
