package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.binary;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.text;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 sections 5.1 to 5.3: the syntax of frames, and masks. */
class FramesTest {

    @Test
    @DisplayName("S-62 S-150: the masked text of RFC 6455 section 5.7 is received")
    void maskedTextIsReceived() {
        DriverProbe.server()
                .receive("81 85 37fa213d 7f9f4d5158") // text, FIN, "Hello"
                .expect("text Hello")
                .end();
    }

    @Test
    @DisplayName("S-62 S-150 R-58: empty messages are delivered")
    void emptyMessagesAreDelivered() {
        DriverProbe.server()
                .receive("81 80 37fa213d") // empty text
                .receive("82 80 37fa213d") // empty binary
                .expect("text ", "binary ")
                .end();
    }

    @Test
    @DisplayName("S-149: many frames in one piece come one after the other")
    void manyFramesInOnePiece() {
        DriverProbe.server()
                .receive(Bytes.concat(
                        text("a").bytes(), binary("0102").bytes(), text("c").bytes()))
                .expect("text a", "binary 0102", "text c")
                .end();
    }

    @Test
    @DisplayName("R-51 S-150: the key is used as it is, also if it is zero")
    void anyKeyUnmasks() {
        DriverProbe.server()
                .receive(
                        text("zero").key(0),
                        text("ones").key(-1),
                        text("top bit").key(0x80000000))
                .expect("text zero", "text ones", "text top bit")
                .end();
    }

    @Test
    @DisplayName("S-143 R-45 A-25: an unmasked frame fails with 1002, and nothing of it is delivered")
    void unmaskedFrameFails() {
        DriverProbe probe = DriverProbe.server().receive("81 05 48656c6c6f"); // "Hello", not masked
        probe.expectFailure(1002, "Received unmasked frame but masking is required");
    }

    @Test
    @DisplayName("S-145: an unmasked frame fails before its length and payload arrive")
    void unmaskedFrameFailsAtItsSecondByte() {
        DriverProbe.server().receive("82 7e").expectFailure(1002, "Received unmasked frame but masking is required");
    }

    @Test
    @DisplayName("S-144: without requireMasking both masked and unmasked frames are accepted")
    void unmaskedFramesCanBeAllowed() {
        DriverConfig lenient = new DriverConfig(Role.SERVER, 1000, 10, false, () -> 0);
        new DriverProbe(lenient, List.of(), new RecordingListener())
                .receive(text("a").unmasked(), text("b"), binary("ff").unmasked())
                .expect("text a", "text b", "binary ff")
                .end();
    }

    @Test
    @DisplayName("R-45: a client refuses masked frames")
    void clientRefusesMaskedFrames() {
        DriverProbe probe = DriverProbe.client().receive(text("a"));
        probe.expect(
                "closing",
                "error Received masked frame from a server",
                "finished 1002 \"Received masked frame from a server\" unclean LOCAL sent 1002");
    }

    @ParameterizedTest
    @CsvSource({"1,0,0", "0,1,0", "0,0,1", "1,1,0", "1,0,1", "0,1,1", "1,1,1"})
    @DisplayName("S-136 R-47 A-24: reserved bits that no extension claims fail")
    void reservedBitsFail(int rsv1, int rsv2, int rsv3) {
        for (int opcode : new int[] {0, 1, 2, 8, 9, 10}) {
            int b0 = 0x80 | rsv1 << 6 | rsv2 << 5 | rsv3 << 4 | opcode;
            DriverProbe.server()
                    .receive(new byte[] {(byte) b0})
                    .expectFailure(
                            1002,
                            "One or more reserved bits are on: reserved1 = " + rsv1 + ", reserved2 = " + rsv2
                                    + ", reserved3 = " + rsv3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    @DisplayName("S-138 R-48 A-23: unknown opcodes fail, at the first byte")
    void unknownOpcodesFail(int opcode) {
        DriverProbe.server()
                .receive(new byte[] {(byte) (0x80 | opcode)})
                .expectFailure(1002, "Unrecognized frame opcode: " + opcode);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 8})
    @DisplayName("S-146 R-50: lengths need not be in the shortest form")
    void longLengthFormsAreAccepted(int lengthBytes) {
        DriverProbe.server()
                .receive(text("Hello").lengthBytes(lengthBytes))
                .expect("text Hello")
                .end();
    }

    @Test
    @DisplayName("S-147 R-49 A-1 A-3 A-4: a 64-bit length with its top bit set fails with 1002")
    void topBitOf64BitLengthFails() {
        DriverProbe.server()
                .receive("82 ff 8000000000000001") // no need to wait for the key
                .expectFailure(1002, "Received 64-bit frame length whose most significant bit is set");
        DriverProbe.server()
                .receive("89 ff ffffffffffffffff") // a ping
                .expectFailure(1002, "Received 64-bit frame length whose most significant bit is set");
    }

    @Test
    @DisplayName("S-145: reserved bits are judged first, then the opcode")
    void orderOfChecksInTheFirstByte() {
        DriverProbe.server()
                .receive(frame(3).rsv1().notFinal())
                .expectFailure(1002, "One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0");
        DriverProbe.server().receive(frame(11).notFinal()).expectFailure(1002, "Unrecognized frame opcode: 11");
    }

    @Test
    @DisplayName("S-145: a short length is judged before the mask, an extended one behind it")
    void orderOfChecksInTheLength() {
        DriverProbe.server(10, 10)
                .receive("82 0b") // 11 bytes, unmasked
                .expectFailure(1009, "WebSocket frame length too large");
        DriverProbe.server(10, 10)
                .receive("82 7e 0100") // 256 bytes, unmasked
                .expectFailure(1002, "Received unmasked frame but masking is required");
        DriverProbe.server(10, 10)
                .receive("89 fe 0100") // ping of 256 bytes: too long for a control frame, never too large
                .expectFailure(1002, "Received control frame having too long payload: 256");
    }
}
