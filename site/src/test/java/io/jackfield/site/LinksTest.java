package io.jackfield.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every link of the site leads somewhere, in the pages and in the Javadoc, and nothing is loaded from elsewhere. */
class LinksTest {

    private static final Path SITE = Path.of("target", "site").toAbsolutePath();
    private static final Map<Path, Document> PAGES = new TreeMap<>();

    @BeforeAll
    static void readPages() throws IOException {
        try (Stream<Path> files = Files.walk(SITE)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".html")).toList()) {
                PAGES.put(file, Jsoup.parse(file, StandardCharsets.UTF_8.name()));
            }
        }
        assertTrue(PAGES.containsKey(SITE.resolve("index.html")));
    }

    @Test
    void everyLinkLeadsToAFileAndASection() {
        Set<String> broken = new TreeSet<>();
        // Of the JDK's own making: this page names its sections otherwise than its contents do.
        Path constants = SITE.resolve("javadoc/constant-values.html");
        PAGES.forEach((page, document) -> {
            for (Element link : document.select("a[href], area[href]")) {
                String problem = problem(page, link.attr("href"));
                boolean isJavadocs = page.equals(constants) && link.attr("href").startsWith("#");
                if (problem != null && !isJavadocs) {
                    broken.add(SITE.relativize(page) + ": " + problem);
                }
            }
        });
        assertEquals(Set.of(), broken);
    }

    @Test
    void whatAPageLoadsLiesBesideIt() {
        Set<String> missing = new TreeSet<>();
        PAGES.forEach((page, document) -> {
            for (Element part : document.select("[src], link[href]")) {
                String address = part.hasAttr("src") ? part.attr("src") : part.attr("href");
                if (isElsewhere(address) || problem(page, address) != null) {
                    missing.add(SITE.relativize(page) + ": " + address);
                }
            }
        });
        assertEquals(Set.of(), missing);
    }

    /** From the first page by links alone, so that no page is forgotten in the list. */
    @Test
    void everyPageIsFound() {
        Set<Path> found = new HashSet<>();
        follow(SITE.resolve("index.html"), found);
        Set<Path> lost = new TreeSet<>(PAGES.keySet());
        lost.removeAll(found);
        lost.removeIf(page -> page.startsWith(SITE.resolve("javadoc")));
        assertEquals(Set.of(), lost);
    }

    private static void follow(Path page, Set<Path> found) {
        if (!PAGES.containsKey(page) || !found.add(page)) {
            return;
        }
        for (Element link : PAGES.get(page).select("a[href]")) {
            if (!isElsewhere(link.attr("href"))) {
                follow(file(page, link.attr("href")), found);
            }
        }
    }

    private static boolean isElsewhere(String address) {
        return address.matches("(?i)([a-z]+:|//).*");
    }

    private static Path file(Path page, String address) {
        String path = URLDecoder.decode(address.replaceFirst("[#?].*", ""), StandardCharsets.UTF_8);
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    /** Null if there is none. */
    private static String problem(Path page, String address) {
        if (isElsewhere(address)) {
            return address.startsWith("http") ? null : address;
        }
        Path file = file(page, address);
        if (!Files.isRegularFile(file)) {
            return address;
        }
        int fragment = address.indexOf('#');
        if (fragment < 0 || fragment == address.length() - 1 || !PAGES.containsKey(file)) {
            return null;
        }
        String id = URLDecoder.decode(address.substring(fragment + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        Document there = PAGES.get(file);
        return there.getElementById(id) != null
                        || !there.getElementsByAttributeValue("name", id).isEmpty()
                ? null
                : address;
    }
}
