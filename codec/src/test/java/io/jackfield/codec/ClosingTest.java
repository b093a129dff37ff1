package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.pong;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 sections 5.5.1 and 7, without extensions. */
class ClosingTest {

    private static String hexCode(int code) {
        return String.format("%04x", code);
    }

    private static String hexText(String text) {
        return Bytes.hex(Bytes.utf8(text));
    }

    // -- the peer closes ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-119 S-59 S-71 R-63 R-64 R-66: code and reason are reported and echoed, then it is over")
    void peerCloses() {
        DriverProbe probe = DriverProbe.server()
                .receive(close("03e9" + hexText("bye")))
                .expectSent("88 05 03e9 627965")
                .expect("closing", "finished 1001 \"bye\" clean PEER sent 1001");
        probe.end();
        assertEquals(Driver.State.CLOSED, probe.driver.state());
    }

    @Test
    @DisplayName("S-121 (decision 2) S-133: an empty close frame means 1005 and is answered with an empty one")
    void emptyCloseFrame() {
        DriverProbe.server()
                .receive(close(""))
                .expectSent("88 00")
                .expect("closing", "finished 1005 \"\" clean PEER sent 1005")
                .end();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    @DisplayName("S-120 S-124 R-71: legal codes")
    void legalCodes(int code) {
        DriverProbe.server()
                .receive(close(hexCode(code)))
                .expectSent("88 02" + hexCode(code))
                .expect("closing", "finished " + code + " \"\" clean PEER sent " + code)
                .end();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    @DisplayName("S-123 S-127 R-70 R-71: illegal codes become 1002 with the reason kept, and no error")
    void illegalCodes(int code) {
        DriverProbe.server()
                .receive(close(hexCode(code) + hexText("why")))
                .expectSent("88 05 03ea" + hexText("why"))
                .expect("closing", "finished 1002 \"why\" unclean PEER sent 1002")
                .end();
    }

    @Test
    @DisplayName("S-122 S-127 R-63: one byte is no code: 1002 and no error")
    void oneByteOfPayload() {
        DriverProbe.server()
                .receive(close("03"))
                .expectSent("88 02 03ea")
                .expect("closing", "finished 1002 \"\" unclean PEER sent 1002")
                .end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "61e282"})
    @DisplayName("S-125 S-126 S-127 R-73: a reason that is not UTF-8 becomes 1007 without a reason, and no error")
    void reasonThatIsNotUtf8(String reason) {
        DriverProbe.server()
                .receive(close("03e8" + reason))
                .expectSent("88 02 03ef")
                .expect("closing", "finished 1007 \"\" unclean PEER sent 1007")
                .end();
    }

    @Test
    @DisplayName("S-119: the longest reason")
    void longestReason() {
        String reason = "é".repeat(61) + "x";
        DriverProbe.server()
                .receive(close("03e8" + hexText(reason)))
                .expectSent("88 7d 03e8" + hexText(reason))
                .expect("closing", "finished 1000 \"" + reason + "\" clean PEER sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-151 R-68: what follows a close frame is ignored")
    void inputBehindACloseFrameIsIgnored() {
        DriverProbe.server()
                .receive(Bytes.concat(close("03e8").bytes(), text("late").bytes(), ping("").bytes()))
                .receive(close("03e9"))
                .receive("ff ff ff")
                .expectSent("88 02 03e8")
                .expect("closing", "finished 1000 \"\" clean PEER sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-74 S-194: a message right before a close frame is delivered before it")
    void messageBeforeACloseFrame() {
        DriverProbe.server()
                .receive(Bytes.concat(text("last").bytes(), close("03e8").bytes()))
                .expectSent("88 02 03e8")
                .expect("text last", "closing", "finished 1000 \"\" clean PEER sent 1000")
                .end();
    }

    // -- this end closes ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-106 S-107 S-115 S-116 S-118 S-227 S-229: after our close the peer's code and reason are reported")
    void closeIsAnswered() {
        DriverProbe probe = DriverProbe.server();
        assertTrue(probe.driver.close(3001, "done"));
        assertEquals(Driver.State.CLOSING, probe.driver.state());
        probe.expectSent("88 06 0bb9 646f6e65").end();
        probe.receive(close("03e8" + hexText("ok")))
                .expect("finished 1000 \"ok\" clean LOCAL sent 3001")
                .end();
        assertEquals(Driver.State.CLOSED, probe.driver.state());
    }

    @Test
    @DisplayName("S-115 (decision 2): an empty answer means 1005")
    void closeIsAnsweredWithAnEmptyFrame() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1000, "");
        probe.expectSent("88 02 03e8");
        probe.receive(close(""))
                .expect("finished 1005 \"\" clean LOCAL sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-133: a close without a code is an empty frame")
    void closeWithoutACode() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1005, "");
        probe.expectSent("88 00");
        probe.receive(close("03e8"))
                .expect("finished 1000 \"\" clean LOCAL sent 1005")
                .end();
    }

    @Test
    @DisplayName("S-123: an invalid close frame as the answer is neither clean nor answered")
    void closeIsAnsweredWithAnInvalidFrame() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1000, "");
        probe.expectSent("88 02 03e8");
        probe.receive(close("03ed"))
                .expect("finished 1002 \"\" unclean LOCAL sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-109: closing again has no effect, but the arguments are checked")
    void closingAgainHasNoEffect() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1000, "");
        probe.expectSent("88 02 03e8");
        assertFalse(probe.driver.close(3000, "again"));
        assertThrows(IllegalArgumentException.class, () -> probe.driver.close(999, ""));
        probe.driver.fail(1011, "too late");
        probe.end();
        probe.receive(close("03e8")).expect("finished 1000 \"\" clean LOCAL sent 1000");
        assertFalse(probe.driver.close(1000, ""));
        assertThrows(IllegalArgumentException.class, () -> probe.driver.close(1006, ""));
        probe.driver.fail(1011, "too late");
        probe.driver.abort("too late");
        probe.driver.inputEnded();
        probe.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1004, 1006, 1015, 1016, 2999, 5000, 66536})
    @DisplayName("S-133 R-70: illegal codes are refused at the call")
    void illegalCodesAreNotSent(int code) {
        DriverProbe probe = DriverProbe.server();
        assertThrows(IllegalArgumentException.class, () -> probe.driver.close(code, ""));
        assertThrows(IllegalArgumentException.class, () -> probe.driver.fail(code, ""));
        assertEquals(Driver.State.OPEN, probe.driver.state());
        probe.end();
    }

    @Test
    @DisplayName("S-117 (decision 6) A-22: a reason of more than 123 bytes, or without a code, is refused")
    void longReasonsAreRefused() {
        DriverProbe probe = DriverProbe.server();
        assertThrows(IllegalArgumentException.class, () -> probe.driver.close(1000, "é".repeat(62)));
        assertThrows(IllegalArgumentException.class, () -> probe.driver.close(1005, "why"));
        assertEquals(Driver.State.OPEN, probe.driver.state());
        String longest = "é".repeat(61) + "x";
        assertTrue(probe.driver.close(1000, longest));
        probe.expectSent("88 7d 03e8" + hexText(longest)).end();
    }

    @Test
    @DisplayName("S-111 S-77 S-228 R-65: nothing is sent after close")
    void nothingIsSentAfterClose() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1000, "");
        probe.expectSent("88 02 03e8");
        assertFalse(probe.driver.sendText("late"));
        assertFalse(probe.driver.send(ExtensionMessage.Type.BINARY, Bytes.buffer("01")));
        probe.end();
    }

    @Test
    @DisplayName("S-112 S-74: while CLOSING messages are not delivered, pings are answered")
    void inputWhileClosing() {
        DriverProbe probe = DriverProbe.server().receive(text("begun, ").notFinal());
        probe.driver.close(1000, "");
        probe.expectSent("88 02 03e8");
        probe.receive(ping("01"))
                .expect("ping 01")
                .expectSent("8a 01 01")
                .receive(
                        TestFrame.continuation("61"), text("late"), binary("02").notFinal())
                .receive(pong("03"))
                .expect("pong 03")
                .receive(TestFrame.continuation("04"));
        assertEquals(256, probe.memory.keptBytes(), "the unfinished message is not kept");
        probe.receive(close("03e8"))
                .expect("finished 1000 \"\" clean LOCAL sent 1000")
                .end();
    }

    @Test
    @DisplayName("R-75: behind the end nothing is read, and nothing is sent")
    void behindTheEnd() {
        DriverProbe probe = DriverProbe.server();
        probe.receive(text("unfinished").notFinal());
        probe.driver.abort("Network error");
        probe.expect("closing", "error Network error", "finished 1006 \"\" unclean NETWORK");
        probe.receive(ping("01"), TestFrame.continuation("02"), text("late"), close("03e8"));
        PreparedMessage prepared = PreparedMessage.text("late");
        assertFalse(probe.driver.sendText("late"));
        assertFalse(probe.driver.send(prepared));
        assertFalse(probe.driver.send(ExtensionMessage.Type.BINARY, ByteBuffer.allocate(1)));
        probe.end();
        assertTrue(DriverProbe.server().driver.sendText("in time"));
        assertTrue(DriverProbe.server().driver.send(prepared));
    }

    @Test
    @DisplayName("S-113 S-114 S-69 (decision 5): a violation while CLOSING ends it at once, silently")
    void violationWhileClosing() {
        TestFrame[][] violations = {
            {frame(3)},
            {text("a").rsv1()},
            {text("a").unmasked()},
            {frame(2).announcing(1L << 40)},
            {frame(2).notFinal().payload(new byte[1000]), frame(0).announcing((1 << 20) - 999)},
        };
        for (TestFrame[] violation : violations) {
            DriverProbe probe = DriverProbe.server();
            probe.driver.close(1000, "");
            probe.expectSent("88 02 03e8");
            probe.receive(violation)
                    .expect("finished 1006 \"\" unclean LOCAL sent 1000")
                    .end();
        }
    }

    @Test
    @DisplayName("S-110 S-135 S-116 R-74: time is up while CLOSING: 1006")
    void abortWhileClosing() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(3000, "mine");
        probe.output.take();
        probe.driver.abort("not reported");
        probe.expect("finished 1006 \"\" unclean LOCAL sent 3000").end();
    }

    // -- the transport ends -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-128 R-75: the end of the input without a close frame: 1006, no error, nothing sent")
    void inputEnds() {
        DriverProbe probe = DriverProbe.server().receive(text("unfinished").notFinal());
        probe.driver.inputEnded();
        probe.expect("closing", "finished 1006 \"\" unclean NETWORK").end();
        probe.driver.inputEnded();
        probe.driver.abort("again");
        probe.receive(text("late")).end();
        assertEquals(256, probe.memory.keptBytes());
    }

    @Test
    @DisplayName("S-128: the end of the input while CLOSING: 1006")
    void inputEndsWhileClosing() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1000, "");
        probe.expectSent("88 02 03e8");
        probe.driver.inputEnded();
        probe.expect("finished 1006 \"\" unclean LOCAL sent 1000").end();
    }

    @Test
    @DisplayName("S-129: a transport error while OPEN is reported before the end")
    void transportFails() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.abort("Network error: ws://h/: reset");
        probe.expect("closing", "error Network error: ws://h/: reset", "finished 1006 \"\" unclean NETWORK")
                .end();
    }

    @Test
    @DisplayName("S-101: an abort without an error is silent")
    void abortWithoutError() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.abort(null);
        probe.expect("closing", "finished 1006 \"\" unclean NETWORK").end();
    }

    // -- the connection fails -----------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-130 S-69 S-151 R-69: close frame, error, end; the input behind it is ignored")
    void failure() {
        DriverProbe probe = DriverProbe.server()
                .receive(Bytes.concat(
                        text("a").bytes(),
                        frame(5).bytes(),
                        text("b").bytes(),
                        close("").bytes()))
                .receive(text("c"))
                .expect("text a");
        probe.expectFailure(1002, "Unrecognized frame opcode: 5");
        assertEquals(Driver.State.CLOSED, probe.driver.state());
    }

    @Test
    @DisplayName("S-130: the close frame leaves before the error is reported, and that before the end")
    void orderOfAFailure() {
        StringBuilder order = new StringBuilder();
        DriverProbe[] probe = new DriverProbe[1];
        probe[0] = DriverProbe.server(new RecordingListener() {
            @Override
            public void onClosing() {
                order.append("closing ").append(probe[0].driver.state()).append(", ");
            }

            @Override
            public void onError(String message) {
                order.append(Bytes.hex(probe[0].output.take()), 0, 2)
                        .append(", error ")
                        .append(probe[0].driver.state())
                        .append(", ");
            }

            @Override
            public void onFinished(CloseStatus status) {
                order.append("finished ").append(probe[0].driver.state());
            }
        });
        probe[0].driver.fail(1011, "broken");
        assertEquals("closing CLOSING, 88, error CLOSING, finished CLOSED", order.toString());
    }

    @Test
    @DisplayName("S-130: the owner can fail the connection")
    void failFromOutside() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.fail(1008, "not allowed");
        probe.expectFailure(1008, "not allowed");
    }

    @Test
    @DisplayName(
            "S-130 R-54: a long reason is cut between characters in the close frame, and whole for the application")
    void longReasonOfAFailureIsCut() {
        String reason = "x" + "€".repeat(41);
        DriverProbe probe = DriverProbe.server();
        probe.driver.fail(1011, reason);
        probe.expectSent("88 7b 03f3" + hexText("x" + "€".repeat(40)));
        probe.expect("closing", "error " + reason, "finished 1011 \"" + reason + "\" unclean LOCAL sent 1011")
                .end();
    }

    @Test
    @DisplayName("A-22: an unpaired surrogate in a reason is sent as U+FFFD")
    void unpairedSurrogateInAReason() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.close(1000, "a\uD800");
        probe.expectSent("88 06 03e8 61 efbfbd").end();
    }

    // -- calls from within callbacks ----------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "S-74 S-112: after a close in a callback the rest of the input is skipped up to the peer's close frame")
    void closeFromACallback() {
        DriverProbe[] probe = new DriverProbe[1];
        probe[0] = DriverProbe.server(new RecordingListener() {
            @Override
            public void onText(String text) {
                super.onText(text);
                probe[0].driver.close(1000, "");
            }
        });
        probe[0].receive(Bytes.concat(
                        text("a").bytes(),
                        text("b").bytes(),
                        binary("0102").bytes(),
                        ping("09").bytes(),
                        close("03e8").bytes(),
                        text("c").bytes()))
                .expectSent("88 02 03e8 8a 01 09")
                .expect("text a", "ping 09", "finished 1000 \"\" clean LOCAL sent 1000")
                .end();
    }

    @Test
    @DisplayName("S-151: after a failure in a callback the rest of the input is ignored")
    void failFromACallback() {
        DriverProbe[] probe = new DriverProbe[1];
        probe[0] = DriverProbe.server(new RecordingListener() {
            @Override
            public void onBinary(ByteBuffer payload) {
                super.onBinary(payload);
                probe[0].driver.fail(1003, "no binary");
            }
        });
        probe[0].receive(Bytes.concat(
                        binary("01").bytes(), text("b").bytes(), ping("09").bytes()))
                .expect("binary 01")
                .expectFailure(1003, "no binary");
    }

    @Test
    @DisplayName("S-71: an abort in any callback finishes once")
    void abortFromEveryCallback() {
        for (String where : new String[] {"text", "ping", "closing", "error"}) {
            DriverProbe[] probe = new DriverProbe[1];
            RecordingListener aborting = new RecordingListener() {
                private void at(String callback) {
                    if (callback.equals(where)) {
                        probe[0].driver.abort(null);
                        probe[0].driver.inputEnded();
                    }
                }

                @Override
                public void onText(String text) {
                    at("text");
                }

                @Override
                public void onPing(ByteBuffer payload) {
                    at("ping");
                }

                @Override
                public void onClosing() {
                    at("closing");
                }

                @Override
                public void onError(String message) {
                    at("error");
                }
            };
            probe[0] = DriverProbe.server(aborting);
            probe[0].receive(Bytes.concat(text("a").bytes(), ping("").bytes(), frame(3).bytes()));
            assertEquals(1, aborting.events.size(), "finished once: " + where);
            assertEquals(Driver.State.CLOSED, probe[0].driver.state());
        }
    }

    @Test
    @DisplayName("S-76: a listener that throws loses no input: the rest can be passed in again")
    void throwingListener() {
        DriverProbe probe = DriverProbe.server(new RecordingListener() {
            @Override
            public void onText(String text) {
                super.onText(text);
                throw new IllegalStateException(text);
            }

            @Override
            public void onBinary(ByteBuffer payload) {
                super.onBinary(payload);
                payload.clear();
                throw new IllegalStateException();
            }

            @Override
            public void onPing(ByteBuffer payload) {
                super.onPing(payload);
                payload.position(payload.limit());
                throw new IllegalStateException();
            }
        });
        byte[] bytes = Bytes.concat(
                text("a").bytes(),
                binary("0102").bytes(),
                ping("03").bytes(),
                text("frag").notFinal().bytes(),
                TestFrame.continuation("6d").bytes(),
                binary("04").notFinal().bytes(),
                TestFrame.continuation("05").bytes(),
                close("").bytes());
        ByteBuffer in = ByteBuffer.wrap(Bytes.concat(new byte[3], bytes, new byte[3]), 3, bytes.length);
        for (int thrown = 0; thrown < 5; thrown++) {
            assertThrows(IllegalStateException.class, () -> probe.driver.receive(in));
        }
        probe.driver.receive(in);
        assertEquals(3 + bytes.length, in.position());
        assertEquals(3 + bytes.length, in.limit());
        probe.expect("text a", "binary 0102", "ping 03", "text fragm", "binary 0405")
                .expect("closing", "finished 1005 \"\" clean PEER sent 1005")
                .expectSent("8a0103 8800")
                .end();
    }
}
