package io.jackfield.api.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FieldNamesTest {

    private static String name(String text) {
        byte[] octets = ("\n" + text + ":").getBytes(StandardCharsets.ISO_8859_1);
        return FieldNames.name(octets, 1, 1 + text.length());
    }

    @Test
    void frequentNamesShareNoSlot() {
        for (String frequent : FieldNames.FREQUENT) {
            assertSame(frequent, name(frequent));
        }
    }

    @Test
    void otherNamesComeOutAsTheyAre() {
        assertEquals("X-Own", name("X-Own"));
        for (String frequent : FieldNames.FREQUENT) {
            String lowerCase = frequent.toLowerCase(Locale.ROOT);
            assertEquals(lowerCase, name(lowerCase));
        }
    }

    @Test
    void whatIsNoTokenIsNoName() {
        assertThrows(IllegalArgumentException.class, () -> name(""));
        assertThrows(IllegalArgumentException.class, () -> name("Ho st"));
        assertThrows(IllegalArgumentException.class, () -> name("Host\u00e9"));
    }
}
