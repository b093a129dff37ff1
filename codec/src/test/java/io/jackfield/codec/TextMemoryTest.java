package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** the room for text is shared, bounded, and never taken for the bytes of another text. */
class TextMemoryTest {

    private final TextMemory memory = new TextMemory();

    private void decode(String text) {
        byte[] bytes = Bytes.utf8(text);
        System.arraycopy(bytes, 0, memory.room(bytes.length), 0, bytes.length);
        memory.decoded(text, bytes.length);
    }

    private void assertEncodes(String text) {
        ByteBuffer bytes = memory.encode(text);
        assertEquals(text, StandardCharsets.UTF_8.decode(bytes.duplicate()).toString());
        assertEquals(
                text,
                StandardCharsets.UTF_8.decode(memory.encode(text).duplicate()).toString());
    }

    @Test
    @DisplayName("S-86: a text is encoded as what it is, whatever was decoded and encoded before")
    void eachTextIsItself() {
        String received = "received: ä€😀";
        String sent = "sent";
        decode(received);
        assertEncodes(received);
        assertEncodes(sent);
        assertEncodes(received);
        decode(sent);
        assertEncodes(sent);
        assertEncodes("");
        decode("");
        assertEncodes(received);
    }

    @Test
    @DisplayName("S-86: room that was asked for is not taken for the text that was there before")
    void roomForgetsTheText() {
        String text = "first";
        decode(text);
        memory.room(5)[0] = 'X';
        assertEncodes(text);
    }

    @Test
    @DisplayName("S-86: texts around the largest that is kept, of one to four bytes a character")
    void longTexts() {
        int kept = TextMemory.LARGEST_KEPT;
        for (String unit : new String[] {"a", "ä", "€", "😀", "aaaaaaaaaä"}) {
            for (int length : new int[] {kept / 4 - 1, kept / 3, kept / 3 + 1, kept / 2, kept, kept + 1, 3 * kept}) {
                String text = unit.repeat(length / unit.length());
                assertEncodes(text);
                decode(text);
                assertEncodes(text);
            }
        }
    }

    @Test
    @DisplayName("room is kept unless it is very large")
    void roomIsBounded() {
        byte[] small = memory.room(10);
        assertSame(small, memory.room(5));
        byte[] large = memory.room(TextMemory.LARGEST_KEPT);
        assertNotSame(small, large);
        assertSame(large, memory.room(10));
        assertEquals(TextMemory.LARGEST_KEPT + 1, memory.room(TextMemory.LARGEST_KEPT + 1).length);
        assertSame(large, memory.room(0));
    }
}
