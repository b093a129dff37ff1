package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages say of files and of defaults is so. */
class PagesTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    @Test
    void linksLeadToFiles() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : Repository.pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(page.getFileName() + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    /** It is compiled and run with each container by the integration tests. */
    @Test
    void whatIsShownOfTomcatIsInTheProgramThatIsRun() throws IOException {
        String page = Files.readString(Repository.file("docs/http-server.md"));
        int begin = page.indexOf("```\n") + 4;
        List<String> shown =
                page.substring(begin, page.indexOf("```", begin)).lines().toList();
        List<String> program = Files.readString(Repository.file("itest/src/test/containers/TomcatMain.java"))
                .lines()
                .map(String::strip)
                .toList();
        assertEquals(3, shown.size());
        assertTrue(program.containsAll(shown), shown.toString());
    }

    @Test
    void everyPageIsOnTheSite() throws IOException {
        String pages = Files.readString(Repository.file("site/src/site/site.xml"));
        List<String> missing = new ArrayList<>();
        for (Path page : Repository.pages()) {
            String address = Repository.file("").relativize(page).toString().replace(".md", ".html");
            boolean isDecision = address.startsWith("docs/decisions/") && !address.endsWith("README.html");
            if (!isDecision && !pages.contains("href=\"" + address + "\"")) {
                missing.add(address);
            }
        }
        assertEquals(List.of(), missing, "one line each in site/src/site/site.xml");
    }

    @Test
    void everyDecisionIsListed() throws IOException {
        Path list = Repository.file("docs/decisions/README.md");
        String listed = Files.readString(list);
        for (Path page : Repository.pages()) {
            if (page.startsWith(list.getParent()) && !page.equals(list)) {
                String title = Files.readAllLines(page).get(0).replaceFirst("^# ", "");
                String line = "- [" + title + "](" + page.getFileName() + ")";
                assertTrue(listed.contains(line), "docs/decisions/README.md should have: " + line);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/security.md"})
    void limitsAreThoseOfTheOptions(String page) throws IOException {
        List<String> lines = Files.readAllLines(Repository.file(page));
        for (Option option : Option.values()) {
            String shown = shown(option);
            if (shown != null) {
                assertTrue(
                        lines.stream()
                                .anyMatch(line -> line.contains("`" + option.key() + "`") && line.contains(shown)),
                        page + " should give " + shown + " for " + option.key());
            }
        }
    }

    /** The default as the pages write it; null for options that are no limit, or off. */
    private static String shown(Option option) {
        return switch (option.type()) {
            case SIZE -> {
                long size = (Long) option.defaultValue();
                yield size == 0 ? null : String.format(Locale.ROOT, "%,d", size);
            }
            case SECONDS -> {
                long seconds = ((Duration) option.defaultValue()).toSeconds();
                yield seconds == 0 ? null : seconds + " s";
            }
            default -> null;
        };
    }
}
