package io.jackfield.api.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.NegotiatedExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtensionParametersTest {

    private final ExtensionParameters parameters =
            ExtensionParameters.EMPTY.with("b").with("c", 1).with("b", "hi");

    @Test
    @DisplayName("S-178: a repeated parameter is a list in order of appearance")
    void aRepeatedParameterIsAListInOrder() {
        assertEquals(List.of(ExtensionParameter.flag("b"), new ExtensionParameter("b", "hi")), parameters.all("b"));
        assertEquals(Optional.of(ExtensionParameter.flag("b")), parameters.first("b"));
        assertEquals(3, parameters.list().size());
        assertEquals(
                ExtensionParameters.of(
                        ExtensionParameter.flag("b"),
                        new ExtensionParameter("c", "1"),
                        new ExtensionParameter("b", "hi")),
                parameters);
    }

    @Test
    @DisplayName("S-176: names are compared exactly")
    void namesAreComparedExactly() {
        assertTrue(parameters.contains("c"));
        assertFalse(parameters.contains("C"));
        assertEquals(Optional.empty(), parameters.first("B"));
        assertEquals(List.of(), parameters.all("d"));
    }

    @Test
    void withChangesNothing() {
        ExtensionParameters longer = parameters.with("d");
        assertEquals(3, parameters.list().size());
        assertTrue(longer.contains("d"));
        assertTrue(ExtensionParameters.EMPTY.isEmpty());
        assertFalse(longer.isEmpty());
    }

    @Test
    void theListIsCopiedAndImmutable() {
        List<ExtensionParameter> given = new ArrayList<>(List.of(ExtensionParameter.flag("a")));
        ExtensionParameters copied = new ExtensionParameters(given);
        given.clear();
        assertTrue(copied.contains("a"));
        assertThrows(UnsupportedOperationException.class, () -> copied.list().add(ExtensionParameter.flag("b")));
        assertThrows(UnsupportedOperationException.class, () -> copied.all("a").add(ExtensionParameter.flag("b")));
    }

    @Test
    void nothingInThemIsNull() {
        assertThrows(NullPointerException.class, () -> parameters.with("a", null));
        assertThrows(NullPointerException.class, () -> ExtensionParameters.of((ExtensionParameter) null));
        assertThrows(NullPointerException.class, () -> new ExtensionParameters(null));
    }

    @Test
    void textFormsReadLikeTheHeaderField() {
        assertEquals("b; c=1; b=hi", parameters.toString());
        assertEquals("x-test; b; c=1; b=hi", new NegotiatedExtension("x-test", parameters).toString());
        assertEquals("x-test", new NegotiatedExtension("x-test", ExtensionParameters.EMPTY).toString());
    }
}
