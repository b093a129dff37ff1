package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.ping;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each violation of a frame's header, however its bytes come: a header that comes whole is read in another way. */
class ViolationsTest {

    /** More than the longest header. */
    private static final byte[] MORE = new byte[40];

    private static final int MAX_LENGTH = 1000;
    private static final int MAX_FRAGMENTS = 2;

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of("R-45 R-72 unmasked", 1002, List.of(text("a").unmasked())),
                Arguments.of(
                        "R-45 unmasked, long",
                        1002,
                        List.of(text("a".repeat(200)).unmasked())),
                Arguments.of("R-47 RSV1", 1002, List.of(text("a").rsv1())),
                Arguments.of("R-47 RSV2", 1002, List.of(text("a").rsv2())),
                Arguments.of("R-47 RSV3", 1002, List.of(text("a").rsv3())),
                Arguments.of("R-48 opcode 3", 1002, List.of(frame(3))),
                Arguments.of("R-48 opcode 15", 1002, List.of(frame(15))),
                Arguments.of("R-53 a ping in fragments", 1002, List.of(ping("").notFinal())),
                Arguments.of("R-54 a ping of 126 bytes", 1002, List.of(frame(9).payload(new byte[126]))),
                Arguments.of("R-54 a close frame of 64 KiB", 1002, List.of(frame(8).announcing(65_536))),
                Arguments.of("R-49 a length of 64 bits, negative", 1002, List.of(frame(2).announcing(Long.MIN_VALUE))),
                Arguments.of("R-52 a continuation of nothing", 1002, List.of(continuation("61"))),
                Arguments.of(
                        "R-52 a text within a text", 1002, List.of(text("a").notFinal(), text("b"))),
                Arguments.of("R-60 a frame too long", 1009, List.of(frame(2).announcing(MAX_LENGTH + 1))),
                Arguments.of(
                        "R-60 a short frame too many",
                        1009,
                        List.of(frame(2).notFinal().payload(new byte[MAX_LENGTH - 1]), continuation("6162"))),
                Arguments.of(
                        "R-61 a fragment too many",
                        1008,
                        List.of(text("a").notFinal(), continuation("62").notFinal(), continuation("63"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    @DisplayName(
            "R-45 to R-61: a violation is one, whether its header comes byte by byte or at once with more behind it")
    void violationsAreFoundHoweverTheyCome(String name, int code, List<TestFrame> frames) {
        byte[] bytes =
                Bytes.concat(Bytes.concat(frames.stream().map(TestFrame::bytes).toArray(byte[][]::new)), MORE);
        DriverProbe byteByByte = DriverProbe.server(MAX_LENGTH, MAX_FRAGMENTS);
        for (byte b : bytes) {
            byteByByte.receive(new byte[] {b});
        }
        DriverProbe atOnce = DriverProbe.server(MAX_LENGTH, MAX_FRAGMENTS).receive(bytes);
        String last = atOnce.listener.events.stream()
                .reduce((first, second) -> second)
                .orElse("");
        assertTrue(last.startsWith("finished " + code + " "), last);
        assertEquals(List.copyOf(atOnce.listener.events), List.copyOf(byteByByte.listener.events));
        assertEquals(Bytes.hex(atOnce.output.take()), Bytes.hex(byteByByte.output.take()));
    }
}
