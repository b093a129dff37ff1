package io.jackfield.server.osgi.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table().text("name").number("count").text("rest");

    @Test
    void columnsAreAligned() {
        table.row("a", 1, "x");
        table.row("longer", 1234567, "y");
        assertEquals("""
                name      count  rest
                a             1  x
                longer  1234567  y""", table.toString());
    }

    @Test
    void withoutRowsThereIsTheHead() {
        assertEquals("name  count  rest", table.toString());
    }

    @Test
    void nothingSteersTheTerminal() {
        table.row("\u001b[31mred\n", 1, "\u202eback");
        assertEquals("?[31mred?      1  ?back", table.toString().split("\n")[1]);
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThrows(IllegalArgumentException.class, () -> table.row("a", 1));
    }
}
