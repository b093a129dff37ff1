package io.jackfield.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that the drivers of one owner share, so that an idle driver holds none: room for one conversion at a time, and
 * buffers for messages that arrive in parts. Not thread-safe: all drivers that use it are called by one thread, or one
 * after the other.
 */
public final class DriverMemory {

    /** More than this is allocated for the occasion instead of kept. */
    private static final int LARGEST_SCRATCH = 1 << 17;

    /** The capacities of kept buffers are the powers of two from here … */
    private static final int SMALLEST_LOG = 8;

    /** … to here. */
    private static final int LARGEST_LOG = 20;

    private static final int DEFAULT_MAX_KEPT = 4 << 20;

    private final int maxKept;
    private final List<ArrayDeque<ByteBuffer>> kept = new ArrayList<>();
    private int keptBytes;
    private byte[] scratch = new byte[0];
    private final Utf8Encoder encoder = new Utf8Encoder(Utf8Encoder.PIECE);

    /** Memory that keeps up to 4 MiB of unused buffers. */
    public DriverMemory() {
        this(DEFAULT_MAX_KEPT);
    }

    /**
     * Memory with a limit of its own.
     *
     * @param maxKept the most bytes of unused buffers that are kept for later, at least 0
     */
    public DriverMemory(int maxKept) {
        if (maxKept < 0) {
            throw new IllegalArgumentException("maxKept must not be negative, but is " + maxKept);
        }
        this.maxKept = maxKept;
        for (int log = SMALLEST_LOG; log <= LARGEST_LOG; log++) {
            kept.add(new ArrayDeque<>(0));
        }
    }

    /**
     * Room that is the caller's until it calls something that may ask for it too.
     *
     * @param length at least 0
     * @return an array of that length or longer, with any content
     */
    byte[] scratch(int length) {
        if (length > LARGEST_SCRATCH) {
            return new byte[length];
        }
        if (scratch.length < length) {
            scratch = new byte[1 << ceilLog(length)];
        }
        return scratch;
    }

    /**
     * A buffer that is the caller's until it gives it back or forgets it.
     *
     * @param capacity the least capacity
     * @return a cleared big-endian buffer with an array behind it that begins where the buffer begins
     */
    ByteBuffer acquire(int capacity) {
        int log = ceilLog(capacity);
        if (log > LARGEST_LOG) {
            return ByteBuffer.allocate(capacity);
        }
        ByteBuffer buffer = kept.get(log - SMALLEST_LOG).pollLast();
        if (buffer == null) {
            return ByteBuffer.allocate(1 << log);
        }
        keptBytes -= buffer.capacity();
        return buffer.clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** Takes back what {@link #acquire} gave. */
    void release(ByteBuffer buffer) {
        int capacity = buffer.capacity();
        if (capacity <= 1 << LARGEST_LOG && capacity <= maxKept - keptBytes) {
            kept.get(ceilLog(capacity) - SMALLEST_LOG).addLast(buffer);
            keptBytes += capacity;
        }
    }

    /**
     * Encodes text as UTF-8.
     *
     * @param text the text; an unpaired surrogate becomes U+FFFD
     * @return the bytes from position to limit in a buffer like that of {@link #acquire}
     * @throws ArithmeticException if the bytes might be more than 2 GiB
     */
    ByteBuffer encode(String text) {
        int length = text.length();
        ByteBuffer bytes = acquire(length);
        int done = encoder.encode(text, 0, bytes);
        if (done < length) {
            long most = bytes.position() + (long) Utf8Encoder.MAX_BYTES_PER_CHAR * (length - done);
            ByteBuffer larger = acquire(Math.toIntExact(most)).put(bytes.flip());
            release(bytes);
            bytes = larger;
            encoder.encode(text, done, bytes);
        }
        return bytes.flip();
    }

    /** How many bytes of unused buffers are kept. */
    int keptBytes() {
        return keptBytes;
    }

    private static int ceilLog(int length) {
        return Math.max(SMALLEST_LOG, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(length, 1) - 1));
    }
}
