package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.CloseCode;
import io.jackfield.api.extension.ImmediateSession;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the outcome is one of those that are documented. */
class RandomInputTest {

    private static final Set<Integer> FAILURE_CODES = Set.of(1002, 1007, 1008, 1009);

    private static final byte[] CONVERSATION = Bytes.concat(
            TestFrame.text("Hello").bytes(),
            TestFrame.binary("0102030405").notFinal().bytes(),
            TestFrame.ping("01").bytes(),
            TestFrame.continuation("06").bytes(),
            TestFrame.frame(2).payload(new byte[200]).bytes(),
            TestFrame.text("ä€😀").rsv1().notFinal().bytes(),
            TestFrame.pong("").bytes(),
            TestFrame.continuation("c3a4").bytes(),
            TestFrame.close("03e8").bytes());

    @Test
    @DisplayName("R-59 R-69 R-72 A-5 A-12 A-14 A-23: random bytes, and good ones with errors, cut at random")
    void outcomesAreTheDocumentedOnes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = random.nextInt(4) == 0 ? randomBytes(random) : damaged(random);
            DriverProbe probe = random.nextBoolean()
                    ? DriverProbe.server(10_000, 5)
                    : DriverProbe.server(TestExtensions.rsv1("x", new ImmediateSession() {}));
            boolean isClosing = random.nextInt(8) == 0;
            if (isClosing) {
                probe.driver.close(1000, "");
            }
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(1 + random.nextInt(60), bytes.length - from);
                ByteBuffer piece = ByteBuffer.wrap(bytes, from, length);
                probe.driver.receive(piece);
                assertFalse(piece.hasRemaining());
                from += length;
            }
            if (random.nextBoolean()) {
                probe.driver.inputEnded();
                assertEquals(Driver.State.CLOSED, probe.driver.state());
            }
            try {
                checkEvents(List.copyOf(probe.listener.events), probe.driver.state());
                checkOutput(ByteBuffer.wrap(probe.output.take()), isClosing, probe.driver.state());
            } catch (AssertionError error) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + Bytes.hex(bytes), error);
            }
        }
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = CONVERSATION.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static void checkEvents(List<String> events, Driver.State state) {
        int finished = 0;
        int closing = 0;
        for (int i = 0; i < events.size(); i++) {
            String[] words = events.get(i).split(" ");
            switch (words[0]) {
                case "text", "binary" -> assertEquals(0, closing, "no message once it is closing");
                case "ping", "pong" -> assertEquals(0, finished);
                case "closing" -> closing++;
                case "error" -> {
                    assertEquals("closing", events.get(i - 1));
                    int code = Integer.parseInt(events.get(i + 1).split(" ")[1]);
                    assertTrue(FAILURE_CODES.contains(code), "fails with " + code);
                }
                case "finished" -> {
                    finished++;
                    assertEquals(events.size() - 1, i, "finished comes last");
                }
                default -> throw new AssertionError(events.get(i));
            }
        }
        assertTrue(closing <= 1);
        assertEquals(state == Driver.State.CLOSED ? 1 : 0, finished);
    }

    /** All that is sent are good frames: pongs, and at most one close frame. */
    private static void checkOutput(ByteBuffer sent, boolean isClosing, Driver.State state) {
        int closeFrames = 0;
        while (sent.hasRemaining()) {
            int b0 = sent.get() & 0xFF;
            int length = sent.get();
            assertTrue(length >= 0 && length <= 125, "unmasked and short");
            if (b0 == 0x88) {
                closeFrames++;
                if (length > 0) {
                    int code = sent.getShort(sent.position());
                    assertTrue(CloseCode.isLegalOnWire(code), "sends " + code);
                }
            } else {
                assertEquals(0x8A, b0);
                assertTrue(isClosing || closeFrames == 0, "no pong behind an answered close");
            }
            sent.position(sent.position() + length);
        }
        assertTrue(closeFrames <= 1, "never two close frames");
        if (isClosing) {
            assertEquals(1, closeFrames);
        }
        assertTrue(closeFrames == 0 || isClosing || state == Driver.State.CLOSED);
    }
}
