package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Path classes = Javac.module(folder.resolve("module"), SOURCES);
        Command.Result result = Command.of(
                        Workplace.jdkProgram("java"), "-p", Javac.jars() + File.pathSeparator + classes)
                .with("-m", "org.example.consumer/org.example.consumer.Consumer")
                .run(LIMIT)
                .requireSuccess("java -p -m");
        assertEquals(EXPECTED, result.output());
        assertEquals("", result.errors());
    }

    @Test
    @DisplayName("class path: javac -cp -Xlint:all -Werror, then java -cp")
    void runsOnTheClassPath() throws IOException {
        Path classes = Javac.classPath(folder.resolve("classpath"), SOURCES);
        Command.Result result = Command.of(
                        Workplace.jdkProgram("java"), "-cp", Javac.jars() + File.pathSeparator + classes)
                .with("org.example.consumer.Consumer")
                .run(LIMIT)
                .requireSuccess("java -cp");
        assertEquals(EXPECTED, result.output());
        assertEquals("", result.errors());
    }
}
