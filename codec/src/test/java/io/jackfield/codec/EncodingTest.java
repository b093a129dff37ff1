package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 sections 5.2, 5.3 and 6.1: what is sent. */
class EncodingTest {

    private static void assertSends(DriverProbe probe, TestFrame expected) {
        assertEquals(Bytes.hex(expected.bytes()), Bytes.hex(probe.output.take()));
        assertEquals(1, probe.output.takeMessages(), "the end of the message is told once");
        probe.end();
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    @DisplayName("S-86 R-46: the unmasked text of RFC 6455 section 5.7")
    void unmaskedText() {
        DriverProbe probe = DriverProbe.server();
        assertTrue(probe.driver.sendText("Hello"));
        probe.expectSent("81 05 48656c6c6f").end();
        assertEquals(1, probe.output.takeMessages());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 4091, 4092, 4093, 4096, 5000, 65535, 65536, 65537, 200000})
    @DisplayName("S-86 R-46 R-50: one frame a message, unmasked, its length in the shortest form")
    void messagesOfAllLengths(int length) {
        DriverProbe probe = DriverProbe.server();
        byte[] bytes = randomBytes(length);
        assertTrue(probe.driver.send(ExtensionMessage.Type.BINARY, ByteBuffer.wrap(bytes)));
        assertSends(probe, TestFrame.frame(2).payload(bytes).unmasked());

        String ascii = "abcdefgh".repeat(length / 8 + 1).substring(0, length);
        assertTrue(probe.driver.sendText(ascii));
        assertSends(probe, TestFrame.text(ascii).unmasked());
        assertTrue(probe.driver.send(ExtensionMessage.Type.TEXT, ByteBuffer.wrap(Bytes.utf8(ascii))));
        assertSends(probe, TestFrame.text(ascii).unmasked());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 4087, 4088, 4089, 4096, 5000, 65535, 65536, 200000})
    @DisplayName("R-45 R-51: a client masks, each frame with a new key")
    void clientMasks(int length) {
        int[] keys = {0x01020304, 0xfffefdfc, 0};
        int[] next = {0};
        DriverConfig config = new DriverConfig(Role.CLIENT, 1000, 10, true, () -> keys[next[0]++]);
        DriverProbe probe = new DriverProbe(config, List.of(), new RecordingListener());
        byte[] bytes = randomBytes(length);
        probe.driver.send(ExtensionMessage.Type.BINARY, ByteBuffer.wrap(bytes));
        assertSends(probe, TestFrame.frame(2).payload(bytes).key(keys[0]));
        String text = "äbc€😀 ".repeat(length / 12 + 1);
        probe.driver.sendText(text);
        assertSends(probe, TestFrame.text(text).key(keys[1]));
        probe.driver.close(1000, "bye");
        probe.expectSent(Bytes.hex(TestFrame.close("03e8627965").key(keys[2]).bytes()))
                .end();
    }

    @Test
    @DisplayName("S-86: text of many lengths and characters, across the pieces in which it is encoded")
    void textOfManyCharacters() {
        DriverProbe probe = DriverProbe.server();
        for (String unit : new String[] {"é", "€", "😀", "aé", "a€", "ab😀"}) {
            for (int shift = 0; shift < 4; shift++) {
                for (int length : new int[] {1, 30, 41, 42, 62, 63, 1360, 2046, 4000, 30000}) {
                    String text = "x".repeat(shift) + unit.repeat(length);
                    probe.driver.sendText(text);
                    assertSends(probe, TestFrame.text(text).unmasked());
                }
            }
        }
    }

    @Test
    @DisplayName("S-86: unpaired surrogates are sent as U+FFFD")
    void unpairedSurrogates() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.sendText("\ud800");
        probe.expectSent("81 03 efbfbd");
        probe.driver.sendText("\udc00\ud800");
        probe.expectSent("81 06 efbfbd efbfbd");
        probe.driver.sendText("a\ud83d" + "b");
        probe.expectSent("81 05 61 efbfbd 62").end();
    }

    @Test
    @DisplayName("S-79: any character sequence is text")
    void characterSequences() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.sendText(CharBuffer.wrap("ab"));
        probe.expectSent("81 02 6162").end();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5000, 100000})
    @DisplayName("S-87: the caller's buffer is neither modified nor moved, whatever the role")
    void buffersStayAsTheyAre(int length) {
        for (DriverProbe probe : new DriverProbe[] {DriverProbe.server(), DriverProbe.client()}) {
            byte[] bytes = randomBytes(length + 5);
            ByteBuffer payload = ByteBuffer.wrap(bytes.clone()).position(2).limit(2 + length);
            probe.driver.send(ExtensionMessage.Type.BINARY, payload);
            probe.driver.send(ExtensionMessage.Type.BINARY, payload.asReadOnlyBuffer());
            assertEquals(2, payload.position());
            assertEquals(2 + length, payload.limit());
            assertEquals(Bytes.hex(bytes), Bytes.hex(payload.array()));
            assertEquals(2, probe.output.takeMessages());
        }
    }

    @Test
    @DisplayName(
            "R-46 R-51: a prepared message is the frame of its payload; a client masks it, an extension changes it")
    void preparedMessages() {
        PreparedMessage text = PreparedMessage.text("Hello");
        PreparedMessage binary = PreparedMessage.binary(ByteBuffer.wrap(randomBytes(5000)));
        DriverProbe server = DriverProbe.server();
        assertTrue(server.driver.send(text));
        assertSends(server, TestFrame.text("Hello").unmasked());
        assertTrue(server.driver.send(binary));
        assertSends(server, TestFrame.frame(2).payload(randomBytes(5000)).unmasked());

        DriverConfig masking = new DriverConfig(Role.CLIENT, 1000, 10, true, () -> 0x01020304);
        DriverProbe client = new DriverProbe(masking, List.of(), new RecordingListener());
        assertTrue(client.driver.send(text));
        assertSends(client, TestFrame.text("Hello").key(0x01020304));

        DriverProbe extended = DriverProbe.server(TestExtensions.plain("mark", new TestExtensions.Appending("!")));
        assertTrue(extended.driver.send(text));
        assertSends(extended, TestFrame.text("Hello>!").unmasked());

        server.driver.abort(null);
        assertFalse(server.driver.send(text));
    }

    @Test
    @DisplayName("S-227 S-228 S-77: nothing is sent once the connection is closed")
    void nothingIsSentWhenClosed() {
        DriverProbe probe = DriverProbe.server();
        probe.driver.abort(null);
        probe.expect("closing", "finished 1006 \"\" unclean NETWORK");
        assertFalse(probe.driver.sendText("a"));
        assertFalse(probe.driver.send(ExtensionMessage.Type.BINARY, Bytes.buffer("01")));
        probe.end();
    }
}
