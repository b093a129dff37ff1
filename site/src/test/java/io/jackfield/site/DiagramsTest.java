package io.jackfield.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser without a network draws the diagrams and colours the code of a page that it opens from a file. */
class DiagramsTest {

    private static final Path SITE = Path.of("target", "site").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "docs/design.html", "docs/sans-io.html"})
    void everyDiagramIsDrawn(String page) throws Exception {
        int diagrams = Jsoup.parse(SITE.resolve(page)).select("pre.mermaid").size();
        assertTrue(diagrams > 0);

        Document shown = Jsoup.parse(show(page));
        assertEquals(diagrams, shown.select("pre.mermaid > svg").size());
        assertTrue(shown.select("pre.mermaid .error-icon").isEmpty());
        assertEquals(
                shown.select("pre > code.language-java").size(),
                shown.select("pre > code.language-java.hljs").size());
    }

    /** The page as the browser's scripts have left it. */
    private String show(String page) throws Exception {
        Path output = folder.resolve("page.html");
        Process process = new ProcessBuilder(
                        chromium().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=10000",
                        "--dump-dom",
                        SITE.resolve(page).toUri().toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "Chromium takes too long");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    /** Without one the test is skipped, and says so. */
    private static Path chromium() {
        Optional<Path> found = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "Chromium is not on the PATH");
        return found.orElseThrow();
    }
}
