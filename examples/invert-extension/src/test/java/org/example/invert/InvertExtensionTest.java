package org.example.invert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionMessage.Type;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InvertExtensionTest {

    private final InvertExtension extension = new InvertExtension();

    @Test
    void whatIsSentIsInvertedAndMarked() throws Exception {
        ExtensionMessage sent = session().outgoing(message(0x00, 0x0f));
        assertTrue(sent.rsv2());
        assertEquals(bytes(0xff, 0xf0), sent.payload());
    }

    @Test
    void whatIsMarkedIsInvertedBack() throws Exception {
        ExtensionMessage received = session().incoming(message(0xff, 0xf0).withRsv2(true));
        assertFalse(received.rsv2());
        assertEquals(bytes(0x00, 0x0f), received.payload());
    }

    @Test
    void whatIsNotMarkedStaysAsItIs() throws Exception {
        ExtensionMessage plain = message(1, 2);
        assertSame(plain, session().incoming(plain));
    }

    @Test
    void thePayloadIsNotWrittenInto() throws Exception {
        ByteBuffer readOnly = bytes(1).asReadOnlyBuffer();
        assertEquals(bytes(0xfe), session().outgoing(message().withPayload(readOnly)).payload());
    }

    @Test
    void anOfferWithParametersIsDeclined() {
        List<ExtensionParameters> offers = List.of(ExtensionParameters.EMPTY.with("level", 2));
        assertEquals(Optional.empty(), extension.accept(offers, () -> 100));
    }

    private ImmediateSession session() {
        return (ImmediateSession) extension
                .accept(List.of(ExtensionParameters.EMPTY), () -> 100)
                .orElseThrow()
                .session();
    }

    private static ExtensionMessage message(int... payload) {
        return new ExtensionMessage(Type.BINARY, false, false, false, bytes(payload));
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
