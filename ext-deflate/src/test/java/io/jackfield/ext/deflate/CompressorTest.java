package io.jackfield.ext.deflate;

import static io.jackfield.ext.deflate.TestData.bytes;
import static io.jackfield.ext.deflate.TestData.hex;
import static io.jackfield.ext.deflate.TestData.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressorTest {

    private Codecs codecs = new Codecs(DeflateOptions.DEFAULTS);

    private Compressor compressor(int windowBits, boolean contextTakeover, int threshold) {
        return compressor(windowBits, contextTakeover, threshold, DeflateOptions.MAX_HISTORY);
    }

    private Compressor compressor(int windowBits, boolean contextTakeover, int threshold, int history) {
        DeflateOptions options = PermessageDeflate.builder()
                .threshold(threshold)
                .history(history)
                .options();
        return new Compressor(codecs.deflaters(), new Agreement.Direction(windowBits, contextTakeover), options);
    }

    @AfterEach
    void endCodecs() {
        assertEquals(0, codecs.deflaters().lent());
        codecs.close();
        assertEquals(0, codecs.deflaters().size());
    }

    @Test
    @DisplayName("S-218 the example of RFC 7692 7.2.3.1, and with the window shared, of 7.2.3.2")
    void contextIsTakenOver() {
        Compressor compressor = compressor(15, true, 0);
        assertEquals("f248cdc9c90700", hex(compressor.compress(text("Hello"))));
        assertEquals("f200110000", hex(compressor.compress(text("Hello"))));
    }

    @Test
    @DisplayName("S-207, R-78 without context takeover every message is compressed on its own")
    void contextIsNotTakenOver() {
        Compressor compressor = compressor(15, false, 0);
        assertEquals("f248cdc9c90700", hex(compressor.compress(text("Hello"))));
        assertEquals("f248cdc9c90700", hex(compressor.compress(text("Hello"))));
        assertEquals(0, compressor.window().memory());
    }

    @ParameterizedTest
    @DisplayName("S-219, S-220, R-86 every empty message is 00, also the second and between others")
    @CsvSource({"15,true", "15,false", "9,true", "9,false"})
    void emptyMessagesAreOneByte(int windowBits, boolean contextTakeover) {
        Compressor compressor = compressor(windowBits, contextTakeover, 0);
        ReferenceInflater peer = new ReferenceInflater(windowBits, contextTakeover);
        for (String message : new String[] {"", "", "Hello, Hello", "", "", "Hello", ""}) {
            ByteBuffer payload = compressor.compress(text(message));
            if (message.isEmpty()) {
                assertEquals("00", hex(payload));
            }
            assertEquals(message, new String(peer.message(payload), UTF_8));
        }
    }

    @Test
    @DisplayName("S-217 with threshold 0 every message is compressed, whatever becomes of it")
    void withoutThresholdEverythingIsCompressed() {
        for (boolean contextTakeover : new boolean[] {true, false}) {
            Compressor compressor = compressor(15, contextTakeover, 0);
            for (int length = 1; length < 300; length++) {
                byte[] random = TestData.Kind.RANDOM.message(length, new Random(length));
                assertNotNull(compressor.compress(ByteBuffer.wrap(random)));
            }
        }
    }

    @Test
    @DisplayName("S-225 messages below the threshold go out plain and stay out of the window")
    void shortMessagesStayOutOfTheWindow() {
        Compressor compressor = compressor(15, true, 16);
        ReferenceInflater peer = new ReferenceInflater(15, true);
        String sixteen = "0123456789abcdef";
        for (int round = 0; round < 3; round++) {
            assertNull(compressor.compress(text("fifteen bytes..")));
            assertEquals(round * 16, compressor.window().size());
            assertEquals(sixteen, new String(peer.message(compressor.compress(text(sixteen))), UTF_8));
        }
    }

    @Test
    @DisplayName("S-225 without context takeover messages that would grow go out plain")
    void messagesThatGrowGoOutPlain() {
        for (int windowBits : new int[] {15, 9}) {
            Compressor compressor = compressor(windowBits, false, 16);
            assertNull(compressor.compress(ByteBuffer.wrap(TestData.Kind.RANDOM.message(100, new Random(1)))));
            ByteBuffer zeros = compressor.compress(ByteBuffer.allocate(100));
            assertArrayEquals(new byte[100], new ReferenceInflater(windowBits, false).message(zeros));
        }
    }

    @Test
    @DisplayName("S-225 short messages of one kind are learned though the first of them grows, also after noise")
    void shortMessagesAreLearned() {
        Compressor compressor = compressor(15, true, 16);
        ReferenceInflater peer = new ReferenceInflater(15, true);
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            compress(compressor, peer, TestData.Kind.RANDOM.message(50, random));
        }
        int last = 0;
        for (int i = 0; i < 40; i++) {
            byte[] tick = ("{\"s\":\"ACME\",\"p\":" + random.nextInt(1000) + ",\"größe\":" + i + "}").getBytes(UTF_8);
            last = compress(compressor, peer, tick);
        }
        assertTrue(last < 20, "35 bytes became " + last);
    }

    @Test
    @DisplayName("S-225 noise that is sent again and again goes out plain and stays out of the window")
    void noiseStaysOutOfTheWindow() {
        for (int windowBits : new int[] {15, 12}) {
            Compressor compressor = compressor(windowBits, true, 16);
            ReferenceInflater peer = new ReferenceInflater(windowBits, true);
            Random random = new Random(windowBits);
            int compressed = 0;
            for (int i = 0; i < 1000; i++) {
                if (compress(compressor, peer, TestData.Kind.RANDOM.message(100, random)) != 100) {
                    compressed++;
                }
            }
            assertEquals(10, compressed, "the first, second, fourth, ... 512th");
            assertEquals(1000, compressor.window().size());
            byte[] text = TestData.Kind.JSON.message(1000, random);
            int size = compress(compressor, peer, text);
            for (int i = 0; i < 10; i++) {
                assertEquals(5000, compress(compressor, peer, TestData.Kind.RANDOM.message(5000, random)));
            }
            assertEquals(2000, compressor.window().size());
            assertTrue(compress(compressor, peer, text) < size / 5, "the window still knows the text");
        }
    }

    /** How many bytes the message takes, having checked that the peer understands it. */
    private static int compress(Compressor compressor, ReferenceInflater peer, byte[] message) {
        ByteBuffer payload = compressor.compress(ByteBuffer.wrap(message));
        if (payload == null) {
            return message.length;
        }
        assertArrayEquals(message, peer.message(payload));
        return payload.remaining();
    }

    @Test
    void theMessageStaysAsItIs() {
        byte[] content = TestData.Kind.JSON.message(5000, new Random(1));
        for (int windowBits : new int[] {15, 10}) {
            for (boolean contextTakeover : new boolean[] {true, false}) {
                Compressor compressor = compressor(windowBits, contextTakeover, 0);
                ReferenceInflater peer = new ReferenceInflater(windowBits, contextTakeover);
                // What stands before the message would be good to refer to, but the peer does not have it.
                ByteBuffer direct = ByteBuffer.allocateDirect(6000)
                        .put(content, 0, 700)
                        .put(content)
                        .flip()
                        .position(700);
                ByteBuffer slice = ByteBuffer.wrap(bytes(direct.duplicate().position(0)))
                        .position(700)
                        .slice();
                for (ByteBuffer message : new ByteBuffer[] {direct, slice, slice.asReadOnlyBuffer()}) {
                    int position = message.position();
                    int limit = message.limit();
                    assertArrayEquals(content, peer.message(compressor.compress(message)));
                    assertEquals(position, message.position());
                    assertEquals(limit, message.limit());
                    assertArrayEquals(content, bytes(message));
                }
            }
        }
    }

    @ParameterizedTest
    @DisplayName("S-213, R-80, A-47 no reference reaches further back than the agreed window, and it is made use of")
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
    void windowIsKept(int windowBits) {
        int window = 1 << windowBits;
        for (boolean contextTakeover : new boolean[] {true, false}) {
            Compressor compressor = compressor(windowBits, contextTakeover, 0);
            ReferenceInflater peer = new ReferenceInflater(windowBits, contextTakeover);
            Random random = new Random(windowBits);
            // Repetitions within messages and across them, at a distance that fits well and at all around the window's.
            int distance = window * 5 / 8;
            for (; distance <= window + 40; distance = Math.max(distance + 8, window - 40)) {
                byte[] once = new byte[distance];
                random.nextBytes(once);
                byte[] twice = new byte[2 * distance];
                System.arraycopy(once, 0, twice, 0, distance);
                System.arraycopy(once, 0, twice, distance, distance);
                for (byte[] message : new byte[][] {once, once, twice, new byte[3], new byte[window / 2 + 1]}) {
                    assertArrayEquals(message, peer.message(compressor.compress(ByteBuffer.wrap(message))));
                }
            }
            assertTrue(peer.longestDistance() <= window);
            assertTrue(contextTakeover ? peer.longestDistance() > window / 2 : peer.longestDistance() > 0);
        }
    }

    @ParameterizedTest
    @DisplayName("S-203 whatever level and strategy, the stream is right")
    @CsvSource({"0,0", "1,0", "2,0", "3,0", "4,0", "5,0", "6,0", "8,0", "9,0", "-1,0", "6,1", "6,2", "0,2", "1,1"})
    void levelsAndStrategies(int level, int strategy) {
        codecs.close();
        codecs = new Codecs(DeflateOptions.DEFAULTS.with(Map.of("level", level, "strategy", strategy)));
        Random random = new Random(level);
        for (int windowBits : new int[] {8, 11, 15}) {
            Compressor compressor = compressor(windowBits, true, 0);
            ReferenceInflater peer = new ReferenceInflater(windowBits, true);
            for (int length : new int[] {1, 10, 1000, 0, 30_000, 70_000, 17, 131_072}) {
                for (TestData.Kind kind : TestData.Kind.values()) {
                    byte[] message = kind.message(length, random);
                    assertArrayEquals(message, peer.message(compressor.compress(ByteBuffer.wrap(message))));
                }
            }
        }
    }

    @Test
    @DisplayName("S-203 the strategy is zlib's: with Huffman codes alone nothing refers to what came before")
    void theStrategyIsTaken() {
        for (int strategy : new int[] {0, 2}) {
            codecs.close();
            codecs = new Codecs(DeflateOptions.DEFAULTS.with(Map.of("strategy", strategy)));
            ReferenceInflater peer = new ReferenceInflater(15, true);
            byte[] message = TestData.Kind.JSON.message(1000, new Random(1));
            assertArrayEquals(message, peer.message(compressor(15, true, 0).compress(ByteBuffer.wrap(message))));
            assertEquals(strategy == 0, peer.longestDistance() > 0);
        }
    }

    @Test
    void anotherConnectionsUseOfTheDeflaterDoesNotShow() {
        Compressor[] compressors = new Compressor[40];
        ReferenceInflater[] peers = new ReferenceInflater[compressors.length];
        for (int i = 0; i < compressors.length; i++) {
            int windowBits = i % 3 == 0 ? 10 : 15;
            boolean contextTakeover = i % 5 != 0;
            compressors[i] = compressor(windowBits, contextTakeover, 0);
            peers[i] = new ReferenceInflater(windowBits, contextTakeover);
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            int which = random.nextInt(random.nextInt(compressors.length) + 1);
            byte[] message = TestData.Kind.JSON.message(random.nextInt(2000), random);
            ByteBuffer payload = compressors[which].compress(ByteBuffer.wrap(message));
            assertArrayEquals(message, peers[which].message(payload), "seed " + seed);
        }
    }

    @Test
    void theDeflaterThatKnowsTheWindowIsUsedAgain() {
        Compressor compressor = compressor(15, true, 0);
        String first = hex(compressor.compress(text("a message, and another message")));
        String warm = hex(compressor.compress(text("one more message, like another message")));
        // The same with the Deflater taken away in between.
        Compressor robbed = compressor(15, true, 0);
        assertEquals(first, hex(robbed.compress(text("a message, and another message"))));
        codecs.deflaters().drain();
        assertEquals(warm, hex(robbed.compress(text("one more message, like another message"))));
        assertEquals(1, codecs.deflaters().size());
    }

    @Test
    @DisplayName("R-90: no more of what was sent is kept than the option says, and no more than the window")
    void theHistoryIsBounded() {
        Random random = new Random(8);
        Compressor bounded = compressor(15, true, 0, 1024);
        Compressor bySmallWindow = compressor(9, true, 0, 1024);
        for (int i = 0; i < 20; i++) {
            byte[] message = new byte[700];
            random.nextBytes(message);
            bounded.compress(ByteBuffer.wrap(message));
            bySmallWindow.compress(ByteBuffer.wrap(message));
        }
        assertEquals(1024, bounded.window().memory());
        assertEquals(512, bySmallWindow.window().memory());
    }

    @Test
    @DisplayName("R-85: a Deflater that others have used refers to the history that is kept, and no further back")
    void whatIsBeyondTheHistoryIsNotReferredTo() {
        byte[] message = new byte[1000];
        new Random(9).nextBytes(message);
        byte[] other = new byte[1000];
        new Random(10).nextBytes(other);
        Compressor near = compressor(15, true, 0, 2048);
        Compressor far = compressor(15, true, 0, 1024);
        for (Compressor each : new Compressor[] {near, far}) {
            each.compress(ByteBuffer.wrap(message));
            each.compress(ByteBuffer.wrap(other));
            codecs.deflaters().drain();
        }
        assertTrue(near.compress(ByteBuffer.wrap(message)).remaining() < 100);
        assertTrue(far.compress(ByteBuffer.wrap(message)).remaining() > 900);
    }
}
