package io.jackfield.api.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FieldGrammarTest {

    @Test
    @DisplayName("RFC 9110 5.6.2: a token is one or more of its characters")
    void tokens() {
        assertTrue(FieldGrammar.isToken("permessage-deflate"));
        assertTrue(FieldGrammar.isToken("!#$%&'*+-.^_`|~09AZaz"));
        assertFalse(FieldGrammar.isToken(""));
        assertFalse(FieldGrammar.isToken("a "));
        assertEquals(1, FieldGrammar.indexOfNonToken("a=b"));
        assertEquals(0, FieldGrammar.indexOfNonToken("\uffff"));
        assertEquals(-1, FieldGrammar.indexOfNonToken(""));
    }

    @Test
    @DisplayName("RFC 9110 5.6.3: OWS is blank and tab, nothing else")
    void trimBlanks() {
        assertEquals("a \t b", FieldGrammar.trimBlanks("\t a \t b \t"));
        assertEquals("", FieldGrammar.trimBlanks(" \t "));
        assertEquals("\na\r", FieldGrammar.trimBlanks(" \na\r "));
        String trimmed = "as it is";
        assertSame(trimmed, FieldGrammar.trimBlanks(trimmed));
    }

    @Test
    @DisplayName("S-43, R-7: field content has no controls and nothing beyond one octet")
    void fieldContent() {
        assertTrue(FieldGrammar.isFieldContent(""));
        assertTrue(FieldGrammar.isFieldContent("a\tb \u0080\u00ff~"));
        for (String text : new String[] {"\r", "\n", "\u0000", "\u001f", "\u007f", "\u0100", "\ud83d\ude00"}) {
            assertFalse(FieldGrammar.isFieldContent("a" + text));
        }
    }

    @Test
    @DisplayName("S-43, R-7: octets are judged as the same text is, whichever they are, wherever they stand")
    void octetsAreJudgedAsTextIs() {
        for (int octet = 0; octet < 0x100; octet++) {
            for (int length = 1; length < 26; length++) {
                for (int at = 0; at < length; at++) {
                    String text = "a".repeat(at) + (char) octet + "\u00ff".repeat(length - at - 1);
                    byte[] octets = (" " + text + " ").getBytes(StandardCharsets.ISO_8859_1);
                    assertEquals(
                            outcome(() -> FieldGrammar.fieldValue("A", text)),
                            outcome(() -> FieldGrammar.fieldValue("A", octets, 0, octets.length)),
                            text);
                }
            }
        }
    }

    private static String outcome(Supplier<String> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            return e.toString();
        }
    }
}
