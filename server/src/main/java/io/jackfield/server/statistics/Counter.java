package io.jackfield.server.statistics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that one thread counts and any thread may read. Counting is a plain addition, without a locked instruction or a
 * fence: readers may see a number that is a moment old.
 */
public final class Counter {

    private final AtomicLong value = new AtomicLong();

    Counter() {}

    /**
     * Adds to it. For the one thread that counts.
     *
     * @param amount how much
     */
    public void add(long amount) {
        value.setOpaque(value.getPlain() + amount);
    }

    /** Replaces it. For the one thread that counts. */
    void set(long number) {
        value.setOpaque(number);
    }

    /** The number. */
    long get() {
        return value.getOpaque();
    }
}
