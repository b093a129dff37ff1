package io.jackfield.itest.streaming;

import java.util.Arrays;
import java.util.Random;

/**
 * The bytes of a message of any length, each known by its place. ASCII, so that it may be text, and of few different
 * characters, so that it can be compressed.
 */
final class Pattern {

    /** A prime: no block of a power of two is like the one before. */
    private static final int PERIOD = 1_048_573;

    private static final int CHARACTERS = 16;

    private final byte[] period = new byte[PERIOD];

    Pattern() {
        Random random = new Random(1);
        for (int i = 0; i < PERIOD; i++) {
            period[i] = (byte) ('a' + random.nextInt(CHARACTERS));
        }
    }

    /** Puts the bytes from a place on. */
    void copy(long place, byte[] target, int length) {
        int done = 0;
        while (done < length) {
            int from = (int) ((place + done) % PERIOD);
            int count = Math.min(length - done, PERIOD - from);
            System.arraycopy(period, from, target, done, count);
            done += count;
        }
    }

    /** Whether the bytes are those from a place on. */
    boolean matches(long place, byte[] bytes, int length) {
        int done = 0;
        while (done < length) {
            int from = (int) ((place + done) % PERIOD);
            int count = Math.min(length - done, PERIOD - from);
            if (!Arrays.equals(bytes, done, done + count, period, from, from + count)) {
                return false;
            }
            done += count;
        }
        return true;
    }
}
