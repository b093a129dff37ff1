package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.TestData.buffer;
import static io.jackfield.ext.deflate.TestData.bytes;
import static io.jackfield.ext.deflate.TestData.hex;
import static io.jackfield.ext.deflate.TestData.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressorTest {

    private static final int LIMIT = 1 << 20;
    private static final String HELLO = "f248cdc9c90700";

    private final Codecs codecs = new Codecs(DeflateOptions.DEFAULTS);

    private Decompressor decompressor(int windowBits, boolean contextTakeover, long limit) {
        return new Decompressor(codecs.inflaters(), new Agreement.Direction(windowBits, contextTakeover), limit);
    }

    private Decompressor decompressor() {
        return decompressor(15, true, LIMIT);
    }

    @AfterEach
    void endCodecs() {
        assertEquals(0, codecs.inflaters().lent());
        codecs.close();
        assertEquals(0, codecs.inflaters().size());
    }

    private static void assertFailsWith(int closeCode, String message, Decompressor decompressor, ByteBuffer payload) {
        ExtensionException failure =
                assertThrows(ExtensionException.class, () -> decompressor.decompress(payload), hex(payload));
        assertEquals(message, failure.getMessage());
        assertEquals(closeCode, failure.closeCode());
    }

    @ParameterizedTest
    @DisplayName("S-216, R-84 the examples of RFC 7692 7.2.3, and all that DEFLATE allows")
    @CsvSource({
        "f248cdc9c90700, Hello", // 7.2.3.1: one block, fixed Huffman
        "000500faff48656c6c6f00, Hello", // 7.2.3.3: a stored block
        "f348cdc9c9070000, Hello", // 7.2.3.4: a final block, then an empty stored block
        "f24805000000ffffcac9c90700, Hello", // 7.2.3.5: two blocks
        "000500faff48656c6c6f000500faff48656c6c6f00, HelloHello",
        "f248cdc9c907000000ffff00, Hello", // an empty stored block more than needed
        "f348cdc9c90700f348cdc9c9070000, HelloHello", // two final blocks
        "f348cdc9c90700f200110000, HelloHello", // a final block, then one that refers to what was before it
        "010500faff48656c6c6f00, Hello", // a final stored block
        "f248cdc9c90704, Hello", // the octets left away are those of a final block
        "f348cdc9c90700, Hello", // a final block and nothing behind it
        "0300, ''", // a final empty block
        "030000, ''",
        "00, ''"
    })
    void examplesAreInflated(String payload, String message) throws ExtensionException {
        assertEquals(message, text(decompressor().decompress(buffer(payload))));
    }

    @Test
    @DisplayName("R-85 the window is carried over between messages: RFC 7692 7.2.3.2")
    void contextIsTakenOver() throws ExtensionException {
        Decompressor decompressor = decompressor();
        assertEquals("Hello", text(decompressor.decompress(buffer(HELLO))));
        assertEquals("Hello", text(decompressor.decompress(buffer("f200110000"))));
        assertEquals("Hello", text(decompressor.decompress(buffer("f200110000"))));
    }

    @Test
    @DisplayName("S-208, R-79 without context takeover no reference to earlier messages is followed")
    void contextIsNotTakenOver() throws ExtensionException {
        Decompressor decompressor = decompressor(15, false, LIMIT);
        assertEquals("Hello", text(decompressor.decompress(buffer(HELLO))));
        assertEquals(0, decompressor.window().memory());
        assertFailsWith(1007, "invalid distance too far back", decompressor, buffer("f200110000"));
    }

    @Test
    @DisplayName("R-84, R-85 the window reaches over final blocks, into earlier messages and within the message")
    void windowReachesOverFinalBlocks() throws ExtensionException {
        Decompressor decompressor = decompressor();
        decompressor.decompress(buffer(HELLO));
        // A final block with a reference to the message before, then a block with a reference to both.
        assertEquals("HelloHello", text(decompressor.decompress(buffer("f3001100 f2001100 00".replace(" ", "")))));
    }

    @Test
    @DisplayName("A-39 an empty payload is the empty message")
    void emptyPayloadIsTolerated() throws ExtensionException {
        Decompressor decompressor = decompressor();
        decompressor.decompress(buffer(HELLO));
        assertEquals("", text(decompressor.decompress(buffer(""))));
        assertEquals("", text(decompressor.decompress(buffer("00"))));
        assertEquals("", text(decompressor.decompress(buffer("00"))));
        assertEquals("Hello", text(decompressor.decompress(buffer("f200110000"))));
    }

    @ParameterizedTest
    @DisplayName("S-222, R-87 what is no DEFLATE fails with 1007 and says what zlib says")
    @CsvSource({
        "06, invalid block type",
        "ff, invalid block type",
        "f200110000, invalid distance too far back",
        "00010203040506, invalid stored block lengths",
        "fdffff, too many length or distance symbols"
    })
    void badDataFails(String payload, String message) {
        assertFailsWith(1007, message, decompressor(), buffer(payload));
    }

    @Test
    @DisplayName("R-87 a message that lacks its end is not delivered, wherever it was cut")
    void truncatedMessagesAreNotDelivered() {
        Random random = new Random(3);
        for (TestData.Kind kind : TestData.Kind.values()) {
            byte[] whole = new byte[2000];
            Deflater deflater = new Deflater(6, true);
            deflater.setInput(kind.message(1000, random));
            int length = deflater.deflate(whole, 0, whole.length, Deflater.SYNC_FLUSH) - 4;
            deflater.end();
            for (int cut = 1; cut < length; cut++) {
                // A stored block: its first octet alone is the empty message; and where it lacks exactly four octets,
                // those that the receiver appends are its content.
                if (kind == TestData.Kind.RANDOM && (cut == 1 || cut == length - 5)) {
                    continue;
                }
                ByteBuffer part = ByteBuffer.wrap(whole, 0, cut);
                ExtensionException failure = assertThrows(
                        ExtensionException.class, () -> decompressor().decompress(part), kind + " " + cut);
                assertEquals(1007, failure.closeCode());
            }
        }
    }

    @Test
    @DisplayName("A-40, S-224 after an error the connection's window and the codec are as they were before")
    void errorsLeaveNoTrace() throws ExtensionException {
        Decompressor decompressor = decompressor(15, true, 1000);
        ByteBuffer bomb = zeros(100_000);
        for (int i = 0; i < 3; i++) {
            assertEquals("Hello", text(decompressor.decompress(buffer(i == 0 ? HELLO : "f200110000"))));
            assertThrows(ExtensionException.class, () -> decompressor.decompress(buffer("f248cdc9c90706")));
            assertThrows(ExtensionException.class, () -> decompressor.decompress(buffer("f248cd")));
            assertThrows(ExtensionException.class, () -> decompressor.decompress(bomb));
        }
        assertEquals(15, decompressor.window().size());
        assertEquals(1, codecs.inflaters().size());
    }

    @Test
    @DisplayName("R-88, A-34 to A-38, A-41 to A-44 inflating stops at the limit with 1009")
    void bombsStopAtTheLimit() {
        // 20 MB of zeros, and 5 GB, which would not even fit into an array.
        byte[] megabyte = bytes(zeros(1 << 20));
        ByteArrayOutputStream fiveGigabytes = new ByteArrayOutputStream();
        for (int i = 0; i < 5000; i++) {
            fiveGigabytes.writeBytes(megabyte);
            fiveGigabytes.writeBytes(hex("0000ffff"));
        }
        fiveGigabytes.write(0);
        for (ByteBuffer bomb : new ByteBuffer[] {zeros(20_000_000), ByteBuffer.wrap(fiveGigabytes.toByteArray())}) {
            for (int limit : new int[] {1, 1000, 4096, 65_536, 65_537, 1 << 20}) {
                String message = "message is larger than " + limit + " bytes";
                assertFailsWith(1009, message, decompressor(15, true, limit), bomb);
            }
        }
        PooledInflater used = codecs.inflaters().borrowAny();
        assertTrue(used.output.memory() <= 64 * 1024, "nothing of it is held");
        codecs.inflaters().giveBack(used);
    }

    @ParameterizedTest
    @DisplayName("R-88 a message as large as the limit is delivered, one byte more is not")
    @ValueSource(ints = {1, 2, 100, 4095, 4096, 4097, 65_535, 65_536, 65_537, 300_000})
    void theLimitIsExact(int limit) throws ExtensionException {
        for (TestData.Kind kind : TestData.Kind.values()) {
            byte[] message = kind.message(limit + 1, new Random(limit));
            byte[] exact = Arrays.copyOf(message, limit);
            assertArrayEquals(exact, bytes(decompressor(15, true, limit).decompress(compressed(exact))));
            assertFailsWith(
                    1009,
                    "message is larger than " + limit + " bytes",
                    decompressor(15, true, limit),
                    compressed(message));
        }
    }

    @ParameterizedTest
    @DisplayName("R-87 a stored block that is cut anywhere is no whole message, whatever is put behind it")
    @ValueSource(ints = {0x00, 0x01})
    void aStoredBlockThatIsCutIsNoMessage(int header) throws ExtensionException {
        byte[] block = {(byte) header, 20, 0, (byte) ~20, (byte) ~0};
        byte[] content = "twenty octets of it.".getBytes(StandardCharsets.US_ASCII);
        for (int cut = 1; cut <= 20; cut++) {
            ByteBuffer payload = ByteBuffer.allocate(25 - cut).put(block).put(content, 0, 20 - cut);
            if (cut == 4) {
                // What every sender leaves away (RFC 7692 section 7.2.2) belongs to the block.
                ByteBuffer message = decompressor().decompress(payload.flip());
                assertEquals(20, message.remaining());
                assertEquals("0000ffff", hex(message.position(16)));
            } else {
                payload.flip();
                ExtensionException failure = assertThrows(
                        ExtensionException.class,
                        () -> decompressor().decompress(payload),
                        "cut by " + (20 - payload.limit() + 5));
                assertEquals(1007, failure.closeCode());
            }
        }
    }

    @Test
    @DisplayName("R-88 octets that only cost time are refused: each final block makes the window be set anew")
    void finalBlocksWithoutEndAreRefused() throws ExtensionException {
        Decompressor decompressor = decompressor();
        assertEquals("", text(decompressor.decompress(buffer("0300".repeat(15)))));
        assertFailsWith(1007, "too many final blocks", decompressor, buffer("0300".repeat(100_000)));
    }

    @Test
    void thePayloadStaysAsItIs() throws ExtensionException {
        byte[] content = TestData.Kind.JSON.message(5000, new Random(1));
        byte[] payload = bytes(compressed(content));
        ByteBuffer direct = ByteBuffer.allocateDirect(6000)
                .position(700)
                .put(payload)
                .flip()
                .position(700);
        ByteBuffer slice = ByteBuffer.wrap(bytes(direct.duplicate().position(0)))
                .position(700)
                .slice();
        for (ByteBuffer buffer : new ByteBuffer[] {direct, slice, slice.asReadOnlyBuffer()}) {
            int position = buffer.position();
            assertArrayEquals(content, bytes(decompressor().decompress(buffer)));
            assertEquals(position, buffer.position());
            assertEquals(payload.length, buffer.remaining());
            assertArrayEquals(payload, bytes(buffer));
        }
    }

    @Test
    void aMessageIsTheReceiversToKeep() throws ExtensionException {
        Decompressor decompressor = decompressor();
        ByteBuffer first = decompressor.decompress(buffer(HELLO));
        decompressor.decompress(buffer("000500faff576f726c6400"));
        assertEquals("Hello", text(first));
        Arrays.fill(first.array(), (byte) 0);
        // An H, and four bytes from five bytes before.
        assertEquals("Horld", text(decompressor.decompress(buffer("f200110000"))));
    }

    private static ByteBuffer zeros(int length) {
        return compressed(new byte[length]);
    }

    private static ByteBuffer compressed(byte[] message) {
        Deflater deflater = new Deflater(6, true);
        byte[] payload = new byte[message.length + message.length / 100 + 100];
        deflater.setInput(message);
        int length = deflater.deflate(payload, 0, payload.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return ByteBuffer.wrap(payload, 0, length - 4);
    }

    @Test
    @DisplayName("R-88, A-44 a message that is too large fails with 1009, also where what follows is no DEFLATE")
    void theLimitCountsBeforeWhatStandsBehindIt() {
        // Found by fuzzing: one byte fits, the next does not, and zlib has seen the bad distance behind them.
        ByteBuffer payload = buffer("f21000ffffffff07000000ffffffffffaaff00");
        assertFailsWith(1009, "message is larger than 1 bytes", decompressor(15, true, 1), payload);
    }
}
