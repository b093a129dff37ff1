package io.jackfield.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Which room may use which part of the platform. Each exception is named at its rule, with its reason. */
class PlatformUseTest {

    /** The annotations that bnd reads; they are gone at run time and bind nobody to a framework. */
    private static final String[] OSGI_ANNOTATIONS = {
        "org.osgi.annotation..", "org.osgi.service.component.annotations.."
    };

    @Test
    void codecKnowsNoSocketAndNoClock() {
        noClasses()
                .that()
                .resideInAPackage("io.jackfield.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..", "java.net..", "javax.net..", "java.time..")
                .check(JackfieldClasses.ALL);
        noClasses()
                .that()
                .resideInAPackage("io.jackfield.codec..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(JackfieldClasses.ALL);
    }

    @Test
    void codecKnowsNoThreadAndNoLock() {
        // An Executor is how the owner of a driver tells where results of a DeferredSession are to arrive, and a
        // CompletionStage is how that session promises them: both are handed through, none is made or waited for.
        DescribedPredicate<JavaClass> handedThrough =
                named(Executor.class, CompletionStage.class, CompletionException.class);
        noClasses()
                .that()
                .resideInAPackage("io.jackfield.codec..")
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent..")
                        .and(DescribedPredicate.not(resideInAPackage("java.util.concurrent.atomic")))
                        .and(DescribedPredicate.not(handedThrough))
                        .or(named(Thread.class, ThreadLocal.class)))
                .check(JackfieldClasses.ALL);
        // A DeferredCall is where a session's thread meets the owner's: one compareAndSet decides who came first.
        noClasses()
                .that(resideInAPackage("io.jackfield.codec..")
                        .and(DescribedPredicate.not(named("io.jackfield.codec.DeferredCall"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.atomic")
                .check(JackfieldClasses.ALL);
        noCodeUnits()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.jackfield.codec..")
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(JackfieldClasses.ALL);
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.jackfield.codec..")
                .should()
                .haveModifier(JavaModifier.VOLATILE)
                .check(JackfieldClasses.ALL);
    }

    @Test
    void codecKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAPackage("io.jackfield.codec..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.osgi..")
                        .and(DescribedPredicate.not(resideInAnyPackage(OSGI_ANNOTATIONS))))
                .check(JackfieldClasses.ALL);
    }

    @Test
    void channelsAreUsedOnlyWhereTheTransportLives() {
        classes()
                .that(DescribedPredicate.not(
                        resideInAnyPackage("io.jackfield.server.loop..", "io.jackfield.server.transport..")
                                // The doors: it listens, and takes over a channel that another server has accepted.
                                .or(named("io.jackfield.server.WebSocketServer"))
                                // Puts a transport around a channel, once.
                                .or(named("io.jackfield.server.connection.Connector"))
                                // It is what a loop's selector selects: it says which operations it waits for.
                                .or(named("io.jackfield.server.connection.Connection"))))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("java.nio.channels..")))
                .check(JackfieldClasses.ALL);
    }

    @Test
    void frameworkTypesStayInTheOsgiPackage() {
        classes()
                .that(DescribedPredicate.not(resideInAnyPackage("io.jackfield.server.osgi..")))
                .should()
                .onlyDependOnClassesThat(
                        DescribedPredicate.not(resideInAPackage("org.osgi..")).or(resideInAnyPackage(OSGI_ANNOTATIONS)))
                .check(JackfieldClasses.ALL);
    }

    @Test
    void zlibIsUsedOnlyInPermessageDeflate() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jackfield.ext.deflate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.zip..")
                .check(JackfieldClasses.ALL);
    }

    @Test
    void whatARuntimeMayLackIsUsedOnlyWhereThatIsFoundOut() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jackfield.server.management..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.management..", "javax.management..")
                .check(JackfieldClasses.ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jackfield.server.recording..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr..")
                .check(JackfieldClasses.ALL);
    }

    @Test
    void timesAreMeasuredWithAClockThatDoesNotJump() {
        // What the wall clock says may jump, by hours: a timeout must not notice. System.nanoTime() does not jump.
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat(named(Clock.class, Date.class, LocalDateTime.class))
                .check(JackfieldClasses.ALL);
    }

    @Test
    void nothingReflects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .check(JackfieldClasses.ALL);
    }

    @Test
    void staticStateDoesNotChange() {
        fields().that().areStatic().should().beFinal().check(JackfieldClasses.ALL);
    }

    private static DescribedPredicate<JavaClass> named(Class<?>... types) {
        return named(Arrays.stream(types).map(Class::getName).toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return DescribedPredicate.describe(
                String.join(", ", names), type -> Set.of(names).contains(type.getName()));
    }
}
