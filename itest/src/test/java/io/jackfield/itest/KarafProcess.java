package io.jackfield.itest;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * A stock Karaf, unpacked and started without a console. It finds artifacts in its own {@code system} folder and in a local
 * Maven repository that has ours and nothing else: there is no network to it.
 */
final class KarafProcess implements AutoCloseable {

    private static final Path ARCHIVE = Workplace.TARGET.resolve("karaf").resolve("apache-karaf.tar.gz");
    private static final Path REPOSITORY = Workplace.TARGET.resolve("karaf").resolve("repository");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 100;

    private final Path home;
    private final Process process;
    private final int port;
    private final int httpPort;

    private KarafProcess(Path home, Process process, int port, int httpPort) {
        this.home = home;
        this.process = process;
        this.port = port;
        this.httpPort = httpPort;
    }

    /**
     * Starts a Karaf; see {@link #waitUntil}.
     *
     * @param home an empty folder, for Karaf
     */
    static KarafProcess start(Path home) throws IOException {
        Command.of(Path.of("tar"), "-xzf", ARCHIVE, "--strip-components=1", "-C", home)
                .run(LIMIT)
                .requireSuccess("tar");
        int port = freePort();
        int httpPort = freePort();
        configure(home.resolve("etc"), port);
        Files.writeString(
                home.resolve("etc").resolve("org.ops4j.pax.web.cfg"),
                "org.osgi.service.http.port = " + httpPort + "\norg.ops4j.pax.web.listening.addresses = 127.0.0.1\n");
        Files.writeString(
                home.resolve("bin").resolve("setenv"), "export JAVA_HOME='" + System.getProperty("java.home") + "'\n");
        Process process = new ProcessBuilder(
                        home.resolve("bin").resolve("karaf").toString(), "server")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output.txt").toFile())
                .start();
        return new KarafProcess(home, process, port, httpPort);
    }

    /** Where the server listens, once it is there. */
    int port() {
        return port;
    }

    /** Where Karaf's own HTTP server listens, if it is installed. */
    int httpPort() {
        return httpPort;
    }

    String url(String path) {
        return "ws://127.0.0.1:" + port + path;
    }

    /**
     * Waits for something that comes while Karaf starts.
     *
     * @param condition may throw {@link UncheckedIOException} as long as nobody listens
     */
    void waitUntil(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!holds(condition)) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Karaf ended with " + process.exitValue() + ", see " + home);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("After " + LIMIT + ", not yet: " + what + ", see " + home);
            }
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Runs commands in Karaf's shell, once that lets us in; what they print. */
    String run(String... commands) throws IOException, InterruptedException {
        Path input = Files.write(home.resolve("commands.txt"), List.of(commands));
        Command client = Command.of(home.resolve("bin").resolve("client"), "-b").reading(input);
        AtomicReference<Command.Result> result = new AtomicReference<>();
        waitUntil("a shell that runs " + List.of(commands), () -> {
            result.set(client.run(LIMIT));
            return result.get().exitCode() == 0;
        });
        return result.get().output();
    }

    /** Asks Karaf to stop, and waits until it has ended. */
    int stop() throws InterruptedException {
        Command.of(home.resolve("bin").resolve("stop")).run(LIMIT).requireSuccess("bin/stop");
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Karaf does not stop, see " + home);
        }
        return process.exitValue();
    }

    /** Ends what is left of it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void configure(Path etc, int port) throws IOException {
        edit(
                etc.resolve("org.ops4j.pax.url.mvn.cfg"),
                Map.of(
                        "org.ops4j.pax.url.mvn.repositories",
                        "",
                        // Not the user's: what is installed there must not help.
                        "org.ops4j.pax.url.mvn.localRepository",
                        REPOSITORY.toString()));
        edit(
                etc.resolve("org.apache.karaf.shell.cfg"),
                Map.of("sshHost", "127.0.0.1", "sshPort", Integer.toString(freePort())));
        edit(
                etc.resolve("org.apache.karaf.management.cfg"),
                Map.of("rmiRegistryPort", Integer.toString(freePort()), "rmiServerPort", Integer.toString(freePort())));
        // Karaf's shell lets nobody in by default.
        edit(
                etc.resolve("users.properties"),
                Map.of(
                        "karaf",
                        "karaf,_g_:admingroup",
                        "_g_:admingroup",
                        "group,admin,manager,viewer,systembundles,ssh"));
        Files.writeString(
                etc.resolve("io.jackfield.server.cfg"), "jackfield.port = " + port + "\njackfield.host = 127.0.0.1\n");
    }

    private static void edit(Path file, Map<String, String> changes) throws IOException {
        Properties properties = read(file);
        properties.putAll(changes);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
