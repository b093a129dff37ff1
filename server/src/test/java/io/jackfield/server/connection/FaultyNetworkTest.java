package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same conversations over a network that cuts, resets, stalls and ends half-way: the close event comes exactly once and
 * last, with the right code, and nothing of the connection is left.
 */
class FaultyNetworkTest {

    private static final int ABNORMAL = 1006;
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    private static final byte[] HEAD =
            RawClient.handshake("/", "Sec-WebSocket-Extensions: permessage-deflate, x-count");

    private static final byte[] STREAMED_HEAD = RawClient.handshake(FaultyNetwork.STREAMED);

    private static final byte[] STREAMED_DEFLATED_HEAD =
            RawClient.handshake(FaultyNetwork.STREAMED, "Sec-WebSocket-Extensions: permessage-deflate");

    /** Less than the length of the answer to the handshake. */
    private static final int ANSWER_HEAD = 125;

    /** What a client says behind its handshake, and how that ends. */
    enum Conversation {
        ECHO(1000, frame(TEXT, "Hello"), binary(300), WireFrame.close(1000, "")),
        FRAGMENTS(4001, frame(0x01, "fr"), frame(0x89, "p"), frame(0x00, "ag"), frame(0x80, ""), close(4001)),
        // RFC 7692 section 7.2.3.2: the second message refers to the first.
        DEFLATE(1000, hex(0xc1, "f248cdc9c90700"), hex(0xc1, "f200110000"), close(1000)),
        PINGS(1005, frame(0x89, "one"), frame(0x89, ""), frame(0x8a, "two"), hex(0x88, "")),
        SERVER_CLOSES(4000, frame(TEXT, "close"), frame(TEXT, "too late"), close(4000)),
        PROTOCOL_ERROR(1002, frame(TEXT, "good"), frame(0x83, "bad")),
        VANISHING(ABNORMAL, frame(TEXT, "Hello"), frame(0x01, "never")),
        STREAMS(
                STREAMED_HEAD,
                1000,
                frame(0x01, "str"),
                frame(0x89, "p"),
                frame(0x00, ""),
                frame(0x80, "eamed"),
                binary(130),
                close(1000)),
        // The messages of DEFLATE; the first in two frames.
        DEFLATED_STREAMS(
                STREAMED_DEFLATED_HEAD,
                1000,
                hex(0x41, "f248cd"),
                frame(0x89, "p"),
                hex(0x80, "c9c90700"),
                hex(0xc1, "f200110000"),
                close(1000));

        final byte[] bytes;
        final int headLength;
        final int code;

        Conversation(int code, byte[]... frames) {
            this(HEAD, code, frames);
        }

        Conversation(byte[] head, int code, byte[]... frames) {
            this.headLength = head.length;
            this.code = code;
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head);
            for (byte[] frame : frames) {
                all.writeBytes(frame);
            }
            bytes = all.toByteArray();
        }

        /** Whether the client has to end its side for the connection to end. */
        boolean ends() {
            return this == VANISHING;
        }

        /** What of an answer no network may change. */
        byte[] lasting(byte[] answer) {
            boolean isStreamed = this == STREAMS || this == DEFLATED_STREAMS;
            return isStreamed ? StreamedAnswer.content(answer) : withoutPongs(answer);
        }

        private static byte[] frame(int b0, String text) {
            return WireFrame.encode(b0, text.getBytes(StandardCharsets.UTF_8), true);
        }

        private static byte[] hex(int b0, String payload) {
            return WireFrame.encode(b0, HexFormat.of().parseHex(payload), true);
        }

        private static byte[] binary(int length) {
            return WireFrame.encode(BINARY, new byte[length], true);
        }

        private static byte[] close(int code) {
            return WireFrame.close(code, "");
        }
    }

    private FaultyNetwork network;

    @BeforeEach
    void connect() throws Exception {
        network = FaultyNetwork.plain();
    }

    @AfterEach
    void disconnect() throws Exception {
        network.close();
    }

    private FaultyNetwork.Outcome run(Conversation conversation, Fault fault) throws Exception {
        return network.run(conversation.bytes, conversation.ends(), fault);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R-43 R-51 R-75 R-94 A-12: bytes that come and go one by one, or late, change nothing")
    void piecesChangeNothing(Conversation conversation) throws Exception {
        FaultyNetwork.Outcome clean = run(conversation, Fault.NONE);
        assertEquals(conversation.code, clean.closeCode());
        assertTrue(clean.events().get(clean.events().size() - 1).startsWith("close "), clean::toString);
        for (Fault fault : List.of(
                Fault.NONE.inPieces(1, Integer.MAX_VALUE),
                Fault.NONE.inPieces(Integer.MAX_VALUE, 1),
                Fault.NONE.inPieces(1, 1),
                Fault.NONE.inPieces(7, 5).reluctant(3),
                Fault.NONE.reluctant(50))) {
            FaultyNetwork.Outcome outcome = run(conversation, fault);
            assertEquals(clean.messages(), outcome.messages(), fault::toString);
            assertEquals(clean.closeCode(), outcome.closeCode(), fault::toString);
            if (conversation == Conversation.VANISHING) {
                // To a peer that ended its side without a close frame nothing more is owed.
                assertTrue(isBeginning(outcome.answer(), clean.answer()), fault::toString);
            } else {
                assertArrayEquals(
                        conversation.lasting(clean.answer()), conversation.lasting(outcome.answer()), fault::toString);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R-75 R-95 A-28 A-30: a reset at every byte that is read")
    void resetAtEveryByteRead(Conversation conversation) throws Exception {
        breakWhereItReads(conversation, Fault.Kind.RESET_READING);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R-75 R-95 A-28 A-30: the peer ends its side at every byte that is read")
    void endOfInputAtEveryByteRead(Conversation conversation) throws Exception {
        breakWhereItReads(conversation, Fault.Kind.END_OF_INPUT);
    }

    private void breakWhereItReads(Conversation conversation, Fault.Kind kind) throws Exception {
        FaultyNetwork.Outcome clean = run(conversation, Fault.NONE);
        // What is read behind a failure is thrown away, and another code is in no danger there.
        int decided = conversation == Conversation.PROTOCOL_ERROR
                ? conversation.headLength + 6 + 4 + 1
                : conversation.bytes.length;
        int from = conversation == Conversation.ECHO ? 0 : conversation.headLength - 1;
        for (int at = from; at <= conversation.bytes.length; at++) {
            Fault fault = Fault.of(kind, at);
            FaultyNetwork.Outcome outcome = run(conversation, at % 2 == 0 ? fault : fault.inPieces(1, 1));
            requireSound(conversation, clean, outcome, fault);
            if (at < conversation.headLength) {
                assertEquals(List.of(), outcome.events(), fault::toString);
            } else {
                int expected = at < decided ? ABNORMAL : conversation.code;
                assertEquals(expected, outcome.closeCode(), () -> fault + ": " + outcome.events());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R-75 R-95 A-28 A-30: a reset at every byte that is written")
    void resetAtEveryByteWritten(Conversation conversation) throws Exception {
        FaultyNetwork.Outcome clean = run(conversation, Fault.NONE);
        // Once is enough for the answer to the handshake.
        int from = conversation == Conversation.ECHO ? 0 : ANSWER_HEAD;
        for (int at = from; at < clean.bytesWritten(); at++) {
            Fault fault = Fault.of(Fault.Kind.RESET_WRITING, at);
            FaultyNetwork.Outcome outcome = run(conversation, at % 2 == 0 ? fault : fault.inPieces(1, 1));
            requireSound(conversation, clean, outcome, fault);
            assertTrue(
                    outcome.closeCode() == ABNORMAL || outcome.closeCode() == conversation.code,
                    () -> fault + ": " + outcome.events());
        }
    }

    /** Events are those of the conversation as far as it came, and the close event. */
    private static void requireSound(
            Conversation conversation, FaultyNetwork.Outcome clean, FaultyNetwork.Outcome outcome, Fault fault) {
        List<String> messages = outcome.messages();
        assertTrue(messages.size() <= clean.messages().size(), () -> fault + ": " + outcome.events());
        assertEquals(clean.messages().subList(0, messages.size()), messages, () -> conversation + ", " + fault);
        if (!outcome.events().isEmpty()) {
            String last = outcome.events().get(outcome.events().size() - 1);
            assertTrue(last.startsWith("close "), () -> fault + ": " + outcome.events());
        }
        // In pieces it may have failed before it read what it would have answered, and close with another code.
        boolean isSame = isBeginning(conversation.lasting(outcome.answer()), conversation.lasting(clean.answer()));
        assertTrue(isSame || outcome.closeCode() != conversation.code, () -> fault + " changes the answer");
    }

    private static boolean isBeginning(byte[] bytes, byte[] ofOthers) {
        int common = Math.min(bytes.length, ofOthers.length);
        return Arrays.equals(bytes, 0, common, ofOthers, 0, common);
    }

    /** While output waits, of several pongs the latest is sent, and none behind a close frame (RFC 6455 section 5.5.3). */
    private static byte[] withoutPongs(byte[] answer) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        int at = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        if (at < 4) {
            return answer;
        }
        rest.write(answer, 0, at);
        while (at < answer.length) {
            boolean isPong = (answer[at] & 0xff) == 0x8a;
            int length = at + 1 < answer.length && answer[at + 1] < 126 ? 2 + answer[at + 1] : answer.length;
            int end = Math.min(answer.length, at + length);
            if (!isPong) {
                rest.write(answer, at, end - at);
            }
            at = end;
        }
        return rest.toByteArray();
    }

    @Test
    @DisplayName("R-74 R-91 A-27: a transport that takes nothing is given up when the closing handshake takes too long")
    void stalledWritingEnds() throws Exception {
        try (FaultyNetwork impatient = FaultyNetwork.impatient()) {
            FaultyNetwork.Outcome outcome =
                    impatient.run(Conversation.ECHO.bytes, false, Fault.NONE.reluctant(Integer.MAX_VALUE));
            assertEquals(List.of("open", "text Hello"), outcome.messages().subList(0, 2));
            assertEquals(1000, outcome.closeCode());
            assertEquals(0, outcome.answer().length);
        }
    }

    @Test
    @DisplayName("R-75 R-95: TLS that is cut or reset at any of its bytes")
    void tlsIsCutAnywhere() throws Exception {
        try (FaultyNetwork secure = FaultyNetwork.secure()) {
            Conversation conversation = Conversation.ECHO;
            FaultyNetwork.Outcome clean = secure.run(conversation.bytes, false, Fault.NONE);
            assertEquals(conversation.code, clean.closeCode());
            for (Fault fault : List.of(
                    Fault.NONE.inPieces(1, 1), Fault.NONE.inPieces(100, 3).reluctant(2))) {
                FaultyNetwork.Outcome outcome = secure.run(conversation.bytes, false, fault);
                assertEquals(clean.messages(), outcome.messages());
                assertEquals(clean.closeCode(), outcome.closeCode());
                assertArrayEquals(clean.answer(), outcome.answer());
            }
            for (Fault.Kind kind :
                    List.of(Fault.Kind.RESET_READING, Fault.Kind.END_OF_INPUT, Fault.Kind.RESET_WRITING)) {
                boolean reading = kind != Fault.Kind.RESET_WRITING;
                long bytes = reading ? clean.bytesRead() : clean.bytesWritten();
                // Prime to the lengths of records, and few: each costs a handshake.
                for (long at = 0; at < bytes; at += 41) {
                    Fault fault = Fault.of(kind, at);
                    FaultyNetwork.Outcome outcome = secure.run(conversation.bytes, false, fault);
                    int code = outcome.closeCode();
                    assertTrue(code == 0 || code == ABNORMAL || code == conversation.code, fault::toString);
                    assertFalse(!outcome.events().isEmpty() && code == 0, () -> fault + ": " + outcome.events());
                }
            }
        }
    }
}
