package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.TestData.LIMIT_OF_16_MIB;
import static io.jackfield.ext.deflate.TestData.bytes;
import static io.jackfield.ext.deflate.TestData.compressed;
import static io.jackfield.ext.deflate.TestData.hex;
import static io.jackfield.ext.deflate.TestData.parameters;
import static io.jackfield.ext.deflate.TestData.plain;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are deflated and inflated piece by piece. */
class DeflatePartsTest {

    private static final MessageHeader PLAIN = new MessageHeader(ExtensionMessage.Type.BINARY, false, true, false);
    private static final MessageHeader COMPRESSED = new MessageHeader(ExtensionMessage.Type.TEXT, true, true, false);

    private static final List<TestData.Kind> KINDS = List.of(TestData.Kind.values());

    private final PermessageDeflate extension =
            PermessageDeflate.builder().threshold(0).build();

    private DeflateSession session(String offer) {
        return (DeflateSession) extension
                .accept(List.of(parameters(offer)), LIMIT_OF_16_MIB)
                .orElseThrow()
                .session();
    }

    @AfterEach
    void endCodecs() {
        extension.close();
    }

    /** Passes a message through in pieces and rooms of these lengths at most, and closes the transformer. */
    private static byte[] pass(PartTransformer parts, byte[] message, int pieceLength, int roomLength)
            throws ExtensionException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int from = 0;
        boolean isLast;
        do {
            int length = Math.min(pieceLength, message.length - from);
            isLast = from + length == message.length;
            boolean isThrough;
            ByteBuffer piece = ByteBuffer.wrap(message, from, length).slice();
            do {
                ByteBuffer room = ByteBuffer.allocate(roomLength);
                // Another buffer each time, as the contract allows.
                ByteBuffer again = ByteBuffer.allocateDirect(piece.remaining());
                again.put(piece.duplicate()).flip();
                isThrough = parts.transform(again, isLast, room);
                piece.position(piece.limit() - again.remaining());
                all.write(room.array(), 0, room.position());
            } while (!isThrough);
            from += length;
        } while (!isLast);
        parts.close();
        return all.toByteArray();
    }

    @ParameterizedTest
    @DisplayName("S-216 R-84: the examples of RFC 7692 7.2.3, and all that DEFLATE allows, cut anywhere")
    @CsvSource({
        "f248cdc9c90700, 48656c6c6f",
        "000500faff48656c6c6f00, 48656c6c6f",
        "f348cdc9c9070000, 48656c6c6f",
        "f24805000000ffffcac9c90700, 48656c6c6f",
        "f348cdc9c90700, 48656c6c6f", // the octets left away were those of a final block
        "f348cdc9c90700f348cdc9c9070000, 48656c6c6f48656c6c6f",
        "00, ''",
        "'', ''"
    })
    void examplesCutAnywhere(String payload, String message) throws ExtensionException {
        byte[] octets = hex(payload);
        byte[] expected =
                bytes(session("").incoming(compressed(ByteBuffer.wrap(octets))).payload());
        assertArrayEquals(hex(message), expected);
        for (int piece = 1; piece <= octets.length + 1; piece++) {
            for (int room = 1; room <= 6; room++) {
                DeflateSession session = session("");
                PartTransformer parts = session.incomingParts(COMPRESSED);
                assertEquals(new MessageHeader(ExtensionMessage.Type.TEXT, false, true, false), parts.header());
                assertArrayEquals(expected, pass(parts, octets, piece, room));
                session.close();
            }
        }
    }

    @ParameterizedTest
    @DisplayName("S-222 R-87: what is no whole message fails with 1007, cut anywhere")
    @ValueSource(strings = {"07", "f248cdc9c907", "000500faff48656c6c", "ffff", "f248cdc9c9070000000000"})
    void whatIsNoWholeMessageFails(String payload) {
        byte[] octets = hex(payload);
        DeflateSession whole = session("");
        assertThrows(ExtensionException.class, () -> whole.incoming(compressed(ByteBuffer.wrap(octets))));
        for (int piece = 1; piece <= octets.length; piece++) {
            DeflateSession session = session("");
            PartTransformer parts = session.incomingParts(COMPRESSED);
            int length = piece;
            ExtensionException failure = assertThrows(ExtensionException.class, () -> pass(parts, octets, length, 3));
            assertEquals(1007, failure.closeCode());
            parts.close();
            session.close();
        }
    }

    @Test
    @DisplayName(
            "R-87: a message that lacks its end is refused in parts where it is refused whole, wherever it was cut")
    void truncatedMessages() {
        for (TestData.Kind kind : KINDS) {
            byte[] octets = new byte[2000];
            Deflater deflater = new Deflater(6, true);
            deflater.setInput(kind.message(300, new Random(3)));
            int length = deflater.deflate(octets, 0, octets.length, Deflater.SYNC_FLUSH) - 4;
            deflater.end();
            for (int cut = 1; cut <= length; cut++) {
                byte[] payload = Arrays.copyOf(octets, cut);
                assertArrayEquals(whole(payload), inParts(payload), kind + " " + cut);
            }
        }
    }

    /** What a new session makes of a payload, or null. */
    private byte[] whole(byte[] payload) {
        DeflateSession session = session("");
        try {
            return bytes(session.incoming(compressed(ByteBuffer.wrap(payload))).payload());
        } catch (ExtensionException e) {
            return null;
        } finally {
            session.close();
        }
    }

    private byte[] inParts(byte[] payload) {
        DeflateSession session = session("");
        PartTransformer parts = session.incomingParts(COMPRESSED);
        try {
            return pass(parts, payload, 7, 11);
        } catch (ExtensionException e) {
            parts.close();
            return null;
        } finally {
            session.close();
        }
    }

    @Test
    @DisplayName("A-34: final blocks beyond what the payload pays for fail")
    void tooManyFinalBlocks() {
        byte[] octets = new byte[100];
        for (int i = 0; i < octets.length; i += 2) {
            octets[i] = 0x03; // an empty final block
        }
        DeflateSession session = session("");
        PartTransformer parts = session.incomingParts(COMPRESSED);
        ExtensionException failure = assertThrows(ExtensionException.class, () -> pass(parts, octets, 7, 10));
        assertTrue(failure.getMessage().contains("too many final blocks"), failure.getMessage());
        parts.close();
    }

    @ParameterizedTest
    @DisplayName("S-212 S-218 R-85 R-86: parts and whole messages refer to each other as agreed, whatever the window")
    @ValueSource(
            strings = {
                "server_max_window_bits=8",
                "server_max_window_bits=9",
                "server_max_window_bits=12",
                "",
                "server_no_context_takeover",
                "server_no_context_takeover; server_max_window_bits=10"
            })
    void partsAndWholeMessages(String offer) throws ExtensionException {
        Random random = new Random(7);
        DeflateSession session = session(offer);
        int bits = offer.contains("bits=") ? Integer.parseInt(offer.replaceAll(".*bits=", "")) : 15;
        // Not ours: it shares no code, and knows the window that it was told.
        ReferenceInflater reference = new ReferenceInflater(bits, !offer.contains("no_context"));
        for (int i = 0; i < 30; i++) {
            byte[] message = KINDS.get(i % KINDS.size()).message(1 + random.nextInt(100_000), random);
            byte[] payload;
            if (random.nextBoolean()) {
                PartTransformer parts = session.outgoingParts(PLAIN);
                assertEquals(new MessageHeader(ExtensionMessage.Type.BINARY, true, true, false), parts.header());
                payload = pass(parts, message, 1 + random.nextInt(90_000), 1 + random.nextInt(9000));
            } else {
                payload =
                        bytes(session.outgoing(plain(ByteBuffer.wrap(message))).payload());
            }
            assertArrayEquals(message, reference.message(ByteBuffer.wrap(payload)));
        }
        session.close();
        assertEquals(0, session.memory());
    }

    @ParameterizedTest
    @DisplayName("S-218 R-85 R-86: incoming parts and whole messages share a window, or none")
    @ValueSource(strings = {"", "client_no_context_takeover"})
    void incomingPartsAndWholeMessages(String offer) throws ExtensionException {
        Random random = new Random(8);
        DeflateSession session = session(offer);
        Deflater deflater = new Deflater(6, true);
        for (int i = 0; i < 30; i++) {
            byte[] message = KINDS.get(i % KINDS.size()).message(1 + random.nextInt(100_000), random);
            byte[] buffer = new byte[200_000];
            if (!offer.isEmpty()) {
                deflater.reset();
            }
            deflater.setInput(message);
            int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH) - 4;
            byte[] payload = Arrays.copyOf(buffer, length);
            byte[] received = random.nextBoolean()
                    ? pass(session.incomingParts(COMPRESSED), payload, 1 + random.nextInt(20_000), 70_000)
                    : bytes(session.incoming(compressed(ByteBuffer.wrap(payload)))
                            .payload());
            assertArrayEquals(message, received);
        }
        deflater.end();
        session.close();
        assertEquals(0, session.memory());
    }

    @Test
    @DisplayName("S-217 R-83: a message without the bit passes as it is")
    void withoutTheBit() throws ExtensionException {
        DeflateSession session = session("");
        PartTransformer parts = session.incomingParts(PLAIN);
        assertEquals(PLAIN, parts.header());
        byte[] message = {1, 2, 3, 4, 5};
        assertArrayEquals(message, pass(parts, message, 2, 1));
        assertEquals(0, session.memory());
    }

    @Test
    @DisplayName("S-221: a message that is given up gives its codec back")
    void givenUp() throws ExtensionException {
        DeflateSession session = session("");
        PartTransformer in = session.incomingParts(COMPRESSED);
        in.transform(ByteBuffer.wrap(hex("f248")), false, ByteBuffer.allocate(10));
        in.close();
        PartTransformer out = session.outgoingParts(PLAIN);
        out.transform(ByteBuffer.wrap(new byte[1000]), false, ByteBuffer.allocate(1));
        out.close();
        assertFalse(session.memory() == 0);
        session.close();
        assertEquals(0, session.memory());
        assertEquals(0, extension.codecs().inflaters().lent());
        assertEquals(0, extension.codecs().deflaters().lent());
    }
}
