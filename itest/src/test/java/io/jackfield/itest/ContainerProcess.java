package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A container with a Jackfield server behind it, in a process of its own with little memory. */
final class ContainerProcess implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("src", "test", "containers").toAbsolutePath();
    private static final Path CONTAINERS = Workplace.TARGET.resolve("containers");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final int port;
    private final int securePort;

    private ContainerProcess(Process process, int port, int securePort) {
        this.process = process;
        this.port = port;
        this.securePort = securePort;
    }

    /** Starts it with all of our adapters, and waits for the line that tells its ports. */
    static ContainerProcess start(Container container, TestKeys keys) throws IOException {
        return start(container, keys, "");
    }

    /** Starts it where a class of our adapters cannot be loaded: one of this simple name, if it is not empty. */
    static ContainerProcess start(Container container, TestKeys keys, String hidden) throws IOException {
        String path = String.join(
                File.pathSeparator,
                Javac.jars(),
                jars(adaptersWithout(hidden)),
                jars(CONTAINERS.resolve(container.folder)));
        Path classes = compile(container, path);
        File errors =
                Files.createTempFile(Workplace.TARGET, container.folder, ".txt").toFile();
        Process process = new ProcessBuilder(
                        Workplace.jdkProgram("java").toString(),
                        "-Xmx64m",
                        "-cp",
                        classes + File.pathSeparator + path,
                        container.mainClass,
                        keys.file().toString(),
                        TestKeys.PASSWORD)
                .redirectError(errors)
                .start();
        try {
            String[] ports = CompletableFuture.supplyAsync(() -> portsLine(process.inputReader()))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .split(" ", 3);
            return new ContainerProcess(process, Integer.parseInt(ports[1]), Integer.parseInt(ports[2]));
        } catch (Exception e) {
            process.destroyForcibly();
            throw new AssertionError(container + " did not start\n" + Files.readString(errors.toPath()), e);
        }
    }

    private static Path compile(Container container, String path) throws IOException {
        Path sources = Files.createTempDirectory(Workplace.TARGET, container.folder);
        for (String name : List.of("Endpoints", container.mainClass)) {
            String file = name + ".java";
            Files.writeString(sources.resolve(file), container.adapt(Files.readString(PROGRAMS.resolve(file))));
        }
        Path classes = sources.resolve("classes");
        Command.of(Workplace.jdkProgram("javac"), "-nowarn", "-proc:none", "-cp", path, "-d", classes)
                .with(sources.resolve("Endpoints.java"), sources.resolve(container.mainClass + ".java"))
                .run(LIMIT)
                .requireSuccess("javac for " + container);
        return classes;
    }

    private static Path adaptersWithout(String hidden) throws IOException {
        if (hidden.isEmpty()) {
            return Workplace.ADAPTERS;
        }
        Path copies = Files.createTempDirectory(Workplace.TARGET, "adapters");
        List<Path> removed = new ArrayList<>();
        try (Stream<Path> jars = Files.list(Workplace.ADAPTERS)) {
            for (Path jar : jars.toList()) {
                Path copy = Files.copy(jar, copies.resolve(jar.getFileName()));
                removed.addAll(remove(hidden + ".class", copy));
            }
        }
        assertFalse(removed.isEmpty(), "No adapter has a class " + hidden);
        return copies;
    }

    private static List<Path> remove(String name, Path jar) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(content.getPath("/"))) {
            List<Path> named = files.filter(file -> file.endsWith(name)).toList();
            for (Path file : named) {
                Files.delete(file);
            }
            return named;
        }
    }

    private static String jars(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static String portsLine(BufferedReader output) {
        return output.lines()
                .filter(line -> line.startsWith("PORTS "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("It ended without telling its ports"));
    }

    int port() {
        return port;
    }

    int securePort() {
        return securePort;
    }

    /** Ends its input, at which it stops. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("The container does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
