package io.jackfield.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies between modules and packages point one way (docs/design.md, "Rooms"). */
class LayeringTest {

    /** What each module may use of Jackfield: itself and, behind it, others. */
    static Stream<Arguments> allowedModules() {
        return Stream.of(
                arguments(Library.API, new String[] {"io.jackfield.api.."}),
                arguments(Library.CODEC, new String[] {"io.jackfield.codec..", "io.jackfield.api.."}),
                arguments(Library.EXT_DEFLATE, new String[] {"io.jackfield.ext.deflate..", "io.jackfield.api.."}),
                arguments(
                        Library.SERVER,
                        new String[] {"io.jackfield.server..", "io.jackfield.codec..", "io.jackfield.api.."}));
    }

    @ParameterizedTest
    @MethodSource("allowedModules")
    void modulesDependOneWay(Library module, String[] allowed) {
        classes()
                .that()
                .resideInAPackage(module.moduleName + "..")
                .should()
                .onlyDependOnClassesThat(ofJackfield()
                        .and(JavaClass.Predicates.resideInAnyPackage(allowed))
                        .or(DescribedPredicate.not(ofJackfield())))
                .check(JackfieldClasses.ALL);
    }

    @Test
    void nothingButTheJdkAndOsgiIsUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.jackfield..", "java..", "javax.net..", "javax.management..", "jdk.jfr..", "org.osgi..")
                .check(JackfieldClasses.ALL);
    }

    @Test
    void extensionsAreBuiltOnTheExportedApiOnly() {
        classes()
                .that()
                .resideInAPackage("io.jackfield.ext..")
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.jackfield.api.internal..")))
                .check(JackfieldClasses.ALL);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.jackfield.(**)").should().beFreeOfCycles().check(JackfieldClasses.ALL);
    }

    private static DescribedPredicate<JavaClass> ofJackfield() {
        return JavaClass.Predicates.resideInAPackage("io.jackfield..");
    }
}
