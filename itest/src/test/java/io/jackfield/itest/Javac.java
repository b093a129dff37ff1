package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles what a stranger wrote, with the JDK's own compiler and our jars alone. Any warning is a failure. */
final class Javac {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Javac() {}

    /** Compiles a module. */
    static Path module(Path output, Path... sources) throws IOException {
        return compile("-p", output, javaFiles(sources));
    }

    /** Compiles what is in sources but the description of the module. */
    static Path classPath(Path output, Path... sources) throws IOException {
        List<Path> files = javaFiles(sources).stream()
                .filter(file -> !file.endsWith("module-info.java"))
                .toList();
        return compile("-cp", output, files);
    }

    /** The path of our jars, for the module path or the class path. */
    static String jars() throws IOException {
        try (Stream<Path> jars = Files.list(Workplace.BUNDLES)) {
            return jars.map(Path::toString)
                    .filter(jar -> jar.contains("jackfield-"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Path compile(String pathOption, Path output, List<Path> files) throws IOException {
        Command javac = Command.of(Workplace.jdkProgram("javac"), "--release", "17", "-Xlint:all", "-Werror")
                .with(pathOption, jars(), "-d", Files.createDirectories(output))
                .with(files.toArray());
        Command.Result result = javac.run(LIMIT).requireSuccess("javac " + pathOption);
        assertEquals("", result.output() + result.errors());
        return output;
    }

    private static List<Path> javaFiles(Path... folders) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
            }
        }
        return found;
    }
}
