package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A stranger's program, compiled and run by the JDK's own tools with our jars and no other: once as a module, once on the
 * class path. Nothing of OSGi is there.
 */
class ModulePathIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path SOURCES = Path.of("src", "test", "consumer").toAbsolutePath();
    private static final String EXPECTED = """
            extensions: permessage-deflate
            echo: hello
            close: 1000
            """;

    private static Path folder;

    @BeforeAll
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory(Workplace.TARGET, "consumer");
    }

    @Test
    @DisplayName("module path: javac -p -Xlint:all -Werror, then java -p -m")
    void runsAsModule() throws IOException {
        Path classes = compile("module", "-p", jars());
        Command.Result result = Command.of(Workplace.jdkProgram("java"), "-p", jars() + File.pathSeparator + classes)
                .with("-m", "org.example.consumer/org.example.consumer.Consumer")
                .run(LIMIT)
                .requireSuccess("java -p -m");
        assertEquals(EXPECTED, result.output());
        assertEquals("", result.errors());
    }

    @Test
    @DisplayName("class path: javac -cp -Xlint:all -Werror, then java -cp")
    void runsOnTheClassPath() throws IOException {
        Path classes = compile("classpath", "-cp", jars());
        Command.Result result = Command.of(Workplace.jdkProgram("java"), "-cp", jars() + File.pathSeparator + classes)
                .with("org.example.consumer.Consumer")
                .run(LIMIT)
                .requireSuccess("java -cp");
        assertEquals(EXPECTED, result.output());
        assertEquals("", result.errors());
    }

    private static Path compile(String kind, String pathOption, String path) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(kind));
        Command javac = Command.of(Workplace.jdkProgram("javac"), "--release", "17", "-Xlint:all", "-Werror")
                .with(pathOption, path)
                .with("-d", classes);
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .filter(source -> kind.equals("module") || !source.endsWith("module-info.java"))
                    .forEach(javac::with);
        }
        Command.Result result = javac.run(LIMIT).requireSuccess("javac " + pathOption);
        assertEquals("", result.output() + result.errors());
        return classes;
    }

    private static String jars() throws IOException {
        try (Stream<Path> jars = Files.list(Workplace.BUNDLES)) {
            return jars.map(Path::toString)
                    .filter(jar -> jar.contains("jackfield-"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
