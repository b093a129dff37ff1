package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 5.3, against its plain twin. */
class MaskingTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** The formula of RFC 6455 section 5.3. */
    private static byte[] plain(byte[] bytes, int key, long offset) {
        byte[] masked = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int j = (int) ((i + offset) % 4);
            masked[i] = (byte) (bytes[i] ^ (key >>> (24 - 8 * j)));
        }
        return masked;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private ByteBuffer[] buffersAround(byte[] bytes, int before) {
        ByteBuffer heap = ByteBuffer.allocate(before + bytes.length + 2);
        ByteBuffer direct = ByteBuffer.allocateDirect(before + bytes.length + 2).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer slice = ByteBuffer.allocate(before + bytes.length + 5).slice(3, before + bytes.length + 2);
        ByteBuffer[] all = {heap, direct, slice};
        for (ByteBuffer buffer : all) {
            buffer.put(before, bytes);
        }
        return all;
    }

    @Test
    @DisplayName("R-51 S-150: in place, for any key, length, place and offset")
    void inPlace() {
        for (int length = 0; length < 70; length++) {
            for (long offset : new long[] {0, 1, 2, 3, 4, 7, (1L << 33) + 1}) {
                int key = random.nextInt();
                int before = random.nextInt(9);
                byte[] bytes = randomBytes(length);
                for (ByteBuffer buffer : buffersAround(bytes, before)) {
                    Masking.apply(buffer, before, before + length, key, offset);
                    byte[] all = new byte[buffer.capacity()];
                    buffer.get(0, all);
                    byte[] expected = new byte[buffer.capacity()];
                    System.arraycopy(plain(bytes, key, offset), 0, expected, before, length);
                    assertArrayEquals(expected, all, "seed " + seed);
                    assertEquals(0, buffer.position());
                    assertEquals(buffer.capacity(), buffer.limit());
                }
            }
        }
    }

    @Test
    @DisplayName("R-51 S-150: into an array, for any key, length, place and offset")
    void intoAnArray() {
        for (int length = 0; length < 70; length++) {
            for (long offset : new long[] {0, 1, 2, 3, (1L << 40) + 2}) {
                int key = random.nextInt();
                int before = random.nextInt(9);
                int at = random.nextInt(9);
                byte[] bytes = randomBytes(length);
                for (ByteBuffer buffer : buffersAround(bytes, before)) {
                    byte[] target = new byte[at + length + 3];
                    Masking.copy(buffer.asReadOnlyBuffer(), before, length, key, offset, target, at);
                    byte[] expected = new byte[target.length];
                    System.arraycopy(plain(bytes, key, offset), 0, expected, at, length);
                    assertArrayEquals(expected, target, "seed " + seed);
                }
            }
        }
    }
}
