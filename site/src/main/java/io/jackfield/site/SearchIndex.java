package io.jackfield.site;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeVisitor;

/** What the search looks through: each section of each page. A script and not data, which a page from a file may not read. */
final class SearchIndex {

    private final List<Section> sections = new ArrayList<>();

    /** Its fields are read by site.js. */
    private record Section(int id, String address, String page, String section, String text) {}

    void add(Page page) {
        List<Element> headings = page.article().select("h1, h2, h3");
        for (Element heading : headings) {
            String name = Page.withoutAnchor(heading);
            sections.add(new Section(
                    sections.size(), page.address() + "#" + heading.id(), page.title(), name, text(page, heading)));
        }
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "const searchIndex = " + new Gson().toJson(sections) + ";\n");
    }

    /** All text from one heading to the next. */
    private static String text(Page page, Element heading) {
        StringBuilder text = new StringBuilder();
        page.article().traverse(new NodeVisitor() {
            private boolean inside;

            @Override
            public void head(Node node, int depth) {
                if (node instanceof Element element && element.is("h1, h2, h3")) {
                    inside = element.equals(heading);
                } else if (inside && node instanceof Element element && element.is("p, li, td, th, pre")) {
                    text.append(element.ownText()).append(' ');
                } else if (inside && node instanceof Element element && element.is("code, strong, em, a")) {
                    text.append(element.ownText()).append(' ');
                }
            }
        });
        return text.toString();
    }
}
