package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same bytes give the same events, however they are cut and whatever kind of buffer they come in. */
class SplittingTest {

    private static final byte[] LONG_BINARY = new byte[300];
    private static final byte[] LONG_TEXT = Bytes.utf8("äöü€ and 😀 ".repeat(12));

    static {
        new Random(5).nextBytes(LONG_BINARY);
    }

    /** All kinds of frames, all forms of lengths, then a close frame and garbage. */
    private static final byte[] CONVERSATION = Bytes.concat(
            TestFrame.text("Hello").bytes(),
            TestFrame.text("").bytes(),
            TestFrame.frame(2).payload(LONG_BINARY).key(0x01020304).bytes(),
            TestFrame.frame(1).payload(LONG_TEXT).lengthBytes(8).bytes(),
            TestFrame.text("fr").notFinal().bytes(),
            TestFrame.ping("70696e67").bytes(),
            TestFrame.continuation("e282").notFinal().bytes(),
            TestFrame.pong("").bytes(),
            TestFrame.continuation("").notFinal().bytes(),
            TestFrame.continuation("ac").bytes(),
            TestFrame.close("03e9627965").bytes(),
            TestFrame.text("too late").bytes());

    /** The same with a protocol error at the end. */
    private static final byte[] BAD_CONVERSATION = Bytes.concat(
            TestFrame.text("Hello").notFinal().bytes(),
            TestFrame.ping("01").bytes(),
            TestFrame.continuation("20").bytes(),
            TestFrame.binary("0102").notFinal().bytes(),
            TestFrame.text("nested").bytes());

    /** What a peer sends when it is not done yet, and the server has closed: all but the close frame is left out. */
    private static final byte[] BEHIND_OUR_CLOSE = Bytes.concat(
            TestFrame.text("Hello").bytes(),
            TestFrame.frame(2).payload(LONG_BINARY).bytes(),
            TestFrame.text("fr").notFinal().bytes(),
            TestFrame.ping("70696e67").bytes(),
            TestFrame.continuation("6167").bytes(),
            TestFrame.close("0bb8").bytes());

    private record Outcome(List<String> events, byte[] sent) {}

    private static Outcome run(List<ByteBuffer> pieces) {
        DriverProbe probe = DriverProbe.server();
        for (ByteBuffer piece : pieces) {
            probe.driver.receive(piece);
            assertFalse(piece.hasRemaining(), "all input must be taken");
        }
        return new Outcome(List.copyOf(probe.listener.events), probe.output.take());
    }

    @Test
    @DisplayName("R-67 R-68 S-149: what comes behind our close frame is skipped, wherever it is cut")
    void cutWhileClosing() {
        for (int cut = 0; cut <= BEHIND_OUR_CLOSE.length; cut++) {
            DriverProbe probe = DriverProbe.server();
            probe.driver.close(3000, "");
            probe.expectSent("88 02 0bb8");
            probe.driver.receive(piece(BEHIND_OUR_CLOSE, 0, cut));
            probe.driver.receive(piece(BEHIND_OUR_CLOSE, cut, BEHIND_OUR_CLOSE.length));
            probe.expectSent("8a 04 70696e67")
                    .expect("ping 70696e67", "finished 3000 \"\" clean LOCAL sent 3000")
                    .end();
        }
    }

    private static void assertSame(Outcome expected, Outcome actual, String how) {
        assertEquals(expected.events(), actual.events(), how);
        assertArrayEquals(expected.sent(), actual.sent(), how);
    }

    private static ByteBuffer piece(byte[] bytes, int from, int to) {
        return ByteBuffer.wrap(bytes.clone(), from, to - from);
    }

    @Test
    @DisplayName("S-149 S-194 R-51 A-12: cut into two pieces at every point")
    void cutAtEveryPoint() {
        for (byte[] bytes : List.of(CONVERSATION, BAD_CONVERSATION)) {
            Outcome whole = run(List.of(piece(bytes, 0, bytes.length)));
            for (int cut = 0; cut <= bytes.length; cut++) {
                assertSame(whole, run(List.of(piece(bytes, 0, cut), piece(bytes, cut, bytes.length))), "cut at " + cut);
            }
        }
    }

    @Test
    @DisplayName("S-149 R-51: byte by byte")
    void byteByByte() {
        for (byte[] bytes : List.of(CONVERSATION, BAD_CONVERSATION)) {
            List<ByteBuffer> pieces = new ArrayList<>();
            for (int i = 0; i < bytes.length; i++) {
                pieces.add(piece(bytes, i, i + 1));
            }
            assertSame(run(List.of(piece(bytes, 0, bytes.length))), run(pieces), "byte by byte");
        }
    }

    @Test
    @DisplayName("S-149 R-51: at random points, in direct, heap and little-endian buffers at odd positions")
    void cutAtRandomPoints() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Outcome whole = run(List.of(piece(CONVERSATION, 0, CONVERSATION.length)));
        for (int round = 0; round < 200; round++) {
            List<ByteBuffer> pieces = new ArrayList<>();
            for (int from = 0; from < CONVERSATION.length; ) {
                int length = Math.min(1 + random.nextInt(random.nextBoolean() ? 10 : 400), CONVERSATION.length - from);
                pieces.add(randomBuffer(random, CONVERSATION, from, length));
                from += length;
            }
            assertSame(whole, run(pieces), "seed " + seed + ", round " + round);
        }
    }

    private static ByteBuffer randomBuffer(Random random, byte[] bytes, int from, int length) {
        int before = random.nextInt(20);
        int capacity = before + length + random.nextInt(20);
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
        buffer.position(before).put(bytes, from, length).flip().position(before);
        return random.nextBoolean() ? buffer.order(ByteOrder.LITTLE_ENDIAN) : buffer;
    }

    @Test
    @DisplayName("nothing around the input is touched")
    void surroundingsOfTheInputStayAsTheyAre() {
        byte[] frame = TestFrame.binary("0102030405060708090a0b").bytes();
        byte[] around = new byte[frame.length + 20];
        System.arraycopy(frame, 0, around, 10, frame.length);
        ByteBuffer in = ByteBuffer.wrap(around, 10, frame.length);
        DriverProbe probe = DriverProbe.server();
        probe.driver.receive(in);
        probe.expect("binary 0102030405060708090a0b").end();
        assertEquals(10 + frame.length, in.limit());
        for (int i = 0; i < 10; i++) {
            assertEquals(0, around[i]);
            assertEquals(0, around[around.length - 1 - i]);
        }
    }
}
