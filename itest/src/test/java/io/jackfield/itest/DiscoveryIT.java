package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.itest.brokenbundle.MissingBase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extensions that a program finds without a framework, and some that it cannot use: a line each, and the others work. */
class DiscoveryIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path CONSUMER = Path.of("src", "test", "consumer").toAbsolutePath();
    private static final Path PROVIDERS = Path.of("src", "test", "providers").toAbsolutePath();
    private static final Path PROVIDER_CLASSES = Path.of(
                    "src", "test", "java", "io", "jackfield", "itest", "brokenbundle")
            .toAbsolutePath();
    private static final String ONE_LINE_A_RECORD = "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%6$s%n";
    private static final String LINE = "WARNING: An extension is not used: ";
    private static final String OFFER = "x-lacking, x-failing, x-working";
    private static final String EXPECTED = """
            extensions: x-working
            echo: hello
            close: 1000
            """;

    private static Path folder;

    @BeforeAll
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory(Workplace.TARGET, "discovery");
    }

    @Test
    @DisplayName("module path: a constructor that throws and a class that is missing are a line each")
    void leavesOutModulesThatDoNotLoad() throws IOException {
        Path consumer = Javac.module(folder.resolve("consumer-module"), CONSUMER);
        Path providers = Javac.module(folder.resolve("providers-module"), PROVIDERS, PROVIDER_CLASSES);
        removeMissingBase(providers);
        Command.Result result = java("-p", consumer, providers)
                .with("-m", "org.example.consumer/org.example.consumer.Consumer", OFFER)
                .run(LIMIT)
                .requireSuccess("java -p -m");
        assertEquals(EXPECTED, result.output());
        assertEquals(BrokenProviders.lines(LINE, BrokenProviders.PROBLEMS_OF_MODULE), sortedLines(result.errors()));
    }

    @Test
    @DisplayName("class path: besides, a class that is not there and one that is no extension")
    void leavesOutClassesThatDoNotLoad() throws IOException {
        Path consumer = Javac.classPath(folder.resolve("consumer-classes"), CONSUMER);
        Path providers = Javac.classPath(folder.resolve("providers-classes"), PROVIDER_CLASSES);
        removeMissingBase(providers);
        Path services = Files.createDirectories(providers.resolve("META-INF").resolve("services"));
        Files.write(services.resolve("io.jackfield.api.extension.Extension"), BrokenProviders.NAMES);
        Command.Result result = java("-cp", consumer, providers)
                .with("org.example.consumer.Consumer", OFFER)
                .run(LIMIT)
                .requireSuccess("java -cp");
        assertEquals(EXPECTED, result.output());
        assertEquals(BrokenProviders.lines(LINE, BrokenProviders.PROBLEMS_OF_NAMES), sortedLines(result.errors()));
    }

    private static Command java(String pathOption, Path consumer, Path providers) throws IOException {
        String path = String.join(File.pathSeparator, Javac.jars(), consumer.toString(), providers.toString());
        return Command.of(Workplace.jdkProgram("java"), ONE_LINE_A_RECORD, pathOption, path);
    }

    private static void removeMissingBase(Path classes) throws IOException {
        Files.delete(classes.resolve(MissingBase.class.getName().replace('.', '/') + ".class"));
    }

    private static List<String> sortedLines(String text) {
        return text.lines().sorted().toList();
    }
}
