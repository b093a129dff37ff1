package io.jackfield.ext.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a codec writes one message to. The array grows geometrically; a small one stays with the codec, a large one goes
 * away with the message.
 */
final class OutputBuffer {

    private static final int SMALLEST = 4 * 1024;
    private static final int LARGEST_KEPT = 64 * 1024;

    private static final byte[] NOTHING = {};

    private byte[] kept = NOTHING;
    private byte[] bytes = NOTHING;
    private int count;
    private int limit;

    /** Begins with no bytes, of which there will never be more than the limit. */
    void begin(int newLimit) {
        bytes = kept;
        count = 0;
        limit = newLimit;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many bytes were written. */
    int count() {
        return count;
    }

    /** How many bytes may be written behind them before the array must grow. */
    int room() {
        return Math.min(bytes.length, limit) - count;
    }

    int limit() {
        return limit;
    }

    boolean isAtLimit() {
        return count == limit;
    }

    void advance(int written) {
        count += written;
    }

    /** Makes room, unless the limit is reached. */
    void grow() {
        int doubled = (int) Math.min(Math.max(SMALLEST, 2L * bytes.length), Math.max(SMALLEST, limit));
        bytes = Arrays.copyOf(bytes, doubled);
        if (doubled <= LARGEST_KEPT) {
            kept = bytes;
        }
    }

    /** The first bytes, for the caller to keep. Nothing is written after this. */
    ByteBuffer take(int length) {
        ByteBuffer taken =
                bytes == kept ? ByteBuffer.wrap(Arrays.copyOf(bytes, length)) : ByteBuffer.wrap(bytes, 0, length);
        return taken;
    }

    /** Lets go of what is too large to keep. */
    void release() {
        bytes = kept;
        count = 0;
    }

    /** How many bytes of memory are held. */
    int memory() {
        return Math.max(bytes.length, kept.length);
    }
}
