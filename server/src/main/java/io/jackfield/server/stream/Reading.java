package io.jackfield.server.stream;

import io.jackfield.api.Event;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One subscription to what a connection receives. Items are counted against the demand on the loop, where they are made, and
 * handed on where the application's listeners run.
 */
abstract class Reading<T> implements Flow.Subscription, PartReceiver {

    final StreamConnection connection;
    private final AtomicLong demand = new AtomicLong();

    /** Null once nothing is signalled any more. */
    private volatile Flow.Subscriber<? super T> subscriber;

    Reading(StreamConnection connection, Flow.Subscriber<? super T> subscriber) {
        this.connection = connection;
        this.subscriber = subscriber;
    }

    /** Introduces itself, and begins to read unless another reads. */
    final void begin() {
        Flow.Subscriber<? super T> introduced = subscriber;
        introduced.onSubscribe(this);
        boolean attached = connection.attach(this);
        boolean isCancelled = subscriber == null;
        if (attached && isCancelled) {
            // Before there was anything to detach.
            connection.detach(this);
        } else if (!attached && !isCancelled) {
            subscriber = null;
            introduced.onError(
                    new IllegalStateException("The messages of this connection are received otherwise already"));
        }
    }

    // -- from the subscriber ------------------------------------------------------------------------------------------

    @Override
    public final void request(long n) {
        if (n <= 0) {
            connection.onLoop(() -> end(new IllegalArgumentException(
                    "One requests a positive number of items (Reactive Streams 3.9), not " + n)));
        } else {
            demand.accumulateAndGet(
                    n, (before, more) -> before > Long.MAX_VALUE - more ? Long.MAX_VALUE : before + more);
            connection.demandChanged();
        }
    }

    @Override
    public final void cancel() {
        subscriber = null;
        connection.detach(this);
    }

    // -- from the connection, on its loop -----------------------------------------------------------------------------

    /** Whether a message has begun and not ended. */
    abstract boolean isWithinMessage();

    final boolean isDemanded() {
        return demand.get() > 0;
    }

    /** Hands on an item for which there is demand. */
    final void emit(T item, long payloadBytes) {
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        connection.deliver(() -> signal(item), payloadBytes);
    }

    private void signal(T item) {
        Flow.Subscriber<? super T> receiver = subscriber;
        if (receiver == null) {
            return;
        }
        try {
            receiver.onNext(item);
        } catch (Throwable thrown) {
            // Reactive Streams 2.13: it should not have thrown, and is taken for cancelled.
            cancel();
            connection.report(thrown);
        }
    }

    @Override
    public final void onEnd(Event.Close close) {
        end(Ending.failure(close, isWithinMessage()));
    }

    /** Ends with a failure, or completes if it is null. */
    private void end(Throwable failure) {
        connection.detach(this);
        connection.deliver(
                () -> {
                    Flow.Subscriber<? super T> receiver = subscriber;
                    subscriber = null;
                    if (receiver == null) {
                        return;
                    }
                    try {
                        if (failure == null) {
                            receiver.onComplete();
                        } else {
                            receiver.onError(failure);
                        }
                    } catch (Throwable thrown) {
                        connection.report(thrown);
                    }
                },
                0);
    }

    static ByteBuffer copy(ByteBuffer payload) {
        return ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    }
}
