package io.jackfield.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finishes a site whose pages lie as their sources do in the repository, so that links hold in both. */
public final class Site {

    private Site() {}

    /** Called with the repository, the folder of the site, and the version to show in the Javadoc. */
    public static void main(String[] arguments) throws IOException {
        Path repository = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        Path javadoc = output.resolve("javadoc");
        Javadoc.write(repository, javadoc, arguments[2]);
        JavadocLinks types = JavadocLinks.of(javadoc);

        List<Page> pages = new ArrayList<>();
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".html"))
                    .filter(path -> !path.startsWith(javadoc))
                    .filter(path -> !path.endsWith("index.html"))
                    .sorted()
                    .toList()) {
                pages.add(Page.read(output, file));
            }
        }
        SearchIndex search = new SearchIndex();
        for (Page page : pages) {
            page.finish(pages, types);
            search.add(page);
            page.write();
        }
        search.write(output.resolve("assets/search-index.js"));
        Files.copy(output.resolve("README.html"), output.resolve("index.html"), StandardCopyOption.REPLACE_EXISTING);
    }
}
