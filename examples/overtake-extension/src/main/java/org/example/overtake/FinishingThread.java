package org.example.overtake;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The one thread that finishes messages. It is there as long as there are sessions: no connection has a thread of its own,
 * and none is left when the bundle is gone. Thread-safe.
 */
final class FinishingThread {

    private ScheduledThreadPoolExecutor executor;
    private int sessions;

    /** For a new session. */
    synchronized ScheduledExecutorService acquire() {
        if (sessions == 0) {
            executor = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "x-overtake"));
            // Otherwise what was cancelled would keep the thread alive until its time.
            executor.setRemoveOnCancelPolicy(true);
        }
        sessions++;
        return executor;
    }

    /** For a session that is closed. */
    synchronized void release() {
        sessions--;
        if (sessions == 0) {
            executor.shutdown();
            executor = null;
        }
    }

    /** Whether there is a thread. */
    synchronized boolean isRunning() {
        return executor != null;
    }
}
