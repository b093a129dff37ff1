package io.jackfield.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import org.junit.jupiter.api.Test;

/** What others can see is as small and as closed as it can be. */
class PublicTypesTest {

    @Test
    void apiTypesAreInterfacesRecordsEnumsExceptionsOrFinal() {
        classes()
                .that()
                .resideInAPackage("io.jackfield.api..")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .beInterfaces()
                .orShould()
                .beRecords()
                .orShould()
                .beEnums()
                .orShould()
                .beAssignableTo(Exception.class)
                .orShould()
                .haveModifier(FINAL)
                .check(JackfieldClasses.ALL);
    }
}
