package io.jackfield.ext.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last bytes that passed in one direction, as far as the agreed LZ77 window reaches back: all that an idle
 * connection holds. It takes no more memory than has passed, rounded up to a power of two. Not thread-safe.
 */
final class SlidingWindow {

    private static final int SMALLEST = 128;
    private static final byte[] NOTHING = {};

    private final int capacity;

    /** A ring once its length is the capacity, which is a power of two; before that, filled from the beginning. */
    private byte[] ring = NOTHING;

    private int end;
    private int size;

    SlidingWindow(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    /** How many bytes of memory are held. */
    int memory() {
        return ring.length;
    }

    void clear() {
        ring = NOTHING;
        end = 0;
        size = 0;
    }

    /** Adds the bytes from position to limit, which stays as it is. */
    void append(ByteBuffer bytes) {
        int length = Math.min(bytes.remaining(), capacity);
        int from = bytes.limit() - length;
        makeRoom(length);
        int first = Math.min(length, ring.length - end);
        bytes.get(from, ring, end, first);
        bytes.get(from + first, ring, 0, length - first);
        end = first == length ? end + length : length - first;
        size = Math.min(capacity, size + length);
    }

    private void makeRoom(int length) {
        int needed = Math.min(capacity, size + length);
        if (needed > ring.length) {
            int powerOfTwo = Integer.highestOneBit(needed - 1) << 1;
            ring = Arrays.copyOf(ring, Math.max(SMALLEST, powerOfTwo));
        }
    }

    /** Gives the last bytes to a codec, in one or two pieces. */
    void prime(int length, Dictionary dictionary) {
        int wrapped = Math.max(0, length - end);
        if (wrapped > 0) {
            dictionary.set(ring, ring.length - wrapped, wrapped);
        }
        if (length > wrapped) {
            dictionary.set(ring, end - (length - wrapped), length - wrapped);
        }
    }

    /** The {@code setDictionary} of a codec. Raw DEFLATE lets it be called repeatedly: each time adds to the window. */
    @FunctionalInterface
    interface Dictionary {
        void set(byte[] bytes, int offset, int length);
    }
}
