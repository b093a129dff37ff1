package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One message in a deferred session: keeps its place in the queue, and brings the answer to the owner's thread. The first
 * answer counts; others are ignored.
 */
final class DeferredCall implements BiConsumer<ExtensionMessage, Throwable> {

    /** The session's method has not returned. */
    private static final Object CALLING = new Object();

    /** It has returned, and the answer is still to come: it has to be brought to the owner. */
    private static final Object WAITING = new Object();

    /** What the session answered, on whatever thread. */
    private record Answer(ExtensionMessage result, Throwable thrown) {}

    private final AtomicReference<Object> progress = new AtomicReference<>(CALLING);
    private final SessionGuard guard;
    private final Executor owner;
    private final Consumer<DeferredCall> onSettled;

    // The result, on the owner's thread: one of both is set when it is there.
    private ExtensionMessage message;
    private ConnectionFailure failure;

    // For the count of what waits, on the owner's thread.
    private int payloadLength;
    private int counted;
    private boolean hasLeft;

    /**
     * A call of a session.
     *
     * @param onSettled runs on the owner's thread if the answer comes later than the session's method returns
     */
    DeferredCall(SessionGuard guard, Executor owner, Consumer<DeferredCall> onSettled) {
        this.guard = guard;
        this.owner = owner;
        this.onSettled = onSettled;
    }

    /** Calls the session. Afterwards the result may be there. */
    void start(boolean isIncoming, ExtensionMessage input) {
        payloadLength = input.payload().remaining();
        guard.start(isIncoming, input, this);
        if (!progress.compareAndSet(CALLING, WAITING)) {
            settle();
        }
    }

    /** Takes the answer; called on any thread. */
    @Override
    public void accept(ExtensionMessage result, Throwable thrown) {
        Answer answer = new Answer(result, thrown);
        if (!progress.compareAndSet(CALLING, answer) && progress.compareAndSet(WAITING, answer)) {
            owner.execute(() -> {
                settle();
                onSettled.accept(this);
            });
        }
    }

    private void settle() {
        Answer answer = (Answer) progress.get();
        try {
            message = guard.finish(answer.result(), answer.thrown());
            payloadLength = message.payload().remaining();
        } catch (ConnectionFailure failed) {
            failure = failed;
            payloadLength = 0;
        }
    }

    /** Settles it with a failure that came from a session before; its own session is not called. */
    void settle(ConnectionFailure earlier) {
        failure = earlier;
    }

    /** By how many bytes the payload for which it stands has grown since the last time: 0 once it has left the queue. */
    int growth() {
        int length = hasLeft ? 0 : payloadLength;
        int growth = length - counted;
        counted = length;
        return growth;
    }

    /** It has left the queue. */
    void leave() {
        hasLeft = true;
    }

    boolean isSettled() {
        return message != null || failure != null;
    }

    /** The result, once it is there; null if the call failed. */
    ExtensionMessage message() {
        return message;
    }

    /** Why the call failed, or null. */
    ConnectionFailure failure() {
        return failure;
    }
}
