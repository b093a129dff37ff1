package io.jackfield.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.Arrays;

/** All classes of the four libraries, without their tests. */
final class JackfieldClasses {

    static final JavaClasses ALL = new ClassFileImporter()
            .importLocations(Arrays.stream(Library.values())
                    .map(library -> Location.of(library.location()))
                    .toList());

    private JackfieldClasses() {}
}
