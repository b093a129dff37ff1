package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.close;
import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import io.jackfield.api.extension.StreamingSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Messages in parts with an extension that transforms them piece by piece. */
class StreamingSessionTest {

    /** Gives each byte so many times, with RSV1; counts what is begun and closed. */
    private static final class Repeating implements StreamingSession {

        final int times;
        int begun;
        int closed;
        boolean isClosed;

        Repeating(int times) {
            this.times = times;
        }

        @Override
        public PartTransformer incomingParts(MessageHeader header) {
            begun++;
            return header.rsv1() ? transformer(header, false) : PartTransformer.unchanged(header);
        }

        @Override
        public PartTransformer outgoingParts(MessageHeader header) {
            begun++;
            return transformer(header, true);
        }

        private PartTransformer transformer(MessageHeader header, boolean rsv1) {
            return new PartTransformer() {

                private int given;

                @Override
                public MessageHeader header() {
                    return new MessageHeader(header.type(), rsv1, false, false);
                }

                @Override
                public boolean transform(ByteBuffer piece, boolean isLast, ByteBuffer room) throws ExtensionException {
                    assertFalse(isClosed, "the session is closed");
                    while (piece.hasRemaining()) {
                        byte next = piece.get(piece.position());
                        if (next == 'x') {
                            throw ExtensionException.invalidPayload("x", null);
                        }
                        for (; given < times; given++) {
                            if (!room.hasRemaining()) {
                                return false;
                            }
                            room.put(next);
                        }
                        given = 0;
                        piece.get();
                    }
                    return true;
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static DriverProbe probe(Repeating session) {
        DriverProbe probe = DriverProbe.server(TestExtensions.rsv1("repeat", session));
        probe.driver.receiveInParts(true);
        return probe;
    }

    @Test
    @DisplayName("S-85 R-83: parts pass the extension as they arrive, with control frames between them")
    void partsPassTheExtension() {
        Repeating session = new Repeating(2);
        probe(session)
                .receive(text("ab").rsv1().notFinal(), ping("01"))
                .expect("part text 61616262", "ping 01")
                .expectSent("8a 01 01")
                .receive(continuation("").notFinal(), continuation("63"))
                .expect("part text 6363 last")
                .receive(binary("09"))
                .expect("part binary 09 last")
                .receive(binary("08").rsv1())
                .expect("part binary 0808 last")
                .end();
        assertEquals(3, session.begun);
        assertEquals(2, session.closed);
    }

    @Test
    @DisplayName(
            "S-85: what one piece becomes is held and goes on, however much it is, and the rest of the frame behind it")
    void muchIsMadeOfLittle() {
        Repeating session = new Repeating(100_000);
        Driver[] driver = new Driver[1];
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        int[] last = new int[2];
        RecordingListener listener = new RecordingListener() {
            @Override
            public void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
                assertTrue(payload.remaining() <= PartTransformation.ROOM);
                received.writeBytes(Bytes.copy(payload));
                last[0]++;
                last[1] += isLast ? 1 : 0;
                driver[0].hold(true);
            }
        };
        DriverProbe probe =
                new DriverProbe(DriverProbe.SERVER, List.of(TestExtensions.rsv1("repeat", session)), listener);
        driver[0] = probe.driver;
        probe.driver.receiveInParts(true);
        byte[] frames = Bytes.concat(
                binary("010203").rsv1().notFinal().bytes(),
                continuation("04").bytes(),
                ping("aa").bytes());
        for (int cut = 1; cut < frames.length; cut++) {
            received.reset();
            last[0] = 0;
            last[1] = 0;
            ByteBuffer in = ByteBuffer.wrap(frames.clone());
            int parts = -1;
            while (in.hasRemaining() || last[0] > parts || last[1] == 0) {
                parts = last[0];
                driver[0].hold(false);
                ByteBuffer some = in.duplicate().limit(Math.max(cut, in.position()));
                if (!some.hasRemaining()) {
                    some = in.duplicate();
                }
                driver[0].receive(some);
                in.position(some.position());
            }
            byte[] expected = new byte[400_000];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (byte) (1 + i / 100_000);
            }
            assertArrayEquals(expected, received.toByteArray());
            assertEquals(1, last[1]);
            assertTrue(last[0] >= 7, "parts: " + last[0]);
            driver[0].hold(false);
            probe.expect("ping aa").expectSent("8a 01 aa");
        }
        assertEquals(session.begun, session.closed);
    }

    @Test
    @DisplayName("R-60 R-88: the limit of parts holds behind the extension, before more is made")
    void theLimitHoldsBehindTheExtension() {
        DriverConfig config = new DriverConfig(Role.SERVER, 10, 200_000, 10, true, () -> 0);
        Repeating session = new Repeating(100_000);
        DriverProbe probe =
                new DriverProbe(config, List.of(TestExtensions.rsv1("repeat", session)), new RecordingListener());
        probe.driver.receiveInParts(true);
        probe.receive(binary("0102030405").rsv1());
        for (int parts = 0; parts < 3; parts++) {
            assertTrue(probe.listener.events.poll().startsWith("part binary"));
        }
        probe.expectFailure(1009, "WebSocket frame length too large");
        assertEquals(1, session.closed);
        assertTrue(session.isClosed);
    }

    @Test
    @DisplayName("S-190 S-131: a transformer that fails closes the connection with its code")
    void aFailingTransformer() {
        Repeating session = new Repeating(1);
        probe(session)
                .receive(text("ab").rsv1().notFinal(), continuation("78"))
                .expect("part text 6162")
                .expectFailure(1007, "repeat: x");
        assertEquals(1, session.closed);
    }

    @Test
    @DisplayName("S-152: text is checked behind the extension")
    void textIsCheckedBehindTheExtension() {
        probe(new Repeating(2))
                .receive(TestFrame.frame(1).payload(Bytes.hex("c3a9")).rsv1())
                .expectFailure(1007, "Could not decode a text frame as UTF-8");
    }

    @Test
    @DisplayName("S-106: a close within a message gives the transformer up, and what follows is skipped")
    void aCloseGivesUp() {
        for (boolean held : new boolean[] {false, true}) {
            Repeating session = new Repeating(100_000);
            Driver[] driver = new Driver[1];
            DriverProbe probe = new DriverProbe(
                    DriverProbe.SERVER, List.of(TestExtensions.rsv1("repeat", session)), new RecordingListener() {
                        @Override
                        public void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
                            if (held) {
                                driver[0].hold(true);
                            } else {
                                driver[0].close(1000, "");
                            }
                        }
                    });
            driver[0] = probe.driver;
            probe.driver.receiveInParts(true);
            byte[] frame = binary("0102030405").rsv1().notFinal().bytes();
            ByteBuffer in = ByteBuffer.wrap(frame, 0, frame.length - 2);
            driver[0].receive(in);
            if (held) {
                driver[0].close(1000, "");
            }
            probe.expectSent("88 02 03e8");
            assertEquals(1, session.closed);
            assertTrue(session.isClosed);
            driver[0].receive(ByteBuffer.wrap(frame, frame.length - 2, 2));
            probe.receive(continuation("06"), close("03e8"))
                    .expect("finished 1000 \"\" clean LOCAL sent 1000")
                    .end();
        }
    }

    @Test
    @DisplayName("S-85 R-52 R-82: what is made of parts is sent in frames, the bit on the first of them alone")
    void sendingThroughTheExtension() {
        Repeating session = new Repeating(2);
        DriverProbe probe = probe(session);
        Driver driver = probe.driver;
        driver.sendPart(ExtensionMessage.Type.TEXT, Bytes.buffer("6162"), false);
        driver.send(ExtensionMessage.Type.BINARY, Bytes.buffer("01"));
        driver.sendPart(ExtensionMessage.Type.TEXT, Bytes.buffer("63"), false);
        driver.sendPart(ExtensionMessage.Type.TEXT, Bytes.buffer(""), true);
        probe.expectSent("41 04 61616262 00 02 6363 80 00 82 01 01").end();
        assertEquals(1, session.closed);
        assertEquals(2, probe.output.takeMessages());
        driver.sendPart(ExtensionMessage.Type.BINARY, Bytes.buffer("61"), false);
        driver.sendPart(ExtensionMessage.Type.BINARY, Bytes.buffer("78"), false);
        probe.expectSent("42 02 6161 88 0b 03ef 7265706561743a2078")
                .expect("closing", "error repeat: x", "finished 1007 \"repeat: x\" unclean LOCAL sent 1007")
                .end();
        assertEquals(2, session.closed);
    }

    @Test
    @DisplayName("S-85: with an extension that takes messages whole, or with two, a message is one part each way")
    void othersTakeMessagesWhole() {
        DriverProbe whole = DriverProbe.server(TestExtensions.plain("mark", new TestExtensions.Appending("m")));
        DriverProbe two = DriverProbe.server(
                TestExtensions.plain("mark", new TestExtensions.Appending("m")),
                TestExtensions.rsv1("repeat", new Repeating(2)));
        for (DriverProbe probe : List.of(whole, two)) {
            probe.driver.receiveInParts(true);
            probe.receive(text("a").notFinal());
            probe.end();
            probe.receive(continuation("62")).expect("part text " + Bytes.hex(Bytes.utf8("ab<m")) + " last");
            probe.driver.sendPart(ExtensionMessage.Type.TEXT, Bytes.buffer("61"), false);
            probe.driver.sendText("c");
            assertEquals(2, probe.driver.waitingOutgoingBytes());
            probe.driver.sendPart(ExtensionMessage.Type.TEXT, Bytes.buffer("6263"), false);
            probe.driver.sendPart(ExtensionMessage.Type.TEXT, Bytes.buffer(""), true);
            probe.expectSent("81 05 6162633e6d 81 03 633e6d").end();
            probe.receive(TestFrame.frame(1).payload(Bytes.hex("c3")))
                    .expectFailure(1007, "Could not decode a text frame as UTF-8");
        }
    }
}
