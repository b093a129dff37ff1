package io.jackfield.api.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtensionExceptionTest {

    private final IOException cause = new IOException();

    @Test
    @DisplayName("Decision 4: an extension that fails names a close code, else 1011")
    void aFailureIs1011UnlessACodeIsNamed() {
        ExtensionException plain = new ExtensionException("out of order");
        assertEquals(1011, plain.closeCode());
        assertEquals("out of order", plain.getMessage());
        assertNull(plain.getCause());

        ExtensionException named = new ExtensionException(4001, "no key", cause);
        assertEquals(4001, named.closeCode());
        assertSame(cause, named.getCause());
    }

    @Test
    @DisplayName("Decision 4: an undecodable payload is 1007")
    void anUndecodablePayloadIs1007() {
        ExtensionException exception = ExtensionException.invalidPayload("invalid block type", cause);
        assertEquals(1007, exception.closeCode());
        assertEquals("invalid block type", exception.getMessage());
        assertSame(cause, exception.getCause());
    }

    @Test
    @DisplayName("Decision 1: a message beyond the limit is 1009")
    void aMessageBeyondTheLimitIs1009() {
        ExtensionException exception = ExtensionException.messageTooBig(10);
        assertEquals(1009, exception.closeCode());
        assertEquals("message is larger than 10 bytes", exception.getMessage());
    }
}
