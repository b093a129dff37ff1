package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every row of the acceptance lists is named by a test, or has its reason in docs/semantics.md (what the original does) or
 * docs/security.md (what RFCs demand, and what attackers tried).
 */
class AcceptanceListTest {

    private static final Path SEMANTICS = Repository.file("docs/semantics.md");
    private static final Path SECURITY = Repository.file("docs/security.md");

    /** This package quotes rows as examples. */
    private static final Path OWN_FOLDER = Path.of("io", "jackfield", "documentation");

    private static List<String> rows;
    private static Set<String> tested;

    @BeforeAll
    static void readRowsAndTests() throws IOException {
        try (InputStream in = AcceptanceListTest.class.getResourceAsStream("acceptance-rows.txt")) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        tested = new HashSet<>();
        for (Path test : Repository.tests()) {
            if (!test.getParent().endsWith(OWN_FOLDER)) {
                tested.addAll(RowReferences.in(Files.readString(test)));
            }
        }
    }

    @Test
    void theListsAreComplete() {
        assertEquals(226 + 95 + 68, rows.size());
    }

    @Test
    void everyRowOfTheOriginalIsTestedOrExplained() throws IOException {
        assertEquals(List.of(), missing("S-", RowReferences.inFirstCells(Files.readString(SEMANTICS))));
    }

    @Test
    void everyRequirementIsTestedOrExplained() throws IOException {
        assertEquals(List.of(), missing("R-", reasonsInSecurity()));
    }

    @Test
    void everyAdvisoryIsTestedOrExplained() throws IOException {
        assertEquals(List.of(), missing("A-", reasonsInSecurity()));
    }

    @Test
    void testsNameNoRowThatIsNotThere() {
        Set<String> unknown = new HashSet<>(tested);
        unknown.removeAll(rows);
        unknown.removeIf(row -> row.startsWith("S-"));
        assertEquals(Set.of(), unknown);
    }

    /** A choice is no reason: only the last table counts. */
    private static Set<String> reasonsInSecurity() throws IOException {
        String page = Files.readString(SECURITY);
        int table = page.indexOf("## Rows without a test");
        assertTrue(table >= 0);
        return RowReferences.inFirstCells(page.substring(table));
    }

    private static List<String> missing(String list, Set<String> explained) {
        return rows.stream()
                .filter(row -> row.startsWith(list))
                .filter(row -> !tested.contains(row) && !explained.contains(row))
                .toList();
    }
}
