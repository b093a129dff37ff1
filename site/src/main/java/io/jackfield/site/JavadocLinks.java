package io.jackfield.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Leads from a type or a member that a page names in code to its Javadoc. */
final class JavadocLinks {

    private static final Pattern NAME =
            Pattern.compile("([A-Z]\\w*[a-z]\\w*(?:\\.[A-Z]\\w*[a-z]\\w*)*)(?:\\.([A-Z_]+|[a-z]\\w*))?(?:\\(.*\\))?");

    private final Map<String, Path> types = new HashMap<>();
    private final Map<Path, List<String>> members = new HashMap<>();

    private JavadocLinks() {}

    static JavadocLinks of(Path javadoc) throws IOException {
        JavadocLinks links = new JavadocLinks();
        Set<String> ambiguous = new HashSet<>();
        try (Stream<Path> files = Files.walk(javadoc)) {
            for (Path file : files.filter(JavadocLinks::isType).toList()) {
                String name = file.getFileName().toString().replace(".html", "");
                if (links.types.put(name, file) != null) {
                    ambiguous.add(name);
                }
                links.members.put(
                        file,
                        Jsoup.parse(file, StandardCharsets.UTF_8.name())
                                .select("section.detail[id]")
                                .eachAttr("id"));
            }
        }
        links.types.keySet().removeAll(ambiguous);
        return links;
    }

    private static boolean isType(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".html")
                && Character.isUpperCase(name.charAt(0))
                && file.toString().contains("io.jackfield")
                && !file.toString().contains("class-use");
    }

    /**
     * Adds the links to a page.
     *
     * @param foreign whether the first column of tables has the names of another library
     */
    void addTo(Element article, Path page, boolean foreign) {
        for (Element code : article.select("code")) {
            if (code.closest("a, pre, h1, h2, h3, h4") != null || foreign && code.closest("td:first-child") != null) {
                continue;
            }
            Matcher name = NAME.matcher(code.text());
            if (name.matches() && types.containsKey(name.group(1))) {
                Path type = types.get(name.group(1));
                String address =
                        page.getParent().relativize(type).toString().replace('\\', '/') + anchor(type, name.group(2));
                code.wrap("<a class=\"type\"></a>");
                code.parent().attr("href", address);
            }
        }
    }

    private String anchor(Path type, String member) {
        return members.get(type).stream()
                .filter(id -> id.equals(member) || id.startsWith(member + "("))
                .findFirst()
                .map(id -> "#" + id)
                .orElse("");
    }
}
