package io.jackfield.stress;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what happens on other threads, for as long as something that happens at all can take. */
public final class Countdown {

    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch left;

    /** @param events how many to wait for */
    public Countdown(int events) {
        left = new CountDownLatch(events);
    }

    /** One of them has happened. */
    public void happened() {
        left.countDown();
    }

    /** Whether all of them happen. */
    public boolean isOver() {
        try {
            return left.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
