package io.jackfield.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each module says about itself, as a JPMS module and as an OSGi bundle, is what was committed. A change of it is
 * a decision: this test writes what it found to {@code target/descriptions}, to be copied to the test's resources.
 */
class ModuleDescriptionTest {

    @ParameterizedTest
    @EnumSource
    void moduleAndBundleAreDescribedAsCommitted(Library library) throws IOException {
        String actual =
                describe(library.descriptor()) + describe(library.manifest().getMainAttributes());
        Path folder = Files.createDirectories(Path.of("target", "descriptions"));
        Files.writeString(folder.resolve(library + ".txt"), actual);

        assertEquals(committed(library), actual, "what was found is in server/target/descriptions");
    }

    private static String committed(Library library) throws IOException {
        try (InputStream in = ModuleDescriptionTest.class.getResourceAsStream(library + ".txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String describe(ModuleDescriptor module) {
        Stream<String> requires = module.requires().stream()
                .map(required -> words("requires", required.modifiers()) + " " + required.name());
        Stream<String> exports =
                module.exports().stream().map(export -> "exports " + export.source() + to(export.targets()));
        Stream<String> opens = module.opens().stream().map(open -> "opens " + open.source() + to(open.targets()));
        Stream<String> uses = module.uses().stream().map(service -> "uses " + service);
        Stream<String> provides = module.provides().stream()
                .map(provided -> "provides " + provided.service() + " with " + String.join(", ", provided.providers()));
        return Stream.of(requires, exports, opens, uses, provides)
                .flatMap(Stream::sorted)
                .collect(Collectors.joining(
                        "\n    ", words("module", module.modifiers()) + " " + module.name() + "\n    ", "\n"));
    }

    private static String words(String first, Collection<? extends Enum<?>> modifiers) {
        return Stream.concat(
                        Stream.of(first),
                        modifiers.stream()
                                .map(Enum::toString)
                                .map(String::toLowerCase)
                                .sorted())
                .collect(Collectors.joining(" "));
    }

    private static String to(Collection<String> targets) {
        return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
    }

    private static String describe(Attributes headers) {
        return Stream.of(
                        "Bundle-SymbolicName",
                        "Bundle-Activator",
                        "Export-Package",
                        "Import-Package",
                        "DynamicImport-Package",
                        "Require-Capability",
                        "Provide-Capability")
                .filter(header -> headers.getValue(header) != null)
                .map(header -> header + clauses(headers.getValue(header)))
                .collect(Collectors.joining());
    }

    /** The clauses of a header, one a line, without the {@code uses} directives, which follow from the exports. */
    private static String clauses(String value) {
        return Arrays.stream(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
                .map(clause -> clause.replaceAll(";uses:=\"[^\"]*\"", ""))
                .sorted()
                .collect(Collectors.joining("\n    ", "\n    ", "\n"));
    }
}
