package io.jackfield.api.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtensionMessageTest {

    private final ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 2, 3});
    private final ExtensionMessage plain =
            new ExtensionMessage(ExtensionMessage.Type.TEXT, false, false, false, payload);

    @Test
    @DisplayName("S-197: a session may change each reserved bit by itself")
    void eachBitIsChangedByItself() {
        assertEquals(
                new ExtensionMessage(ExtensionMessage.Type.TEXT, true, false, false, payload), plain.withRsv1(true));
        assertEquals(
                new ExtensionMessage(ExtensionMessage.Type.TEXT, false, true, false, payload), plain.withRsv2(true));
        assertEquals(
                new ExtensionMessage(ExtensionMessage.Type.TEXT, false, false, true, payload), plain.withRsv3(true));

        ExtensionMessage all = new ExtensionMessage(ExtensionMessage.Type.BINARY, true, true, true, payload);
        assertEquals(
                new ExtensionMessage(ExtensionMessage.Type.BINARY, false, true, true, payload), all.withRsv1(false));
        assertEquals(
                new ExtensionMessage(ExtensionMessage.Type.BINARY, true, false, true, payload), all.withRsv2(false));
        assertEquals(
                new ExtensionMessage(ExtensionMessage.Type.BINARY, true, true, false, payload), all.withRsv3(false));
    }

    @Test
    @DisplayName("S-197: a session may change the payload and keeps type and bits")
    void thePayloadIsChangedByItself() {
        ByteBuffer other = ByteBuffer.wrap(new byte[] {4});
        ExtensionMessage changed =
                new ExtensionMessage(ExtensionMessage.Type.BINARY, true, false, true, payload).withPayload(other);
        assertEquals(new ExtensionMessage(ExtensionMessage.Type.BINARY, true, false, true, other), changed);
        assertSame(other, changed.payload());
    }

    @Test
    void aBitThatIsSetAlreadyCostsNothing() {
        assertSame(plain, plain.withRsv1(false));
        assertSame(plain, plain.withRsv2(false));
        assertSame(plain, plain.withRsv3(false));
    }

    @Test
    void thePayloadIsPassedOnNotCopied() {
        assertSame(payload, plain.payload());
        assertSame(payload, plain.withRsv1(true).payload());
    }

    @Test
    void nothingIsNull() {
        assertThrows(NullPointerException.class, () -> new ExtensionMessage(null, false, false, false, payload));
        assertThrows(
                NullPointerException.class,
                () -> new ExtensionMessage(ExtensionMessage.Type.TEXT, false, false, false, null));
        assertThrows(NullPointerException.class, () -> plain.withPayload(null));
    }
}
