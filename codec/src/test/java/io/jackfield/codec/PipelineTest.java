package io.jackfield.codec;

import static io.jackfield.codec.TestExtensions.extension;
import static io.jackfield.codec.TestExtensions.plain;
import static io.jackfield.codec.TestExtensions.rsv1;
import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ImmediateSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 9: extensions whose sessions answer at once. */
class PipelineTest {

    private static String sentText(String text) {
        return Bytes.hex(text(text).unmasked().bytes());
    }

    // -- order, bits and payload --------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-184: outgoing messages pass in the negotiated order, incoming ones in reverse")
    void orderOfSessions() {
        DriverProbe probe = DriverProbe.server(
                plain("a", new TestExtensions.Appending("a")), plain("b", new TestExtensions.Appending("b")));
        probe.receive(text("in")).expect("text in<b<a");
        probe.driver.sendText("out");
        probe.expectSent(sentText("out>a>b"));
        probe.driver.send(ExtensionMessage.Type.BINARY, Bytes.buffer("00"));
        probe.expectSent("82 05 00 3e613e62").end();
        assertEquals(2, probe.output.takeMessages());
    }

    @Test
    @DisplayName("S-184 S-148: whole messages, fragmented messages and partial frames all pass the sessions")
    void allWaysOfArrival() {
        byte[] bytes = Bytes.concat(
                text("whole").bytes(),
                text("frag").notFinal().bytes(),
                continuation("6d656e7473").bytes(),
                binary("0102").bytes(),
                text("").bytes());
        for (int cut = 0; cut <= bytes.length; cut++) {
            DriverProbe probe = DriverProbe.server(plain("a", new TestExtensions.Appending("!")));
            probe.driver.receive(ByteBuffer.wrap(bytes.clone(), 0, cut));
            probe.driver.receive(ByteBuffer.wrap(bytes.clone(), cut, bytes.length - cut));
            probe.expect("text whole<!", "text fragments<!", "binary 01023c21", "text <!")
                    .end();
        }
    }

    @Test
    @DisplayName("S-197 S-169: sessions see type and reserved bits of the first frame, and set those of the sent one")
    void reservedBits() {
        List<String> seen = new ArrayList<>();
        ImmediateSession session = new ImmediateSession() {
            @Override
            public ExtensionMessage incoming(ExtensionMessage message) {
                seen.add(message.type() + " " + message.rsv1() + " " + message.rsv2() + " " + message.rsv3());
                return message.withRsv1(false).withRsv2(false).withRsv3(false);
            }

            @Override
            public ExtensionMessage outgoing(ExtensionMessage message) {
                return message.type() == ExtensionMessage.Type.TEXT
                        ? message.withRsv1(true)
                        : message.withRsv2(true).withRsv3(true);
            }
        };
        DriverProbe probe = DriverProbe.server(extension("all", true, true, true, session));
        probe.receive(text("a").rsv1(), binary("01").rsv2(), text("b").rsv3().notFinal(), continuation("63"))
                .receive(text("d"))
                .expect("text a", "binary 01", "text bc", "text d");
        assertEquals(
                List.of(
                        "TEXT true false false",
                        "BINARY false true false",
                        "TEXT false false true",
                        "TEXT false false false"),
                seen);
        probe.driver.sendText("a");
        probe.driver.send(ExtensionMessage.Type.BINARY, Bytes.buffer("01"));
        probe.expectSent("c1 01 61 b2 01 01").end();
    }

    @Test
    @DisplayName("S-169 S-136: a bit that no active extension claims fails")
    void onlyClaimedBitsAreValid() {
        DriverProbe.server(rsv1("a", new ImmediateSession() {}))
                .receive(text("a").rsv1().rsv2())
                .expectFailure(1002, "One or more reserved bits are on: reserved1 = 1, reserved2 = 1, reserved3 = 0");
    }

    @Test
    @DisplayName("S-137 S-169 R-82: a claimed bit is valid on the first frame of a message only")
    void claimedBitOnOtherFrames() {
        String message = "One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0";
        for (int control : new int[] {8, 9, 10}) {
            DriverProbe.server(rsv1("a", new ImmediateSession() {}))
                    .receive(frame(control).rsv1())
                    .expectFailure(1002, message);
        }
        DriverProbe.server(rsv1("a", new ImmediateSession() {}))
                .receive(text("a").rsv1().notFinal(), continuation("62").rsv1())
                .expectFailure(1002, message);
    }

    @Test
    @DisplayName("a session that sets a bit that nobody claims fails the connection instead of confusing the peer")
    void unclaimedBitIsNotSent() {
        DriverProbe probe = DriverProbe.server(plain("a", new ImmediateSession() {
            @Override
            public ExtensionMessage outgoing(ExtensionMessage message) {
                return message.withRsv1(true);
            }
        }));
        probe.driver.sendText("a");
        probe.expectSent(Bytes.hex(close("03f3" + Bytes.hex(Bytes.utf8("internal error")))
                .unmasked()
                .bytes()));
        probe.expect(
                "closing",
                "error An extension set a reserved bit that it does not claim",
                "finished 1011 \"internal error\" unclean LOCAL sent 1011");
        probe.end();
    }

    @Test
    @DisplayName("S-97: control frames do not pass the sessions")
    void controlFramesBypassSessions() {
        DriverProbe probe = DriverProbe.server(plain("a", new TestExtensions.Appending("a")));
        probe.receive(ping("01")).expect("ping 01").expectSent("8a 01 01");
        probe.driver.ping(Bytes.buffer("02"));
        probe.expectSent("89 01 02").end();
    }

    @Test
    @DisplayName("S-87: a session that moves positions does not move those of the caller or the input")
    void sessionsMovePositions() {
        DriverProbe probe = DriverProbe.server(plain("skips the first byte", new ImmediateSession() {
            @Override
            public ExtensionMessage incoming(ExtensionMessage message) {
                message.payload().get();
                return message;
            }

            @Override
            public ExtensionMessage outgoing(ExtensionMessage message) {
                message.payload().get();
                return message;
            }
        }));
        probe.receive(Bytes.concat(binary("0102").bytes(), binary("0304").bytes()))
                .expect("binary 02", "binary 04");
        ByteBuffer payload = Bytes.buffer("00050607").position(1);
        probe.driver.send(ExtensionMessage.Type.BINARY, payload);
        assertEquals(1, payload.position());
        probe.driver.sendText("xyz");
        probe.expectSent("82 02 0607 81 02 797a").end();
    }

    @Test
    @DisplayName("a payload that may not be written into is copied for the listener, which may write")
    void readOnlyResults() {
        DriverProbe probe = new DriverProbe(
                DriverProbe.SERVER,
                List.of(plain("a", new ImmediateSession() {
                    @Override
                    public ExtensionMessage incoming(ExtensionMessage message) {
                        return message.withPayload(message.payload().asReadOnlyBuffer());
                    }
                })),
                new RecordingListener() {
                    @Override
                    public void onBinary(ByteBuffer payload) {
                        payload.put(payload.position(), (byte) 0xFF);
                        super.onBinary(payload);
                    }
                });
        probe.receive(binary("0102"), text("read-only ä"))
                .expect("binary ff02", "text read-only ä")
                .end();
    }

    // -- text and limits behind the sessions --------------------------------------------------------------------------

    @Test
    @DisplayName("R-89 S-152: text is validated behind the sessions")
    void textIsValidatedBehindTheSessions() {
        DriverProbe.server(rsv1("flip", new ImmediateSession() {
                    @Override
                    public ExtensionMessage incoming(ExtensionMessage message) {
                        byte[] flipped = Bytes.copy(message.payload());
                        for (int i = 0; i < flipped.length; i++) {
                            flipped[i] ^= (byte) 0x80;
                        }
                        return message.withPayload(ByteBuffer.wrap(flipped)).withRsv1(false);
                    }
                }))
                .receive(frame(1).rsv1().payload(Bytes.hex("c8e9")))
                .receive(frame(1).rsv1().notFinal().payload(Bytes.hex("c8")), continuation("e9"))
                .expect("text Hi", "text Hi")
                .receive(text("Hi").rsv1())
                .expectFailure(1007, "Could not decode a text frame as UTF-8");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("R-89: text behind the sessions may lie in any kind of buffer")
    void textInDirectAndHeapBuffers(boolean direct) {
        DriverProbe.server(plain("moves", new ImmediateSession() {
                    @Override
                    public ExtensionMessage incoming(ExtensionMessage message) {
                        ByteBuffer moved = direct ? ByteBuffer.allocateDirect(100) : ByteBuffer.allocate(100);
                        moved.position(7).put(message.payload()).flip().position(7);
                        return message.withPayload(direct ? moved : moved.slice());
                    }
                }))
                .receive(text("ä and €"), text(""))
                .expect("text ä and €", "text ")
                .end();
    }

    @Test
    @DisplayName("S-159 S-160 (decision 1) R-60 R-72: a message that is too large behind the sessions fails with 1009")
    void limitBehindTheSessions() {
        DriverConfig small = new DriverConfig(Role.SERVER, 4, 10, true, () -> 0);
        new DriverProbe(small, List.of(plain("a", new TestExtensions.Appending("a"))), new RecordingListener())
                .receive(text("ab"))
                .expect("text ab<a")
                .receive(text("abc"))
                .expectFailure(1009, "WebSocket frame length too large");
    }

    // -- failures -----------------------------------------------------------------------------------------------------

    /** Fails in both directions with what a test gives it. */
    private static final class Failing implements ImmediateSession {

        private final Throwable thrown;
        int closed;

        Failing(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public ExtensionMessage incoming(ExtensionMessage message) throws ExtensionException {
            return fail();
        }

        @Override
        public ExtensionMessage outgoing(ExtensionMessage message) throws ExtensionException {
            return fail();
        }

        private ExtensionMessage fail() throws ExtensionException {
            if (thrown instanceof ExtensionException exception) {
                throw exception;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
            return null;
        }

        @Override
        public void close() {
            closed++;
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }

    @Test
    @DisplayName("S-189 S-190 (decision 4): an ExtensionException names the close code; sessions behind are not called")
    void extensionException() {
        Failing failing = new Failing(new ExtensionException(1003, "too blue", null));
        TestExtensions.Appending untouched = new TestExtensions.Appending("never") {
            @Override
            public ExtensionMessage incoming(ExtensionMessage message) {
                throw new AssertionError("called behind a failure");
            }
        };
        DriverProbe probe = DriverProbe.server(plain("last", untouched), plain("first", failing));
        probe.receive(Bytes.concat(text("a").bytes(), text("b").bytes())).expectFailure(1003, "first: too blue");
        assertEquals(1, failing.closed);
        assertEquals(1, untouched.closed);
    }

    @Test
    @DisplayName("S-130 S-189 (decision 4): an outgoing failure fails the connection too")
    void outgoingFailure() {
        DriverProbe probe =
                DriverProbe.server(plain("x", new Failing(ExtensionException.invalidPayload("no way", null))));
        assertTrue(probe.driver.sendText("a"));
        probe.expectFailure(1007, "x: no way");
        assertEquals(0, probe.output.takeMessages());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1005, 1006, 1015, 5000})
    @DisplayName("S-133 S-190: an illegal close code in an ExtensionException becomes 1011")
    void illegalCodeOfAnException(int code) {
        DriverProbe.server(plain("x", new Failing(new ExtensionException(code, "odd", null))))
                .receive(text("a"))
                .expectFailure(1011, "x: odd");
    }

    private static void expectInternalError(DriverProbe probe, String error) {
        probe.expectSent(Bytes.hex(close("03f3" + Bytes.hex(Bytes.utf8("x: internal error")))
                .unmasked()
                .bytes()));
        probe.expect("closing", "error x: " + error, "finished 1011 \"x: internal error\" unclean LOCAL sent 1011");
    }

    @Test
    @DisplayName("S-187 S-190: anything else that is thrown is 1011, without details for the peer")
    void otherExceptions() {
        DriverProbe probe = DriverProbe.server(plain("x", new Failing(new IllegalStateException("secret"))));
        probe.receive(text("a"));
        probe.expect("exception x java.lang.IllegalStateException: secret");
        probe.expectSent("8813 03f3 783a20696e7465726e616c206572726f72");
        probe.expect("closing", "error x: java.lang.IllegalStateException: secret");
        probe.expect("finished 1011 \"x: internal error\" unclean LOCAL sent 1011");
        probe.expect("exception x java.lang.IllegalStateException: secret").end(); // from close()

        DriverProbe withError = DriverProbe.server(plain("x", new Failing(new StackOverflowError())));
        withError.driver.sendText("a");
        withError.expect("exception x java.lang.StackOverflowError");
        expectInternalError(withError, "java.lang.StackOverflowError");
        withError.end();
    }

    @Test
    @DisplayName("S-190: no result is 1011")
    void noResult() {
        DriverProbe probe = DriverProbe.server(plain("x", new Failing(null)));
        probe.receive(text("a"));
        expectInternalError(probe, "the session answered with no message");
        probe.end();
    }

    // -- closing ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-191 S-192: every session is closed exactly once, whatever ends the connection")
    void sessionsAreClosedOnce() {
        List<Consumer<DriverProbe>> endings = List.of(
                probe -> probe.receive(close("03e8")),
                probe -> {
                    probe.driver.close(1000, "");
                    probe.receive(close("03e8"));
                },
                probe -> {
                    probe.driver.close(1000, "");
                    probe.driver.abort(null);
                },
                probe -> probe.driver.inputEnded(),
                probe -> probe.driver.abort("reset"),
                probe -> probe.driver.fail(1001, "away"),
                probe -> probe.receive(frame(3)));
        for (Consumer<DriverProbe> ending : endings) {
            TestExtensions.Appending first = new TestExtensions.Appending("1");
            TestExtensions.Appending second = new TestExtensions.Appending("2");
            DriverProbe probe = DriverProbe.server(plain("1", first), plain("2", second));
            probe.receive(text("a"));
            probe.driver.sendText("b");
            ending.accept(probe);
            assertEquals(Driver.State.CLOSED, probe.driver.state());
            assertEquals(1, first.closed);
            assertEquals(1, second.closed);
        }
    }

    @Test
    @DisplayName("S-192: a session is not closed while the listener looks at what it made")
    void sessionIsNotClosedDuringDelivery() {
        TestExtensions.Appending session = new TestExtensions.Appending("a");
        DriverProbe[] probe = new DriverProbe[1];
        int[] closedDuringDelivery = {-1};
        probe[0] = new DriverProbe(DriverProbe.SERVER, List.of(plain("a", session)), new RecordingListener() {
            @Override
            public void onText(String text) {
                probe[0].driver.abort(null);
                closedDuringDelivery[0] = session.closed;
            }
        });
        probe[0].receive(text("x"));
        assertEquals(0, closedDuringDelivery[0]);
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-76 S-192: a listener that throws neither loses input nor keeps sessions open")
    void throwingListener() {
        TestExtensions.Appending session = new TestExtensions.Appending("a");
        DriverProbe[] probe = new DriverProbe[1];
        probe[0] = new DriverProbe(DriverProbe.SERVER, List.of(plain("a", session)), new RecordingListener() {
            @Override
            public void onText(String text) {
                super.onText(text);
                probe[0].driver.close(1000, "");
                throw new IllegalStateException();
            }
        });
        ByteBuffer in =
                ByteBuffer.wrap(Bytes.concat(text("x").bytes(), close("").bytes()));
        assertThrows(IllegalStateException.class, () -> probe[0].driver.receive(in));
        assertEquals(1, session.closed);
        probe[0].driver.receive(in);
        probe[0].expect("text x<a", "finished 1005 \"\" clean LOCAL sent 1000")
                .expectSent("880203e8")
                .end();
    }
}
