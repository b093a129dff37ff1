package io.jackfield.itest;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs from the machine and a user's machine may lack. Where it is missing, the test says so in one line and
 * is skipped; with {@code -Djackfield.requireAll=true}, as in CI, it fails.
 */
enum Requirement {
    NODE("Node.js", "node"),
    NPM("npm", "npm"),
    CHROMIUM("Chromium", "chromium", "chromium-browser", "google-chrome");

    private final String title;
    private final String[] programs;

    Requirement(String title, String... programs) {
        this.title = title;
        this.programs = programs;
    }

    /** The program, found on the PATH; the calling test ends here if there is none. */
    Path demand() {
        Optional<Path> program =
                Arrays.stream(programs).flatMap(name -> onPath(name).stream()).findFirst();
        if (program.isEmpty()) {
            unmet(title + " is not on the PATH");
        }
        return program.orElseThrow();
    }

    /** Ends the calling test because of something that is missing. */
    static void unmet(String what) {
        if (Boolean.getBoolean("jackfield.requireAll")) {
            Assertions.fail(what + ", and jackfield.requireAll is set");
        }
        System.out.println("Skipped: " + what);
        Assumptions.abort(what);
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
