package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A project of the folder examples, built in this process as its pom.xml builds it: by the JDK's compiler with our API
 * and nothing else of ours, and by bnd with the project's own instructions. A warning of either is a failure.
 */
final class ExampleBundle {

    private static final Path EXAMPLES = Workplace.REPOSITORY.resolve("examples");
    private static final Path API = Workplace.BUNDLES.resolve("jackfield-api.jar");

    private final Path project;
    private final List<Path> libraries = new ArrayList<>(List.of(API));

    private ExampleBundle(String name) {
        project = EXAMPLES.resolve(name);
    }

    /** A bundle that uses our API alone. */
    static Path of(String name) throws Exception {
        return new ExampleBundle(name).build();
    }

    /** A bundle that uses the annotations of Declarative Services, too. */
    static Path ofComponent(String name) throws Exception {
        ExampleBundle bundle = new ExampleBundle(name);
        bundle.libraries.addAll(files(Workplace.ANNOTATIONS));
        return bundle.build();
    }

    private Path build() throws Exception {
        Path folder = Files.createTempDirectory(Workplace.TARGET, project.getFileName() + "-");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(classes);
        copyResources(classes);
        return pack(classes, folder.resolve(project.getFileName() + ".jar"));
    }

    private void compile(Path classes) throws IOException {
        List<Path> sources = files(project.resolve("src/main/java"));
        boolean isModule = sources.stream().anyMatch(source -> source.endsWith("module-info.java"));
        String path = libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                isModule ? "-p" : "-cp",
                path,
                "-d",
                classes.toString());
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            compiler.getTask(messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        assertEquals("", messages.toString(), project + ": javac");
    }

    private void copyResources(Path classes) throws IOException {
        Path resources = project.resolve("src/main/resources");
        if (Files.exists(resources)) {
            for (Path resource : files(resources)) {
                Path copy = classes.resolve(resources.relativize(resource));
                Files.createDirectories(copy.getParent());
                Files.copy(resource, copy);
            }
        }
    }

    private Path pack(Path classes, Path file) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setProperties(project.resolve("bnd.bnd").toFile());
            builder.setProperty("Bundle-Version", "1.0.0");
            builder.setProperty("-includeresource", classes.toString());
            for (Path library : libraries) {
                builder.addClasspath(library.toFile());
            }
            try (Jar jar = builder.build()) {
                assertEquals(List.of(), builder.getErrors(), project + ": bnd");
                assertEquals(List.of(), builder.getWarnings(), project + ": bnd");
                jar.write(file.toFile());
            }
        }
        return file;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
