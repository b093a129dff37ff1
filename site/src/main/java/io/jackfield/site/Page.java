package io.jackfield.site;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** One page. Its address is its path in the repository, with another ending. */
final class Page {

    private final Path site;
    private final Path file;
    private final Document document;

    private Page(Path site, Path file, Document document) {
        this.site = site;
        this.file = file;
        this.document = document;
        document.outputSettings().prettyPrint(false);
    }

    static Page read(Path site, Path file) throws IOException {
        return new Page(site, file, Jsoup.parse(file, StandardCharsets.UTF_8.name()));
    }

    void write() throws IOException {
        Files.writeString(file, document.outerHtml());
    }

    String address() {
        return site.relativize(file).toString().replace('\\', '/');
    }

    String title() {
        return document.expectFirst("main h1").text();
    }

    Element article() {
        return document.expectFirst("main article");
    }

    void finish(List<Page> pages, JavadocLinks types) {
        Element main = document.expectFirst("main");
        Element article = new Element("article");
        main.childNodesCopy().forEach(article::appendChild);
        main.empty().appendChild(article);
        markInList();
        nameSections(article);
        listSections(main, article);
        showDiagrams(article);
        wrapTables(article);
        completeLinks(article, pages);
        types.addTo(article, file, isForeign());
    }

    private void markInList() {
        for (Element link : document.select("#pages a[href]")) {
            if (file.resolveSibling(link.attr("href")).normalize().equals(file)) {
                link.attr("aria-current", "page");
            }
        }
    }

    /** The page compares with another library, whose names stand in the first column of its tables. */
    private boolean isForeign() {
        return file.getFileName().toString().startsWith("from-");
    }

    /** Sections get the names that a forge gives them, so that links to them hold there and here. */
    private static void nameSections(Element article) {
        // Doxia's own names, by which nobody links.
        article.select("section > a[id]:empty").remove();
        Map<String, Integer> taken = new HashMap<>();
        for (Element heading : article.select("h1, h2, h3, h4")) {
            String name = heading.text()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = taken.merge(name, 1, Integer::sum) - 1;
            heading.attr("id", before == 0 ? name : name + "-" + before);
            if (!heading.nameIs("h1")) {
                heading.appendElement("a")
                        .addClass("anchor")
                        .attr("href", "#" + heading.id())
                        .attr("aria-hidden", "true")
                        .attr("tabindex", "-1")
                        .text("#");
            }
        }
    }

    private static void listSections(Element main, Element article) {
        Element aside = main.appendElement("aside").addClass("sections");
        Element list = new Element("ul");
        for (Element heading : article.select("h2")) {
            list.appendElement("li")
                    .appendElement("a")
                    .attr("href", "#" + heading.id())
                    .text(withoutAnchor(heading));
        }
        if (list.childrenSize() > 1) {
            aside.appendElement("p").text("On this page");
            aside.appendChild(list);
        }
    }

    static String withoutAnchor(Element heading) {
        Element copy = heading.clone();
        copy.select("a.anchor").remove();
        return copy.text();
    }

    private static void showDiagrams(Element article) {
        for (Element code : article.select("pre > code.language-mermaid")) {
            Element block = code.parent();
            block.attr("class", "mermaid").text(code.wholeText());
        }
    }

    private static void wrapTables(Element article) {
        for (Element table : article.select("table")) {
            table.clearAttributes();
            table.wrap("<div class=\"table\"></div>");
            for (Element row : table.select("tr")) {
                row.clearAttributes();
            }
        }
    }

    /** A link to a folder goes to its page, or to the next one above; a link that shows a file's name shows a title. */
    private void completeLinks(Element article, List<Page> pages) {
        for (Element link : article.select("a[href]")) {
            URI target = URI.create(link.attr("href"));
            if (target.isAbsolute()
                    || target.getPath() == null
                    || target.getPath().isEmpty()) {
                continue;
            }
            Path there = file.resolveSibling(target.getPath()).normalize();
            if (!Files.isRegularFile(there)) {
                there = pageOf(there);
                String path = file.getParent().relativize(there).toString().replace('\\', '/');
                link.attr("href", target.getFragment() == null ? path : path + "#" + target.getFragment());
            }
            if (link.text().endsWith(".md")) {
                for (Page page : pages) {
                    if (page.file.equals(there)) {
                        link.text(page.title());
                    }
                }
            }
        }
    }

    private Path pageOf(Path folder) {
        for (Path above = folder; above.startsWith(site); above = above.getParent()) {
            Path page = above.resolve("README.html");
            if (Files.exists(page)) {
                return page;
            }
        }
        throw new IllegalStateException(address() + " leads to " + folder);
    }
}
