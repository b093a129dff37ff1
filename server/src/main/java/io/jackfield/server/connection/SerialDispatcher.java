package io.jackfield.server.connection;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs the events of one connection on the user's executor, one after the other, and tells when it lags behind.
 */
final class SerialDispatcher {

    /** The cost of an event besides its payload, in bytes. */
    static final int EVENT_COST = 1024;

    /** Events run in one task of the executor before others get their turn. */
    private static final int EVENTS_PER_TASK = 64;

    private record Waiting(Runnable event, long cost) {}

    private final Executor executor;
    private final long maxCost;
    private final Runnable onLagChange;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean scheduled;
    private boolean lags;
    private long cost;

    /**
     * @param executor the user's
     * @param maxCost what may wait before it lags behind: events, each counted with its bytes
     * @param onLagChange told, on any thread, that {@link #lags} may answer otherwise now
     */
    SerialDispatcher(Executor executor, long maxCost, Runnable onLagChange) {
        this.executor = executor;
        this.maxCost = maxCost;
        this.onLagChange = onLagChange;
    }

    /** Whether more waits than may; then until half of it is done. Any thread may ask. */
    synchronized boolean lags() {
        return lags;
    }

    /** Appends an event. What the executor refuses runs here at once, so that no event is lost. */
    void dispatch(Runnable event, long payloadBytes) {
        boolean schedule;
        boolean changed;
        synchronized (this) {
            long eventCost = payloadBytes + EVENT_COST;
            queue.add(new Waiting(event, eventCost));
            cost += eventCost;
            changed = !lags && cost > maxCost;
            lags |= changed;
            schedule = !scheduled;
            scheduled = true;
        }
        if (changed) {
            onLagChange.run();
        }
        if (schedule) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(this::runSome);
        } catch (RuntimeException | Error e) {
            // Refused, or the executor could not start a thread: late is better than lost.
            runSome();
        }
    }

    private void runSome() {
        for (int i = 0; i < EVENTS_PER_TASK; i++) {
            Waiting next;
            boolean changed;
            synchronized (this) {
                next = queue.poll();
                if (next == null) {
                    scheduled = false;
                    return;
                }
                cost -= next.cost;
                changed = lags && cost <= maxCost / 2;
                lags &= !changed;
            }
            if (changed) {
                onLagChange.run();
            }
            next.event.run();
        }
        submit();
    }
}
