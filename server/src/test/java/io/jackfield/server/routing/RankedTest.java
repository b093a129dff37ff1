package io.jackfield.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankedTest {

    @Test
    void theHighestComesFirstAndAmongEqualsTheFirst() {
        Ranked<String> ranked = new Ranked<>();
        ranked.add("zero", 0);
        ranked.add("lowest", Integer.MIN_VALUE);
        ranked.add("highest", Integer.MAX_VALUE);
        ranked.add("another zero", 0);
        ranked.add("one", 1);
        assertEquals(List.of("highest", "one", "zero", "another zero", "lowest"), ranked.elements());
    }

    @Test
    void elementsAreComparedByIdentity() {
        Ranked<List<String>> ranked = new Ranked<>();
        List<String> first = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        ranked.add(first, 0);
        ranked.add(equal, 0);
        assertTrue(ranked.remove(equal));
        assertFalse(ranked.remove(equal));
        assertEquals(1, ranked.elements().size());
        assertSame(first, ranked.elements().get(0));
    }

    @Test
    void aListThatWasReadDoesNotChange() {
        Ranked<String> ranked = new Ranked<>();
        ranked.add("a", 0);
        List<String> before = ranked.elements();
        ranked.add("b", 1);
        assertEquals(List.of("a"), before);
        assertThrows(
                UnsupportedOperationException.class, () -> ranked.elements().add("c"));
    }
}
