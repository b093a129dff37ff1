package io.jackfield.itest;

import io.jackfield.itest.brokenbundle.FailingExtension;
import io.jackfield.itest.brokenbundle.LackingExtension;
import io.jackfield.itest.brokenbundle.MissingBase;
import io.jackfield.itest.brokenbundle.NotAnExtension;
import io.jackfield.itest.brokenbundle.WorkingExtension;
import java.util.List;

/** What is wrong with the extensions of the package brokenbundle, as ServiceLoader tells it. */
final class BrokenProviders {

    /** The classes that are delivered: what {@link LackingExtension} extends is not among them. */
    static final Class<?>[] CLASSES = {
        FailingExtension.class, LackingExtension.class, NotAnExtension.class, WorkingExtension.class
    };

    private static final String PACKAGE = "io.jackfield.itest.brokenbundle.";
    private static final String SPI = "io.jackfield.api.extension.Extension: ";

    /** As they are named in {@code META-INF/services}. */
    static final List<String> NAMES = List.of(
            PACKAGE + "NoSuchExtension",
            FailingExtension.class.getName(),
            LackingExtension.class.getName(),
            NotAnExtension.class.getName(),
            WorkingExtension.class.getName());

    private static final String FAILING = SPI + "Provider " + PACKAGE + "FailingExtension could not be instantiated"
            + " (java.lang.IllegalStateException: no licence, no extension)";

    /** In a module. */
    static final List<String> PROBLEMS_OF_MODULE = List.of(
            FAILING,
            SPI + "Unable to load " + PACKAGE + "LackingExtension (java.lang.NoClassDefFoundError: "
                    + MissingBase.class.getName().replace('.', '/') + ")");

    /** Named by {@link #NAMES}, on the class path. */
    static final List<String> PROBLEMS_OF_NAMES = List.of(
            FAILING,
            SPI + "Provider " + PACKAGE + "NoSuchExtension not found",
            SPI + PACKAGE + "NotAnExtension not a subtype",
            "java.lang.NoClassDefFoundError: " + MissingBase.class.getName().replace('.', '/'));

    private BrokenProviders() {}

    /** The lines of a log that begin like this, sorted. */
    static List<String> lines(String beginning, List<String> problems) {
        return problems.stream().map(problem -> beginning + problem).sorted().toList();
    }
}
