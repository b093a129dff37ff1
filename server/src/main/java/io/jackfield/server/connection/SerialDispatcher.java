package io.jackfield.server.connection;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs the events of one connection on the user's executor, one after the other, and tells when it lags behind.
 */
final class SerialDispatcher {

    /** What waits beyond this is a reason to stop reading: events, each counted with its bytes. */
    private static final long HIGH_COST = 1024 * 1024;

    private static final long LOW_COST = HIGH_COST / 2;

    /** The cost of an event besides its payload, in bytes. */
    private static final int EVENT_COST = 1024;

    /** Events run in one task of the executor before others get their turn. */
    private static final int EVENTS_PER_TASK = 64;

    private record Waiting(Runnable event, long cost) {}

    private final Executor executor;
    private final Consumer<Boolean> lagging;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean scheduled;
    private boolean lags;
    private long cost;

    /**
     * @param executor the user's
     * @param lagging told, on any thread, when the executor begins and ceases to lag behind. It must not block: it is called
     *     under the lock, so that both are told in the order in which they happen
     */
    SerialDispatcher(Executor executor, Consumer<Boolean> lagging) {
        this.executor = executor;
        this.lagging = lagging;
    }

    /** Appends an event. What the executor refuses runs here at once, so that no event is lost. */
    void dispatch(Runnable event, long payloadBytes) {
        boolean schedule;
        synchronized (this) {
            long eventCost = payloadBytes + EVENT_COST;
            queue.add(new Waiting(event, eventCost));
            cost += eventCost;
            if (!lags && cost > HIGH_COST) {
                lags = true;
                lagging.accept(true);
            }
            schedule = !scheduled;
            scheduled = true;
        }
        if (schedule) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(this::runSome);
        } catch (RejectedExecutionException e) {
            runSome();
        }
    }

    private void runSome() {
        for (int i = 0; i < EVENTS_PER_TASK; i++) {
            Waiting next;
            synchronized (this) {
                next = queue.poll();
                if (next == null) {
                    scheduled = false;
                    return;
                }
                cost -= next.cost;
                if (lags && cost < LOW_COST) {
                    lags = false;
                    lagging.accept(false);
                }
            }
            next.event.run();
        }
        submit();
    }
}
