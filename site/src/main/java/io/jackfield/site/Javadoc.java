package io.jackfield.site;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** Runs the JDK's javadoc over the libraries together, so that they link to each other. A warning is a failure. */
final class Javadoc {

    /** Module to the folder of the module. */
    private static final Map<String, String> MODULES = Map.of(
            "io.jackfield.api", "api",
            "io.jackfield.codec", "codec",
            "io.jackfield.ext.deflate", "ext-deflate",
            "io.jackfield.server", "server");

    private Javadoc() {}

    static void write(Path repository, Path output, String version) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-d",
                output.toString(),
                "-quiet",
                "-notimestamp",
                "-Xdoclint:all,-missing",
                "-Werror",
                "-encoding",
                "UTF-8",
                "-docencoding",
                "UTF-8",
                "-windowtitle",
                "Jackfield " + version,
                "-doctitle",
                "Jackfield " + version,
                "-header",
                "<a href=\"{@docRoot}/../index.html\">Jackfield</a>",
                "-overview",
                repository.resolve("site/src/site/overview.html").toString(),
                "-tag",
                "apiNote:a:API note:",
                "-tag",
                "implSpec:a:Implementation requirements:",
                "-tag",
                "implNote:a:Implementation note:",
                "--module-path",
                osgi(),
                "--module",
                String.join(",", MODULES.keySet())));
        MODULES.forEach((module, folder) -> {
            arguments.add("--module-source-path");
            arguments.add(module + "=" + repository.resolve(folder).resolve("src/main/java"));
        });
        Files.createDirectories(output);
        int failed = ToolProvider.findFirst("javadoc")
                .orElseThrow(() -> new IllegalStateException("A JDK is needed"))
                .run(System.out, System.err, arguments.toArray(String[]::new));
        if (failed != 0) {
            throw new IllegalStateException("javadoc failed");
        }
    }

    /** What the sources need beside the JDK. */
    private static String osgi() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("osgi"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
