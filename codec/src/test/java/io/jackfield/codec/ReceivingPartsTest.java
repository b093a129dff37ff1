package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages that are handed on as they arrive. */
class ReceivingPartsTest {

    private static DriverProbe probe() {
        return inParts(DriverProbe.server());
    }

    private static DriverProbe inParts(DriverProbe probe) {
        probe.driver.receiveInParts(true);
        return probe;
    }

    private static TestFrame rawText(String hex) {
        return frame(1).payload(Bytes.hex(hex));
    }

    @Test
    @DisplayName("S-148 R-52 R-58: each frame is a part, empty ones only if they end the message")
    void eachFrameIsAPart() {
        probe().receive(text("abc"), binary("01"))
                .expect("part text 616263 last", "part binary 01 last")
                .receive(binary("").notFinal(), continuation("02").notFinal())
                .expect("part binary 02")
                .receive(continuation("").notFinal(), continuation(""))
                .expect("part binary  last")
                .receive(text(""))
                .expect("part text  last")
                .end();
    }

    @Test
    @DisplayName("S-148: a frame that arrives in pieces is a part for each, unmasked from where it was cut")
    void eachPieceIsAPart() {
        byte[] bytes = binary("0102030405060708090a0b").bytes();
        DriverProbe probe = probe();
        probe.receive(Arrays.copyOf(bytes, 6)).end();
        probe.receive(Arrays.copyOfRange(bytes, 6, 9)).expect("part binary 010203");
        probe.receive(Arrays.copyOfRange(bytes, 9, 16)).expect("part binary 0405060708090a");
        probe.receive(Arrays.copyOfRange(bytes, 16, bytes.length))
                .expect("part binary 0b last")
                .end();
        assertEquals(0, probe.memory.keptBytes(), "nothing was gathered");
    }

    @Test
    @DisplayName("S-96 R-53: control frames are handled between parts")
    void controlFramesBetweenParts() {
        probe().receive(text("Hel").notFinal(), ping("aa"))
                .expect("part text 48656c", "ping aa")
                .expectSent("8a 01 aa")
                .receive(continuation("6c6f"))
                .expect("part text 6c6f last")
                .end();
    }

    @Test
    @DisplayName("R-53 S-119: a close frame between parts closes; the last part never comes")
    void closeBetweenParts() {
        probe().receive(text("Hel").notFinal(), close("03e8"))
                .expect("part text 48656c")
                .expectSent("88 02 03e8")
                .expect("closing", "finished 1000 \"\" clean PEER sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-152 S-154 R-57: a character may be cut by parts; the first byte that is wrong fails")
    void textIsCheckedAsItComes() {
        DriverProbe probe = probe();
        probe.receive(rawText("61e2").notFinal())
                .expect("part text 61e2")
                .receive(continuation("82").notFinal())
                .expect("part text 82")
                .receive(continuation("ac"))
                .expect("part text ac last")
                .receive(rawText("61e2").notFinal())
                .expect("part text 61e2")
                .receive(continuation("28").notFinal())
                .expectFailure(1007, "Could not decode a text frame as UTF-8");
        probe().receive(rawText("c3")).expectFailure(1007, "Could not decode a text frame as UTF-8");
        probe().receive(rawText("c3").notFinal())
                .expect("part text c3")
                .receive(continuation(""))
                .expectFailure(1007, "Could not decode a text frame as UTF-8");
        probe().receive(binary("c3")).expect("part binary c3 last").end();
    }

    @Test
    @DisplayName("S-155 R-60: parts have a limit of their own, for the length and not for the fragments")
    void partsHaveALimitOfTheirOwn() {
        DriverConfig config = new DriverConfig(Role.SERVER, 4, 6, 2, true, () -> 0);
        DriverProbe probe = inParts(new DriverProbe(config, List.of(), new RecordingListener()));
        probe.receive(binary("0102030405"))
                .expect("part binary 0102030405 last")
                .receive(
                        binary("01").notFinal(),
                        continuation("02").notFinal(),
                        continuation("03").notFinal())
                .receive(continuation("040506").notFinal())
                .expect("part binary 01", "part binary 02", "part binary 03", "part binary 040506")
                .receive(continuation("").notFinal())
                .receive(continuation("07"))
                .expectFailure(1009, "WebSocket frame length too large");
        DriverProbe whole = new DriverProbe(config, List.of(), new RecordingListener());
        whole.receive(binary("0102030405")).expectFailure(1009, "WebSocket frame length too large");
        assertThrows(IllegalArgumentException.class, () -> new DriverConfig(Role.SERVER, 1, 0, 1, true));
    }

    @Test
    @DisplayName("R-60: the length of a frame is limited as soon as it is known, up to 2^63-1")
    void hugeFrames() {
        DriverConfig config = new DriverConfig(Role.SERVER, 4, Long.MAX_VALUE, 2, true, () -> 0);
        DriverProbe probe = inParts(new DriverProbe(config, List.of(), new RecordingListener()));
        probe.receive(binary("01").announcing(Long.MAX_VALUE - 1).notFinal().bytes())
                .expect("part binary 01")
                .end();
        probe = inParts(new DriverProbe(config, List.of(), new RecordingListener()));
        probe.receive(binary("0102").notFinal(), continuation("").announcing(Long.MAX_VALUE - 1))
                .expect("part binary 0102")
                .expectFailure(1009, "WebSocket frame length too large");
    }

    @Test
    @DisplayName("S-148: the change is made between two messages")
    void theChangeIsMadeBetweenMessages() {
        DriverProbe probe = DriverProbe.server();
        probe.receive(text("a").notFinal());
        probe.driver.receiveInParts(true);
        probe.receive(continuation("62").notFinal(), continuation("63"))
                .expect("text abc")
                .receive(text("d").notFinal())
                .expect("part text 64");
        probe.driver.receiveInParts(false);
        probe.receive(continuation("65"))
                .expect("part text 65 last")
                .receive(text("f").notFinal(), continuation("67"))
                .expect("text fg")
                .end();
    }

    @Test
    @DisplayName("S-148: the change may be made within the listener")
    void theChangeMayBeMadeInTheListener() {
        Driver[] driver = new Driver[1];
        DriverProbe probe = DriverProbe.server(new RecordingListener() {
            @Override
            public void onText(String text) {
                super.onText(text);
                driver[0].receiveInParts(true);
            }

            @Override
            public void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
                super.onPart(type, payload, isLast);
                driver[0].receiveInParts(false);
            }
        });
        driver[0] = probe.driver;
        probe.receive(
                        text("a"),
                        text("b").notFinal(),
                        continuation("63"),
                        text("d").notFinal(),
                        continuation("65"))
                .expect("text a", "part text 62", "part text 63 last", "text de")
                .receive(text("f"))
                .expect("part text 66 last")
                .end();
    }

    // -- holding ------------------------------------------------------------------------------------------------------

    private static int receiveSome(DriverProbe probe, TestFrame... frames) {
        int length = 0;
        for (TestFrame one : frames) {
            length += one.bytes().length;
        }
        ByteBuffer in = ByteBuffer.allocate(length);
        for (TestFrame one : frames) {
            in.put(one.bytes());
        }
        probe.driver.receive(in.flip());
        return in.remaining();
    }

    @Test
    @DisplayName("S-232: while held, control frames are handled up to the first byte of a message")
    void heldInputStandsInFrontOfAMessage() {
        for (boolean parts : new boolean[] {true, false}) {
            String kind = parts ? "part text 6162 last" : "text ab";
            DriverProbe probe = DriverProbe.server();
            probe.driver.receiveInParts(parts);
            probe.driver.hold(true);
            assertTrue(probe.driver.isHeld());
            assertEquals(2, receiveSome(probe, ping("01"), text("ab")));
            probe.expect("ping 01").expectSent("8a 01 01").end();
            probe.driver.hold(false);
            assertFalse(probe.driver.isHeld());
            // The header was taken; the payload is passed in again, masked as it came.
            byte[] bytes = text("ab").bytes();
            probe.receive(Arrays.copyOfRange(bytes, bytes.length - 2, bytes.length))
                    .expect(kind)
                    .end();
        }
    }

    @Test
    @DisplayName("S-232: an empty message is held too, and goes on without input")
    void anEmptyMessageIsHeld() {
        DriverProbe probe = probe();
        probe.driver.hold(true);
        assertEquals(0, receiveSome(probe, text("")));
        probe.end();
        probe.driver.hold(false);
        probe.receive("").expect("part text  last").end();
    }

    @Test
    @DisplayName("S-232: the listener may hold the input behind each part")
    void theListenerMayHold() {
        Driver[] driver = new Driver[1];
        DriverProbe probe = inParts(DriverProbe.server(new RecordingListener() {
            @Override
            public void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
                super.onPart(type, payload, isLast);
                driver[0].hold(true);
            }
        }));
        driver[0] = probe.driver;
        ByteBuffer in = ByteBuffer.allocate(40);
        in.put(text("a").notFinal().bytes())
                .put(continuation("62").bytes())
                .put(text("c").bytes())
                .flip();
        for (String part : List.of("part text 61", "part text 62 last", "part text 63 last")) {
            driver[0].hold(false);
            driver[0].receive(in);
            probe.expect(part).end();
        }
        assertFalse(in.hasRemaining());
    }

    @Test
    @DisplayName("S-232: a close of our own lets go of what is held: messages are skipped, the answer is read")
    void closingLetsGo() {
        DriverProbe probe = probe();
        probe.driver.hold(true);
        assertEquals(2, receiveSome(probe, text("ab")));
        probe.driver.close(1000, "");
        assertFalse(probe.driver.isHeld());
        probe.expectSent("88 02 03e8");
        probe.driver.hold(true);
        assertFalse(probe.driver.isHeld());
        probe.receive("0000").receive(close("03e8")).expect("finished 1000 \"\" clean LOCAL sent 1000");
        probe.end();
    }
}
