package io.jackfield.itest;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs from the machine and a user's machine may lack. Where it is missing, the test says so in one line and
 * is skipped; with {@code -Djackfield.requireAll=true}, as in CI, it fails.
 */
enum Requirement {
    NODE("Node.js", "node"),
    NPM("npm", "npm"),
    CHROMIUM("Chromium", "chromium", "chromium-browser", "google-chrome"),
    NGINX("nginx", "nginx"),
    HAPROXY("HAProxy", "haproxy"),
    OPENSSL("OpenSSL", "openssl"),
    SSLSCAN("sslscan", "sslscan"),
    TESTSSL("testssl.sh", "testssl", "testssl.sh");

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
        // Servers are programs of the system administrator, whose folder a user's PATH may not have.
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
