package io.jackfield.fuzz;

import java.util.Objects;

/** What has to hold; where it does not, the input is a find. */
final class Oracle {

    /** Not an {@code AssertionError} of a test framework, which the targets run without. */
    static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    private Oracle() {}

    static void equal(Object expected, Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new Broken(what + "\n expected: " + expected + "\n but got:  " + actual);
        }
    }

    static void holds(boolean condition, String what) {
        if (!condition) {
            throw new Broken(what);
        }
    }
}
