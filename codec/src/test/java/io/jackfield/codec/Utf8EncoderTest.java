package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Text on its way out. */
class Utf8EncoderTest {

    @Test
    @DisplayName("S-86 S-152: encoding agrees with the JDK's, and an unpaired surrogate becomes U+FFFD")
    void encodingAgreesWithTheJdk() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            StringBuilder wellFormed = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                int kind = random.nextInt(6);
                int codePoint = kind == 0
                        ? 0xD800 + random.nextInt(0x400)
                        : random.nextInt(kind == 1 ? 0x110000 : kind == 2 ? 0x800 : 0x80);
                boolean isSurrogate = codePoint >= 0xD800 && codePoint < 0xE000;
                text.appendCodePoint(codePoint).append('.');
                wellFormed.appendCodePoint(isSurrogate ? 0xFFFD : codePoint).append('.');
            }
            byte[] expected = Bytes.utf8(wellFormed.toString());
            String string = text.toString();
            ByteBuffer target = ByteBuffer.allocate(expected.length);
            Utf8Encoder encoder = new Utf8Encoder(2 + random.nextInt(50));
            assertEquals(string.length(), encoder.encode(string, 0, target), "seed " + seed);
            assertEquals(Bytes.hex(expected), Bytes.hex(target.array()), "seed " + seed);
            assertEquals(Bytes.hex(expected), Bytes.hex(Bytes.copy(new TextMemory().encode(string))), "seed " + seed);
        }
    }

    @Test
    @DisplayName("S-86: encoding stops in front of a character that does not fit")
    void encodingStopsBetweenCharacters() {
        String string = "aé€😀";
        int[] charsThatFit = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 5};
        for (int room = 0; room <= 10; room++) {
            ByteBuffer target = ByteBuffer.allocate(20).limit(room);
            assertEquals(charsThatFit[room], new Utf8Encoder(2).encode(string, 0, target), "room " + room);
            assertEquals(Bytes.utf8(string.substring(0, charsThatFit[room])).length, target.position());
        }
    }
}
