package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jackfield.api.Option;
import io.jackfield.api.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that no client may send, and frames that are hard to read, against a running server (RFC 6455 section 5). */
class FramesIT {

    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_FRAGMENTS = 1_000;
    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(Options.builder()
                .maxLength(MAX_LENGTH)
                .maxFragments(MAX_FRAGMENTS)
                .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> badFrames() {
        WireFrame text = WireFrame.text("text");
        return Stream.of(
                Arguments.of("R-45 A-25 an unmasked frame", 1002, text.unmasked()),
                Arguments.of(
                        "R-45 an unmasked control frame",
                        1002,
                        WireFrame.ping("ping").unmasked()),
                Arguments.of("R-47 A-46 RSV1 that nobody negotiated", 1002, b0(text, 0xc1)),
                Arguments.of("R-47 A-24 RSV2", 1002, b0(text, 0xa1)),
                Arguments.of("R-47 RSV3", 1002, b0(text, 0x91)),
                Arguments.of("R-48 A-23 opcode 3", 1002, b0(text, 0x83)),
                Arguments.of("R-48 opcode 11", 1002, b0(text, 0x8b)),
                Arguments.of(
                        "R-49 A-1 A-2 S-147 a length with the top bit",
                        1002,
                        WireFrame.announcing(0x82, Long.MIN_VALUE)),
                Arguments.of("R-59 A-3 A-9 A-10 the largest length", 1009, WireFrame.announcing(0x82, Long.MAX_VALUE)),
                Arguments.of("R-59 A-10 2 GiB announced", 1009, WireFrame.announcing(0x82, Integer.MAX_VALUE)),
                Arguments.of("R-59 4 GiB and a byte announced", 1009, WireFrame.announcing(0x82, 0x1_0000_0001L)),
                Arguments.of(
                        "R-60 A-11 one byte more than the limit", 1009, WireFrame.announcing(0x81, MAX_LENGTH + 1)),
                Arguments.of("R-52 a continuation of nothing", 1002, b0(text, 0x80)),
                Arguments.of("R-52 a message inside a message", 1002, join(b0(text, 0x01), text.masked())),
                Arguments.of("R-53 a control frame in fragments", 1002, b0(WireFrame.ping("ping"), 0x09)),
                Arguments.of(
                        "R-54 A-1 a ping of 126 bytes",
                        1002,
                        WireFrame.ping("p".repeat(126)).masked()),
                Arguments.of("R-54 a pong of 64 bit length", 1002, WireFrame.announcing(0x8a, 70_000)),
                Arguments.of("R-57 text that is no UTF-8", 1007, hexText("c3 28")),
                Arguments.of("R-57 a surrogate", 1007, hexText("ed a0 80")),
                Arguments.of("R-57 S-153 the first bad byte of an endless fragment", 1007, announcedText("ff")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badFrames")
    @DisplayName("R-69: fails the connection, delivers nothing, and reads nothing further")
    void failsTheConnection(String title, int code, byte[] bytes) throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(join(bytes, WireFrame.text("never read").masked()));
            client.assertFailsWith(code);
            assertEquals(code, server.awaitClose().code());
            assertFalse(server.hasReceived(), "a message was delivered");
        }
    }

    static Stream<Arguments> badCompressedFrames() {
        return Stream.of(
                Arguments.of("R-82 RSV1 on a continuation", 1002, join(b0("text", 0x01), b0("text", 0xc0))),
                Arguments.of("R-82 RSV1 on a ping", 1002, b0("ping", 0xc9)),
                Arguments.of("R-47 RSV2 beside RSV1", 1002, b0("text", 0xe1)),
                Arguments.of("R-87 data that does not inflate", 1007, new WireFrame(0xc1, hex("ff ff ff ff")).masked()),
                Arguments.of(
                        "R-89 text that is no UTF-8 once inflated",
                        1007,
                        new WireFrame(0xc1, hex("fa ff 0f 00")).masked()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badCompressedFrames")
    @DisplayName("fails a compressed connection, too")
    void failsTheCompressedConnection(String title, int code, byte[] bytes) throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/echo", DEFLATE)) {
            client.send(bytes);
            client.assertFailsWith(code);
            assertFalse(server.hasReceived(), "a message was delivered");
        }
    }

    @Test
    @DisplayName("R-83, R-86, A-39: compressed, plain, empty and compressed empty messages alternate")
    void alternatesCompressedAndPlain() {
        try (RawClient client = RawClient.open(server.port(), "/echo", DEFLATE)) {
            // RFC 7692 7.2.3.1: "Hello" in one block; 7.2.3.6: the empty message.
            byte[] hello = new WireFrame(0xc1, hex("f2 48 cd c9 c9 07 00")).masked();
            byte[] empty = new WireFrame(0xc1, hex("00")).masked();
            byte[] noBytes = new WireFrame(0xc1, hex("")).masked();
            client.send(join(
                    hello,
                    WireFrame.text("plain").masked(),
                    empty,
                    noBytes,
                    WireFrame.text("").masked(),
                    hello));
            for (int i = 0; i < 6; i++) {
                assertEquals("text", client.readFrame().opcodeName());
            }
            client.send(WireFrame.close(1000, "").masked());
            client.assertFailsWith(1000);
        }
    }

    @Test
    @DisplayName("A-15, A-16: continuations without end are cut off at the limit of the message")
    void endlessContinuationsAreCutOff() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            WireFrame part = WireFrame.binary(new byte[1_000]);
            client.send(part.withB0(WireFrame.BINARY).masked());
            for (int i = 0; i < MAX_LENGTH / 1_000; i++) {
                client.send(part.withB0(WireFrame.CONTINUATION).masked());
            }
            client.assertFailsWith(1009);
        }
    }

    @Test
    @DisplayName("R-61, A-17, A-18, A-19: more fragments than allowed, empty ones too, close with 1008")
    void manyEmptyFragmentsAreCutOff() throws IOException {
        ByteArrayOutputStream fragments = new ByteArrayOutputStream();
        fragments.write(b0("", WireFrame.TEXT));
        for (int i = 0; i < MAX_FRAGMENTS; i++) {
            fragments.write(b0("", WireFrame.CONTINUATION));
        }
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(fragments.toByteArray());
            client.assertFailsWith(1008);
        }
    }

    @Test
    @DisplayName("R-51, S-149: the same frames cut at every byte give the same answers")
    void framesMayComeByteByByte() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.sendBytewise(join(
                    b0("Gr\u00fc", WireFrame.TEXT),
                    WireFrame.ping("between").masked(),
                    b0("\u00dfe", WireFrame.FIN | WireFrame.CONTINUATION),
                    WireFrame.binary(new byte[300]).masked()));
            assertEquals("pong between", describe(client.readFrame()));
            assertEquals("text Gr\u00fc\u00dfe", describe(client.readFrame()));
            assertEquals(300, client.readFrame().payload().length);
        }
    }

    @Test
    @DisplayName("R-46, R-50: frames of all length forms are unmasked and as short as can be")
    void serverFramesHaveTheShortestForm() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            for (int size : new int[] {0, 125, 126, 65_535, 65_536}) {
                client.send(WireFrame.binary(new byte[size]).masked());
                // WireFrame.read asserts both.
                assertEquals(size, client.readFrame().payload().length);
            }
        }
    }

    @Test
    @DisplayName("R-55, A-21: a pong has exactly the bytes of the ping")
    void pongHasTheBytesOfThePing() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            for (String payload : new String[] {"", "1", "p".repeat(125)}) {
                client.send(WireFrame.ping(payload).masked());
                assertEquals("pong " + payload, describe(client.readFrame()));
            }
        }
    }

    @Test
    @DisplayName("R-56, A-20: unsolicited pongs are ignored, as many of them as a peer may send at once")
    void unsolicitedPongsAreIgnored() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            byte[] pong = new WireFrame(WireFrame.FIN | WireFrame.PONG, new byte[125]).masked();
            for (long i = 0; i < (long) Option.MAX_CONTROL_FRAMES_PER_SECOND.defaultValue(); i++) {
                client.send(pong);
            }
            client.send(WireFrame.text("after them").masked());
            assertEquals("text after them", describe(client.readFrame()));
        }
    }

    @Test
    @DisplayName("S-146: lengths need not be in the shortest form")
    void acceptsLongerLengthForms() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(join(WireFrame.announcing(0x82, 3), hex("37 fa 21")));
            assertEquals("82 binary, 3 bytes: 000000", client.readFrame().toString());
        }
    }

    private static String describe(WireFrame frame) {
        return frame.opcodeName() + " " + frame.payloadText();
    }

    private static byte[] b0(WireFrame frame, int b0) {
        return frame.withB0(b0).masked();
    }

    private static byte[] b0(String payload, int b0) {
        return b0(WireFrame.text(payload), b0);
    }

    private static byte[] hexText(String bytes) {
        return new WireFrame(WireFrame.FIN | WireFrame.TEXT, hex(bytes)).masked();
    }

    /** A first fragment of 1000 bytes of which only the given ones ever come. */
    private static byte[] announcedText(String bytes) {
        byte[] frame = new WireFrame(WireFrame.TEXT, join(hex(bytes), new byte[999])).masked();
        return Arrays.copyOf(frame, frame.length - 999);
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
