package io.jackfield.server.stream;

import io.jackfield.api.CloseCode;
import io.jackfield.api.ReadyState;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/** A subscriber that sends what it is given, and requests more as the network takes it. */
abstract class Writing<T> implements Flow.Subscriber<T> {

    final StreamConnection connection;
    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

    Writing(StreamConnection connection) {
        this.connection = connection;
    }

    /** Sends an item; the stage tells when it has left. */
    abstract CompletionStage<Void> send(T item);

    @Override
    public final void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription");
        if (!subscription.compareAndSet(null, given)) {
            // Reactive Streams 2.5
            given.cancel();
            return;
        }
        connection.onClosed(given::cancel);
        given.request(1);
    }

    @Override
    public final void onNext(T item) {
        Objects.requireNonNull(item, "item");
        Flow.Subscription from = subscription.get();
        CompletionStage<Void> sent;
        try {
            sent = send(item);
        } catch (IllegalStateException refused) {
            from.cancel();
            connection.report(refused);
            return;
        }
        if (connection.socket().bufferedAmount() <= Window.SIZE && accepts()) {
            from.request(1);
        } else {
            sent.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    from.request(1);
                } else {
                    from.cancel();
                }
            });
        }
    }

    private boolean accepts() {
        return connection.socket().readyState().compareTo(ReadyState.OPEN) <= 0;
    }

    @Override
    public final void onError(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        connection.close(CloseCode.INTERNAL_ERROR.value(), "internal error");
        connection.report(failure);
    }

    @Override
    public final void onComplete() {
        connection.socket().close();
    }
}
