package io.jackfield.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** What a bundle may rely on when another is exchanged: versions, ranges, and who implements what. */
class VersioningTest {

    /** A name with its attributes and directives, in which commas stand between quotes. */
    private static final Pattern CLAUSE = Pattern.compile("([^,;=]+)((?:;[^,;=]+:?=(?:\"[^\"]*\"|[^,;\"]*))*)(?:,|$)");

    private static final Pattern RANGE = Pattern.compile("version=\"\\[(\\d+\\.\\d+),(\\d+)(?:\\.\\d+)?\\)\"");
    private static final Pattern VERSION = Pattern.compile("version=\"\\d+\\.\\d+\\.\\d+\"");
    private static final Pattern USES = Pattern.compile("uses:=\"([^\"]*)\"");

    private static Map<String, String> clauses(Library library, String header) throws IOException {
        Map<String, String> clauses = new TreeMap<>();
        String value = library.manifest().getMainAttributes().getValue(header);
        Matcher clause = CLAUSE.matcher(value == null ? "" : value);
        while (clause.find()) {
            clauses.put(clause.group(1).strip(), clause.group(2));
        }
        return clauses;
    }

    /** The packages that a module exports to all. */
    private static Set<String> exports(Library library) throws IOException {
        return library.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    @Test
    void everyInterfaceThatOthersSeeSaysWhoImplementsIt() throws IOException {
        Set<String> exported = new TreeSet<>();
        for (Library library : Library.values()) {
            exported.addAll(exports(library));
        }
        // What is sealed is implemented by us alone, and an annotation by nobody.
        DescribedPredicate<JavaClass> open = describe(
                "open interfaces in exported packages",
                type -> type.isInterface()
                        && !type.isAnnotation()
                        && !type.reflect().isSealed()
                        && exported.contains(type.getPackageName()));
        classes()
                .that(open)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .beAnnotatedWith(ProviderType.class)
                .orShould()
                .beAnnotatedWith(ConsumerType.class)
                .check(JackfieldClasses.ALL);
    }

    @ParameterizedTest
    @EnumSource
    void aBundleExportsWhatTheModuleExportsAndVersionsIt(Library library) throws IOException {
        Map<String, String> exports = clauses(library, "Export-Package");
        assertEquals(exports(library), exports.keySet());
        exports.forEach(
                (name, attributes) -> assertTrue(VERSION.matcher(attributes).find(), name + attributes));
    }

    @ParameterizedTest
    @EnumSource
    void importsEndBeforeTheNextMajorVersion(Library library) throws IOException {
        clauses(library, "Import-Package").forEach((name, attributes) -> {
            if (!name.startsWith("javax.") && !name.startsWith("jdk.")) {
                assertTrue(RANGE.matcher(attributes).find(), name + attributes);
            }
        });
    }

    /** A package is used if its types stand in the signatures of another; both then come from one provider for all. */
    @ParameterizedTest
    @EnumSource
    void whatAnExportUsesIsExportedOrImportedItself(Library library) throws IOException {
        Set<String> known = new TreeSet<>(clauses(library, "Import-Package").keySet());
        Map<String, String> exports = clauses(library, "Export-Package");
        known.addAll(exports.keySet());
        exports.forEach((name, attributes) -> {
            Matcher uses = USES.matcher(attributes);
            Set<String> used = uses.find() ? Stream.of(uses.group(1).split(",")).collect(Collectors.toSet()) : Set.of();
            assertTrue(known.containsAll(used), name + " uses " + used + ", of which " + known + " are known");
        });
    }
}
