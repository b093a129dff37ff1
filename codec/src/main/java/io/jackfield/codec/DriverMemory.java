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

    /** The capacities of kept buffers are the powers of two from here … */
    private static final int SMALLEST_LOG = 8;

    /** … to here. */
    private static final int LARGEST_LOG = 20;

    private static final int DEFAULT_MAX_KEPT = 4 << 20;

    private final int maxKept;
    private final List<ArrayDeque<ByteBuffer>> kept = new ArrayList<>();
    private int keptBytes;
    private final TextMemory text = new TextMemory();

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

    /** The room for text, shared by decoding and encoding. */
    TextMemory text() {
        return text;
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

    /** How many bytes of unused buffers are kept. */
    int keptBytes() {
        return keptBytes;
    }

    static int ceilLog(int length) {
        return Math.max(SMALLEST_LOG, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(length, 1) - 1));
    }
}
