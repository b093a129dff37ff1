package io.jackfield.api.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionParameterTest {

    @Test
    @DisplayName("S-176: without a value it is a flag; an empty value is a value; case is kept")
    void aFlagHasNoValue() {
        assertTrue(ExtensionParameter.flag("B").isFlag());
        assertFalse(new ExtensionParameter("B", "").isFlag());
        assertNotEquals(ExtensionParameter.flag("b"), ExtensionParameter.flag("B"));
        assertEquals("Value", new ExtensionParameter("b", "Value").value());
    }

    @Test
    @DisplayName("S-177: numbers stay text as they were written")
    void numbersStayText() {
        assertEquals("1.0", new ExtensionParameter("b", "1.0").value());
        assertEquals("01", new ExtensionParameter("b", "01").value());
    }

    @Test
    @DisplayName("S-180, A-49: names of a prototype are ordinary names")
    void namesOfAPrototypeAreOrdinary() {
        assertEquals("__proto__", ExtensionParameter.flag("__proto__").name());
        assertEquals("constructor", ExtensionParameter.flag("constructor").name());
    }

    @ParameterizedTest
    @DisplayName("R-27: what cannot stand in a header field as a name is refused")
    @ValueSource(strings = {"", " ", "a b", "a=b", "a;b", "a,b", "a\"", "a\r\nSet-Cookie", "\u00fc"})
    void namesAreTokens(String name) {
        assertThrows(IllegalArgumentException.class, () -> ExtensionParameter.flag(name));
        assertThrows(IllegalArgumentException.class, () -> new ExtensionParameter(name, "x"));
    }

    @ParameterizedTest
    @DisplayName("R-27: a value may hold what a quoted string may hold")
    @ValueSource(strings = {"", "a", "a b", "a\"b", "a\\b", "a;b,c", "\t", "\u00fc"})
    void valuesAreFieldContent(String value) {
        assertEquals(value, new ExtensionParameter("a", value).value());
    }

    @ParameterizedTest
    @DisplayName("R-27: a value that would leave its header field is refused")
    @ValueSource(strings = {"\r", "a\nb", "\u0000", "\u007f", "\u010a"})
    void valuesHaveNoControls(String value) {
        assertThrows(IllegalArgumentException.class, () -> new ExtensionParameter("a", value));
    }

    @Test
    void theNameIsNotNull() {
        assertThrows(NullPointerException.class, () -> new ExtensionParameter(null, "x"));
    }
}
