package io.jackfield.ext.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

    @Test
    void holdsTheLastBytesHoweverTheyCome() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int capacity = 1 << 8 + random.nextInt(4);
            SlidingWindow window = new SlidingWindow(capacity);
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            for (int append = 0; append < 50; append++) {
                byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 40 : 2 * capacity)];
                random.nextBytes(bytes);
                passed.writeBytes(bytes);
                ByteBuffer buffer = random.nextBoolean() ? direct(bytes) : ByteBuffer.wrap(bytes);
                window.append(buffer);
                assertEquals(bytes.length, buffer.remaining(), "the buffer stays as it is, seed " + seed);

                byte[] all = passed.toByteArray();
                assertEquals(Math.min(capacity, all.length), window.size(), "seed " + seed);
                int length = random.nextInt(window.size() + 1);
                byte[] expected = Arrays.copyOfRange(all, all.length - length, all.length);
                assertArrayEquals(expected, last(window, length), "seed " + seed);
            }
        }
    }

    @Test
    @DisplayName("R-90 memory grows with what has passed, up to the window, and is let go")
    void memoryIsBoundedByWhatPassed() {
        SlidingWindow window = new SlidingWindow(1 << 15);
        assertEquals(0, window.memory());
        window.append(ByteBuffer.allocate(100));
        assertEquals(128, window.memory());
        window.append(ByteBuffer.allocate(100));
        assertEquals(256, window.memory());
        window.append(ByteBuffer.allocate(100_000));
        assertEquals(1 << 15, window.memory());
        window.append(ByteBuffer.allocate(100_000));
        assertEquals(1 << 15, window.memory());
        window.clear();
        assertEquals(0, window.memory());
        assertEquals(0, window.size());
    }

    @Test
    void atMostTwoPiecesAreGiven() {
        SlidingWindow window = new SlidingWindow(256);
        window.append(ByteBuffer.allocate(200));
        window.append(ByteBuffer.allocate(200));
        int[] pieces = {0};
        window.prime(256, (bytes, offset, length) -> {
            pieces[0]++;
            assertTrue(length > 0);
        });
        assertEquals(2, pieces[0]);
        window.prime(0, (bytes, offset, length) -> pieces[0]++);
        assertEquals(2, pieces[0]);
    }

    private static byte[] last(SlidingWindow window, int length) {
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        window.prime(length, collected::write);
        return collected.toByteArray();
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
