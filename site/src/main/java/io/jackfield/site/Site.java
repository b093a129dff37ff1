package io.jackfield.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finishes a site whose pages lie as their sources do in the repository, so that links hold in both. */
public final class Site {

    private final Path raw;
    private final Path output;

    private Site(Path raw, Path output) {
        this.raw = raw;
        this.output = output;
    }

    /** Called with the repository, the folder of the unfinished site, that of the finished one, and the version to show. */
    public static void main(String[] arguments) throws IOException {
        Path javadoc = Path.of(arguments[2], "javadoc");
        Site site = new Site(Path.of(arguments[1]), Path.of(arguments[2]));
        site.copy();
        Javadoc.write(Path.of(arguments[0]), javadoc, arguments[3]);
        site.finish(JavadocLinks.of(javadoc));
    }

    /** From the beginning, so that no page stays whose source has gone. */
    private void copy() throws IOException {
        if (Files.exists(output)) {
            for (Path old : walk(output, Comparator.reverseOrder())) {
                Files.delete(old);
            }
        }
        for (Path file : walk(raw, Comparator.naturalOrder())) {
            Files.copy(file, output.resolve(raw.relativize(file)));
        }
    }

    private void finish(JavadocLinks types) throws IOException {
        List<Page> pages = new ArrayList<>();
        for (Path file : walk(raw, Comparator.naturalOrder())) {
            if (file.toString().endsWith(".html")) {
                pages.add(Page.read(output, output.resolve(raw.relativize(file))));
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

    private static List<Path> walk(Path folder, Comparator<Path> order) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(order).toList();
        }
    }
}
