package io.jackfield.documentation;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds rows of the acceptance lists in a text: {@code S-12}, {@code }, {@code A-7..A-9}. */
final class RowReferences {

    private static final Pattern ROWS =
            Pattern.compile("\\b([SRA])-(\\d{1,3})\\b(?:\\s*(?:to|\\.\\.|–)\\s*(?:\\1-)?(\\d{1,3})\\b)?");

    /** A cell of row numbers in a table of semantics.md, which leave out the {@code S-}: {@code 12, 14 to 16}. */
    private static final Pattern CELL = Pattern.compile("(\\d{1,3})\\b(?:\\s*to\\s*(\\d{1,3})\\b)?");

    private static final Pattern FIRST_CELL_OF_NUMBERS = Pattern.compile("^\\| (\\d[^|]*)\\|", Pattern.MULTILINE);

    private RowReferences() {}

    /** The rows that a text names in full. */
    static Set<String> in(String text) {
        Set<String> rows = new TreeSet<>();
        Matcher matcher = ROWS.matcher(text);
        while (matcher.find()) {
            addRange(rows, matcher.group(1), matcher.group(2), matcher.group(3));
        }
        return rows;
    }

    /** The rows in the first cells of a page's tables; a number alone is an {@code S} row. */
    static Set<String> inFirstCells(String page) {
        Set<String> rows = new TreeSet<>();
        Matcher line = FIRST_CELL_OF_NUMBERS.matcher(page);
        while (line.find()) {
            Matcher cell = CELL.matcher(line.group(1));
            while (cell.find()) {
                addRange(rows, "S", cell.group(1), cell.group(2));
            }
        }
        page.lines().filter(text -> text.startsWith("| ")).forEach(text -> rows.addAll(in(text.split("\\|")[1])));
        return rows;
    }

    private static void addRange(Set<String> rows, String list, String first, String last) {
        int from = Integer.parseInt(first);
        int to = last == null ? from : Integer.parseInt(last);
        for (int row = from; row <= to; row++) {
            rows.add(list + "-" + row);
        }
    }
}
