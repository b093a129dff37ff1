package io.jackfield.server.statistics;

import java.util.concurrent.TimeUnit;

/** What one event loop counts. Written by its thread alone, except where a method says otherwise; read by any thread. */
public final class LoopCounters {

    /** The longest turn is that of the window before and of the one that is not over yet. */
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long WAITING = Long.MIN_VALUE;

    private final Counter receivedMessages = new Counter();
    private final Counter receivedBytes = new Counter();
    private final Counter sentMessages = new Counter();
    private final Counter sentBytes = new Counter();

    // Turns.
    private final Counter busyNanos = new Counter();
    private final Counter turnBegan = new Counter();
    private final Counter windowBegan = new Counter();
    private final Counter longestInWindow = new Counter();
    private final Counter longestBefore = new Counter();

    LoopCounters(long nowNanos) {
        turnBegan.set(WAITING);
        windowBegan.set(nowNanos);
    }

    /** Messages from peers. */
    public Counter receivedMessages() {
        return receivedMessages;
    }

    /** Bytes from peers. */
    public Counter receivedBytes() {
        return receivedBytes;
    }

    /** Messages to peers. */
    public Counter sentMessages() {
        return sentMessages;
    }

    /** Bytes to peers. */
    public Counter sentBytes() {
        return sentBytes;
    }

    /**
     * The loop has something to do.
     *
     * @param nowNanos the time, on the scale of {@code System.nanoTime()}
     */
    public void turnBegins(long nowNanos) {
        // One turn follows another where the loop did not wait.
        turnEnds(nowNanos);
        turnBegan.set(nowNanos);
    }

    /**
     * The loop is about to wait.
     *
     * @param nowNanos the time, on the scale of {@code System.nanoTime()}
     */
    public void turnEnds(long nowNanos) {
        long began = turnBegan.get();
        if (began == WAITING) {
            return;
        }
        turnBegan.set(WAITING);
        long turn = nowNanos - began;
        busyNanos.add(turn);
        long windowAge = nowNanos - windowBegan.get();
        if (windowAge >= WINDOW_NANOS) {
            longestBefore.set(windowAge < 2 * WINDOW_NANOS ? longestInWindow.get() : 0);
            longestInWindow.set(0);
            windowBegan.set(nowNanos);
        }
        if (turn > longestInWindow.get()) {
            longestInWindow.set(turn);
        }
    }

    /** The time spent in turns that are over. Any thread may ask. */
    long busyNanos() {
        return busyNanos.get();
    }

    /** The longest turn of the last one to two windows, or the one that lasts. Any thread may ask. */
    long lagNanos(long nowNanos) {
        long began = turnBegan.get();
        long lasting = began == WAITING ? 0 : nowNanos - began;
        long windowAge = nowNanos - windowBegan.get();
        // A loop with nothing to do does not move its window.
        long recent = windowAge < 2 * WINDOW_NANOS ? longestInWindow.get() : 0;
        long earlier = windowAge < WINDOW_NANOS ? longestBefore.get() : 0;
        return Math.max(lasting, Math.max(recent, earlier));
    }
}
