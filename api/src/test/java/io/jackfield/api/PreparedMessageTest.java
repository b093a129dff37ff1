package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparedMessageTest {

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.of().formatHex(copy);
    }

    @Test
    @DisplayName("S-86 R-46: the unmasked text of RFC 6455 section 5.7")
    void text() {
        PreparedMessage message = PreparedMessage.text("Hello");
        assertTrue(message.isText());
        assertEquals(5, message.length());
        assertEquals("810548656c6c6f", hex(message.frame()));
        assertEquals("48656c6c6f", hex(message.payload()));
    }

    @ParameterizedTest
    @CsvSource({"0, 8200", "125, 827d", "126, 827e007e", "65535, 827effff", "65536, 827f0000000000010000"})
    @DisplayName("R-46: the length in its shortest form")
    void lengths(int length, String header) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        PreparedMessage message = PreparedMessage.binary(ByteBuffer.wrap(bytes));
        assertFalse(message.isText());
        assertEquals(length, message.length());
        assertEquals(header + HexFormat.of().formatHex(bytes), hex(message.frame()));
        assertEquals(ByteBuffer.wrap(bytes), message.payload());
    }

    @Test
    @DisplayName("S-86: an unpaired surrogate becomes U+FFFD, a pair stays")
    void surrogates() {
        assertEquals("efbfbd", hex(PreparedMessage.text("\ud800").payload()));
        assertEquals(
                "61efbfbd62efbfbd", hex(PreparedMessage.text("a\udc00b\ud83d").payload()));
        assertEquals(
                "f09f9880efbfbd", hex(PreparedMessage.text("\ud83d\ude00\ude00").payload()));
    }

    @Test
    @DisplayName("S-87: the buffer is copied and not moved, and nobody can change the message")
    void isImmutable() {
        byte[] bytes = {1, 2, 3, 4};
        ByteBuffer buffer = ByteBuffer.wrap(bytes).position(1).limit(3);
        PreparedMessage message = PreparedMessage.binary(buffer);
        bytes[1] = 9;
        assertEquals(1, buffer.position());
        assertEquals(3, buffer.limit());
        assertEquals("0203", hex(message.payload()));
        message.frame().position(3);
        assertEquals("82020203", hex(message.frame()));
        assertThrows(ReadOnlyBufferException.class, () -> message.payload().put(0, (byte) 0));
        assertThrows(ReadOnlyBufferException.class, () -> message.frame().put(0, (byte) 0));
    }
}
