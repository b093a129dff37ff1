package io.jackfield.server.statistics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** What one event loop counts. Written by its thread alone, except where a method says otherwise; read by any thread. */
public final class LoopCounters {

    /** The longest turn is that of the window before and of the one that is not over yet. */
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long WAITING = Long.MIN_VALUE;

    private static final AtomicLongFieldUpdater<LoopCounters> RECEIVED_MESSAGES = updater("receivedMessages");
    private static final AtomicLongFieldUpdater<LoopCounters> RECEIVED_BYTES = updater("receivedBytes");
    private static final AtomicLongFieldUpdater<LoopCounters> SENT_MESSAGES = updater("sentMessages");
    private static final AtomicLongFieldUpdater<LoopCounters> SENT_BYTES = updater("sentBytes");

    // Fields of this object, not objects: on the way of each message every step from one to the next shows.
    private volatile long receivedMessages;
    private volatile long receivedBytes;
    private volatile long sentMessages;
    private volatile long sentBytes;

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

    private static AtomicLongFieldUpdater<LoopCounters> updater(String field) {
        return AtomicLongFieldUpdater.newUpdater(LoopCounters.class, field);
    }

    /** A message came from a peer. */
    public void messageReceived() {
        RECEIVED_MESSAGES.lazySet(this, receivedMessages + 1);
    }

    /** Bytes came from a peer. */
    public void bytesReceived(long count) {
        RECEIVED_BYTES.lazySet(this, receivedBytes + count);
    }

    /** Messages are on their way to a peer. */
    public void messagesSent(int count) {
        SENT_MESSAGES.lazySet(this, sentMessages + count);
    }

    /** Bytes are on their way to a peer. */
    public void bytesSent(long count) {
        SENT_BYTES.lazySet(this, sentBytes + count);
    }

    /** Messages from peers. Any thread may ask. */
    long receivedMessages() {
        return receivedMessages;
    }

    /** Bytes from peers. Any thread may ask. */
    long receivedBytes() {
        return receivedBytes;
    }

    /** Messages to peers. Any thread may ask. */
    long sentMessages() {
        return sentMessages;
    }

    /** Bytes to peers. Any thread may ask. */
    long sentBytes() {
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
