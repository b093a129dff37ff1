package io.jackfield.codec;

import static io.jackfield.codec.TestFrame.continuation;
import static io.jackfield.codec.TestFrame.frame;
import static io.jackfield.codec.TestFrame.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 sections 5.6 and 8.1, RFC 3629. */
class Utf8Test {

    private static final String MESSAGE = "Could not decode a text frame as UTF-8";

    // -- messages -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // continuation byte alone
                "c3", // cut
                "c328", // no continuation
                "c0af", // overlong
                "c1bf",
                "e08080",
                "f0808080",
                "eda080", // surrogates
                "edbfbf",
                "f4908080", // above U+10FFFF
                "f5808080",
                "f8888080", // five bytes
                "fe",
                "ff",
                "48656c6c6f20e282", // cut behind good text
                "4142434445464748494aff" // behind the first eight bytes
            })
    @DisplayName("S-152 R-57 R-73: text that is not UTF-8 fails with 1007")
    void invalidText(String hex) {
        DriverProbe.server().receive(frame(1).payload(Bytes.hex(hex))).expectFailure(1007, MESSAGE);
        DriverProbe.server()
                .receive(frame(1).payload(Bytes.hex(hex)).notFinal(), continuation(""))
                .expectFailure(1007, MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "\u007f",
                "\u0080",
                "\u07ff",
                "\u0800",
                "\ud7ff",
                "\ue000",
                "\uffff",
                "\ud800\udc00",
                "\udbff\udfff",
                "κόσμε",
                "plain text that is longer than eight bytes",
                "long text with one ü far behind, and more after it"
            })
    @DisplayName("S-152 S-62 R-57: all of Unicode is delivered, whole or byte by byte")
    void validText(String string) {
        byte[] bytes = text(string).bytes();
        DriverProbe.server().receive(bytes).expect("text " + string).end();
        DriverProbe probe = DriverProbe.server();
        for (byte one : bytes) {
            probe.receive(new byte[] {one});
        }
        probe.expect("text " + string).end();
    }

    @Test
    @DisplayName("S-153 (decision 4): an invalid byte fails at once, before the rest of the frame arrives")
    void invalidByteFailsWithinAFrame() {
        byte[] bytes = frame(1).payload(Bytes.hex("4142e28241 4344")).bytes();
        DriverProbe probe = DriverProbe.server();
        for (int i = 0; i < 6 + 4; i++) { // header and four good bytes
            probe.receive(new byte[] {bytes[i]});
            assertEquals(Driver.State.OPEN, probe.driver.state());
        }
        probe.receive(new byte[] {bytes[10]}).expectFailure(1007, MESSAGE);
    }

    @Test
    @DisplayName("S-153: an invalid byte fails at once, before the rest of the message arrives")
    void invalidByteFailsInAFragment() {
        DriverProbe.server()
                .receive(
                        text("good").notFinal(),
                        continuation("f0").notFinal(),
                        continuation("8f").notFinal())
                .expectFailure(1007, MESSAGE); // f0 8f: overlong
    }

    @Test
    @DisplayName("R-57: binary messages hold any bytes, whole or in parts")
    void binaryIsNotValidated() {
        byte[] bytes = TestFrame.binary("ff80c0").bytes();
        DriverProbe probe = DriverProbe.server().receive(bytes);
        for (byte one : bytes) {
            probe.receive(new byte[] {one});
        }
        probe.expect("binary ff80c0", "binary ff80c0").end();
    }

    // -- the validator ------------------------------------------------------------------------------------------------

    /** Every proper prefix of the encoding of every code point, as a number with a leading 1. */
    private static Set<Integer> prefixes() {
        Set<Integer> prefixes = new HashSet<>();
        for (int codePoint = 0x80; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                byte[] bytes = new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8);
                int number = 1;
                for (int i = 0; i < bytes.length - 1; i++) {
                    number = number << 8 | bytes[i] & 0xFF;
                    prefixes.add(number);
                }
            }
        }
        return prefixes;
    }

    @Test
    @DisplayName("R-73 S-153: the validator accepts a byte exactly if some character goes on with it")
    void validatorAgreesWithAllCharacters() {
        Set<Integer> prefixes = prefixes();
        Set<Integer> startingPoints = new HashSet<>(prefixes);
        startingPoints.add(1);
        for (int prefix : startingPoints) {
            int length = (31 - Integer.numberOfLeadingZeros(prefix)) / 8;
            byte[] bytes = new byte[length + 1];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (prefix >> 8 * (length - 1 - i));
            }
            for (int next = 0; next < 256; next++) {
                bytes[length] = (byte) next;
                int state = Utf8.validate(Utf8.COMPLETE, bytes, 0, length + 1);
                boolean goesOn = length < 3 && prefixes.contains(prefix << 8 | next);
                int expected = goesOn ? state : isOneCharacter(bytes) ? Utf8.COMPLETE : Utf8.INVALID;
                boolean isRight = state == expected && goesOn == (state > Utf8.COMPLETE);
                assertTrue(isRight, () -> Bytes.hex(bytes) + ": " + state);
                // The same with text behind it, where the validator takes shortcuts.
                byte[] followed = Arrays.copyOf(bytes, length + 4);
                int behind = Utf8.validate(Utf8.COMPLETE, followed, 0, length + 4);
                assertTrue(behind == (state == Utf8.COMPLETE ? state : Utf8.INVALID), () -> Bytes.hex(followed));
            }
        }
    }

    private static boolean isOneCharacter(byte[] bytes) {
        String decoded = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(Bytes.utf8(decoded), bytes) && decoded.codePointCount(0, decoded.length()) == 1;
    }

    @Test
    @DisplayName("R-57: the state between two calls is all that the validator needs")
    void validatorStopsAndGoesOnAnywhere() {
        byte[] bytes = Bytes.utf8("a long run of ASCII, ä, €, 😀, and more ASCII; ".repeat(3));
        for (int first = 0; first <= bytes.length; first++) {
            int state = Utf8.validate(Utf8.COMPLETE, bytes, 0, first);
            assertEquals(Utf8.COMPLETE, Utf8.validate(state, bytes, first, bytes.length), "cut at " + first);
        }
    }

    @Test
    @DisplayName("R-57 R-73: a byte that the JDK would replace is found wherever it stands in ASCII")
    void decodingFindsWhatTheJdkReplaces() throws ConnectionFailure {
        for (int length = 1; length < 40; length++) {
            byte[] bytes = Bytes.utf8("x".repeat(length));
            assertEquals("x".repeat(length), Utf8.decode(bytes, 0, length));
            for (int at = 0; at < length; at++) {
                for (int b = 0x80; b <= 0xFF; b++) {
                    bytes[at] = (byte) b;
                    assertThrows(ConnectionFailure.class, () -> Utf8.decode(bytes, 0, bytes.length), Bytes.hex(bytes));
                }
                bytes[at] = 'x';
            }
        }
    }

    @Test
    @DisplayName(
            "R-57 R-73: the JDK's decoder and the validator agree on each byte behind each beginning of a character")
    void decoderAgreesWithValidator() {
        Set<Integer> startingPoints = prefixes();
        startingPoints.add(1);
        // With neighbours of one, two and three bytes the JDK takes different ways.
        for (byte[] before : new byte[][] {{}, Bytes.utf8("ascii"), Bytes.utf8("ä"), Bytes.utf8("€")}) {
            for (int prefix : startingPoints) {
                int length = (31 - Integer.numberOfLeadingZeros(prefix)) / 8;
                for (int next = 0; next < 256; next++) {
                    byte[] bytes = Arrays.copyOf(before, before.length + length + 2);
                    for (int i = 0; i < length; i++) {
                        bytes[before.length + i] = (byte) (prefix >> 8 * (length - 1 - i));
                    }
                    bytes[before.length + length] = (byte) next;
                    bytes[before.length + length + 1] = 'x';
                    boolean isUtf8 = Utf8.validate(Utf8.COMPLETE, bytes, 0, bytes.length) == Utf8.COMPLETE;
                    assertTrue(decodes(bytes, bytes.length) == isUtf8, () -> Bytes.hex(bytes));
                    boolean isWhole = Utf8.validate(Utf8.COMPLETE, bytes, 0, bytes.length - 1) == Utf8.COMPLETE;
                    assertTrue(decodes(bytes, bytes.length - 1) == isWhole, () -> "cut: " + Bytes.hex(bytes));
                }
            }
        }
    }

    private static boolean decodes(byte[] bytes, int length) {
        try {
            Utf8.decode(bytes, 0, length);
            return true;
        } catch (ConnectionFailure e) {
            return false;
        }
    }

    @Test
    @DisplayName("R-57: the character that stands for what is not UTF-8 is one like others")
    void decodingKeepsReplacementCharacters() throws ConnectionFailure {
        for (String text : new String[] {"\uFFFD", "a\uFFFDb", "\uFFFD".repeat(20), "\u00FFx\uFFFD", "\uFFFD😀"}) {
            byte[] bytes = Bytes.utf8(text);
            assertEquals(text, Utf8.decode(bytes, 0, bytes.length));
        }
    }
}
