package io.jackfield.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that this module is built from, its neighbours included. */
final class Repository {

    /** Tests run in the module's folder. */
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

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
        try (Stream<Path> all = Files.find(ROOT, 20, (path, attributes) -> attributes.isRegularFile())) {
            return all.filter(Repository::isTest).sorted().toList();
        }
    }

    private static boolean isTest(Path path) {
        String relative = ROOT.relativize(path).toString().replace('\\', '/');
        return relative.contains("src/test/")
                && !relative.contains("target/")
                && !relative.contains("node_modules/")
                && (hasSuffix(path, ".java") || hasSuffix(path, ".mjs"));
    }

    private static boolean hasSuffix(Path path, String suffix) {
        return path.getFileName().toString().endsWith(suffix);
    }
}
