package io.jackfield.server.osgi.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text in columns, each as wide as its widest cell. */
final class Table {

    private static final String GAP = "  ";

    private enum Align {
        LEFT,
        RIGHT
    }

    private final List<String> names = new ArrayList<>();
    private final List<Align> aligns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. */
    Table text(String name) {
        return column(name, Align.LEFT);
    }

    /** Adds a column of numbers, which end below one another. */
    Table number(String name) {
        return column(name, Align.RIGHT);
    }

    private Table column(String name, Align align) {
        names.add(name);
        aligns.add(align);
        return this;
    }

    /** Adds a row with a cell for each column. */
    void row(Object... cells) {
        if (cells.length != names.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + names.size() + " columns");
        }
        rows.add(List.of(cells).stream().map(Table::printable).toList());
    }

    /** Peers choose some of what is shown: nothing of it may steer the terminal. */
    private static String printable(Object cell) {
        return cell.toString()
                .codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The lines, without a line break behind the last. */
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(names);
        lines.addAll(rows);
        int[] widths = new int[names.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String fill = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : GAP)
                    .append(aligns.get(i) == Align.RIGHT ? fill + cells.get(i) : cells.get(i) + fill);
        }
        return line.toString().stripTrailing();
    }
}
