package io.jackfield.api.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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

    @Test
    void theNameIsNotNull() {
        assertThrows(NullPointerException.class, () -> new ExtensionParameter(null, "x"));
    }
}
