package io.jackfield.itest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The jars that adapt Jackfield to containers keep the shape of the others: what they are as modules they are as bundles, they
 * use what is exported and nothing else, and the types of a container stay where they may be missing.
 */
class AdaptersIT {

    private static final String OURS = "io.jackfield.";

    private static final List<String> ADAPTERS =
            List.of("jackfield-http-servlet", "jackfield-http-servlet-javax", "jackfield-http-jetty");

    /** A name with its attributes and directives, in which commas stand between quotes. */
    private static final Pattern CLAUSE = Pattern.compile("([^,;=]+)((?:;[^,;=]+:?=(?:\"[^\"]*\"|[^,;\"]*))*)(?:,|$)");

    @ParameterizedTest
    @FieldSource("ADAPTERS")
    void moduleAndBundleAgree(String artifact) throws IOException {
        Path jar = adapter(artifact);
        ModuleDescriptor module = module(jar);
        assertEquals(Map.of(module.name(), ""), clauses(jar, "Bundle-SymbolicName"));
        assertEquals(exports(module), clauses(jar, "Export-Package").keySet());
        clauses(jar, "Export-Package")
                .forEach((name, attributes) ->
                        assertTrue(attributes.matches("(?s).*;version=\"\\d+\\.\\d+\\.\\d+\".*"), name));
        // What is imported belongs to a module that is required, or to one that comes with it.
        Map<String, String> exporters = exporters();
        Set<String> imported = ourImports(jar).keySet().stream()
                .map(name -> exporters.getOrDefault(name, name + ", which nobody exports"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(required(module).containsAll(imported), () -> "imports of " + imported);
    }

    @ParameterizedTest
    @FieldSource("ADAPTERS")
    void noVersionOfOursIsLeftOpen(String artifact) throws IOException {
        ourImports(adapter(artifact))
                .forEach((name, attributes) -> assertTrue(
                        attributes.matches(";version=\"\\[\\d+\\.\\d+,\\d+(\\.\\d+)?\\)\""), name + attributes));
    }

    @Test
    void frameworkTypesStayInTheOsgiPackages() throws IOException {
        noClasses()
                .that(not(resideInAPackage("io.jackfield.http..osgi..")))
                .should()
                .dependOnClassesThat(resideInAPackage("org.osgi..").and(not(resideInAPackage("org.osgi.annotation.."))))
                .check(classesOfAll());
    }

    /** A class that names them does not load elsewhere, and each adapter finds out so whether it is at home. */
    @ParameterizedTest
    @CsvSource({
        "org.apache.., Tomcat.*",
        "io.undertow.., Undertow.*",
        "org.xnio.., Undertow.*",
        "org.eclipse.jetty.., (Jetty.*|NextConnection)"
    })
    void typesOfAContainerAreUsedByWhatIsNamedForIt(String types, String names) throws IOException {
        classes()
                .that()
                .haveNameNotMatching(".*\\." + names)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(types)))
                .check(classesOfAll());
    }

    @Test
    void packagesHaveNoCycles() throws IOException {
        slices().matching("io.jackfield.http.(**)").should().beFreeOfCycles().check(classesOfAll());
    }

    @Test
    void nothingReflectsAndStaticStateDoesNotChange() throws IOException {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .check(classesOfAll());
        fields().that().areStatic().should().beFinal().check(classesOfAll());
    }

    private static Path adapter(String artifact) {
        return Workplace.ADAPTERS.resolve(artifact + ".jar");
    }

    private static JavaClasses classesOfAll() throws IOException {
        List<JarFile> jars = new ArrayList<>();
        try {
            for (String artifact : ADAPTERS) {
                jars.add(new JarFile(adapter(artifact).toFile()));
            }
            JavaClasses all = new ClassFileImporter().importJars(jars);
            assertTrue(all.size() > 20, () -> "only " + all);
            return all;
        } finally {
            for (JarFile jar : jars) {
                jar.close();
            }
        }
    }

    private static ModuleDescriptor module(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry("module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    /** The packages that a module exports to all. */
    private static Set<String> exports(ModuleDescriptor module) {
        return module.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    /** Which of our modules exports a package. */
    private static Map<String, String> exporters() throws IOException {
        Map<String, String> exporters = new TreeMap<>();
        for (ModuleDescriptor module : ourModules().values()) {
            exports(module).forEach(name -> exporters.put(name, module.name()));
        }
        return exporters;
    }

    private static Map<String, ModuleDescriptor> ourModules() throws IOException {
        Map<String, ModuleDescriptor> modules = new TreeMap<>();
        Stream<Path> libraries =
                Stream.of(Javac.jars().split(File.pathSeparator)).map(Path::of);
        Stream<Path> adapters = ADAPTERS.stream().map(AdaptersIT::adapter);
        for (Path jar : Stream.concat(libraries, adapters).toList()) {
            ModuleDescriptor module = module(jar);
            modules.put(module.name(), module);
        }
        return modules;
    }

    /** Our modules that a module reads. */
    private static Set<String> required(ModuleDescriptor module) throws IOException {
        Map<String, ModuleDescriptor> known = ourModules();
        Set<String> required = new TreeSet<>();
        module.requires().forEach(direct -> addReadable(direct.name(), known, required));
        return required;
    }

    private static void addReadable(String name, Map<String, ModuleDescriptor> known, Set<String> to) {
        if (known.containsKey(name) && to.add(name)) {
            known.get(name).requires().stream()
                    .filter(next -> next.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
                    .forEach(next -> addReadable(next.name(), known, to));
        }
    }

    private static Map<String, String> ourImports(Path jar) throws IOException {
        Map<String, String> imports = clauses(jar, "Import-Package");
        imports.keySet().removeIf(name -> !name.startsWith(OURS));
        assertTrue(!imports.isEmpty(), jar::toString);
        return imports;
    }

    private static Map<String, String> clauses(Path jar, String header) throws IOException {
        Map<String, String> clauses = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            Matcher clause =
                    CLAUSE.matcher(file.getManifest().getMainAttributes().getValue(header));
            while (clause.find()) {
                clauses.put(clause.group(1).strip(), clause.group(2));
            }
        }
        return clauses;
    }
}
