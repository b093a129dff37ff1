package io.jackfield.fuzz;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/** Counts what this thread allocates, so that no input makes it allocate out of proportion. */
final class Allocation {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long start = THREADS.getCurrentThreadAllocatedBytes();

    private static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message);
        }
    }

    void requireAtMost(long bytes, String what) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - start;
        if (allocated > bytes) {
            throw new Exceeded(what + " allocated " + allocated + " bytes, and may " + bytes);
        }
    }

    /** Runs an input; again if it allocated too much, since the first time may have loaded classes. */
    static void run(Consumer<byte[]> target, byte[] input) {
        try {
            target.accept(input);
        } catch (Exceeded perhapsByLoadingClasses) {
            target.accept(input);
        }
    }
}
