package io.jackfield.server.loop;

/**
 * Something due later, linked into its wheel. Made by {@link TimerWheel#schedule}; used on the loop's thread alone.
 */
public final class Timer {

    final long dueTick;
    Runnable action;

    // Where it is linked.
    int slot;
    Timer previous;
    Timer next;

    Timer(long dueTick, Runnable action) {
        this.dueTick = dueTick;
        this.action = action;
    }

    /** Whether it neither ran nor was cancelled. */
    boolean isPending() {
        return action != null;
    }
}
