package io.jackfield.documentation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files that this module is built from, its neighbours included. */
final class Repository {

    /** Tests run in the module's folder. */
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Set<String> OF_BUILDS = Set.of("target", "node_modules", ".git");

    private Repository() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The pages at the top and below docs. */
    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(file("docs"))) {
            return Stream.concat(
                            Stream.of(file("README.md"), file("CONTRIBUTING.md"), file("CHANGELOG.md")),
                            docs.filter(path -> hasSuffix(path, ".md")))
                    .sorted()
                    .toList();
        }
    }

    /** The tests of all modules, in whatever language. */
    static List<Path> tests() throws IOException {
        List<Path> tests = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                // What builds make may vanish while it is looked at: another module may be built at the same time.
                return OF_BUILDS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isTest(file)) {
                    tests.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return tests.stream().sorted().toList();
    }

    private static boolean isTest(Path path) {
        return ROOT.relativize(path).toString().replace('\\', '/').contains("src/test/")
                && (hasSuffix(path, ".java") || hasSuffix(path, ".mjs"));
    }

    private static boolean hasSuffix(Path path, String suffix) {
        return path.getFileName().toString().endsWith(suffix);
    }
}
