package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.SharedMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One of the two ways through the sessions. Keeps the order of what passes, failures included, whatever the sessions do: a
 * message leaves a deferred session when it is done and all before it have left, and only there does it ever wait.
 *
 * <p>What comes behind a failure is dropped.
 */
final class PipelineDirection {

    /** Where messages and failures leave. */
    interface End {
        void message(ExtensionMessage message);

        void shared(SharedMessage message);

        void failure(ConnectionFailure failure);
    }

    /** One session's place in this direction. */
    private static final class Stage {

        final SessionGuard guard;

        /** The messages in a deferred session in the order in which they came; null for an immediate session. */
        final ArrayDeque<DeferredCall> queue;

        /** A message failed here, so that the session gets no more. */
        boolean hasFailed;

        Stage(SessionGuard guard) {
            this.guard = guard;
            this.queue = guard.isDeferred() ? new ArrayDeque<>(4) : null;
        }

        boolean isHeadSettled() {
            return queue != null && !queue.isEmpty() && queue.peekFirst().isSettled();
        }
    }

    private final boolean isIncoming;
    private final Stage[] stages;
    private final Executor owner;
    private final End end;
    private final Runnable onLaterProgress;

    /** The messages that have entered and not left. */
    private int pending;

    /** The payloads of those that wait in deferred sessions, and of results that wait for others in front of them. */
    private long pendingBytes;

    /** What is under way is dropped. */
    private boolean isDiscarded;

    /**
     * A direction in which nothing is under way.
     *
     * @param isIncoming which of the sessions' methods are called
     * @param guards the sessions in the order of this direction
     * @param owner brings answers that come later to the thread that owns the connection
     * @param onLaterProgress runs when such an answer was passed on
     */
    PipelineDirection(
            boolean isIncoming, List<SessionGuard> guards, Executor owner, End end, Runnable onLaterProgress) {
        this.isIncoming = isIncoming;
        this.stages = guards.stream().map(Stage::new).toArray(Stage[]::new);
        this.owner = owner;
        this.end = end;
        this.onLaterProgress = onLaterProgress;
    }

    int pending() {
        return pending;
    }

    long pendingBytes() {
        return pendingBytes;
    }

    /** Whether messages are in the session that stands at an index of this direction. */
    boolean isBusyAt(int index) {
        Stage stage = stages[index];
        return stage.queue != null && !stage.queue.isEmpty();
    }

    /** Drops what is under way, and what may come. Answers of sessions are still awaited, so that they can be closed. */
    void discard() {
        isDiscarded = true;
        pending = 0;
        for (Stage stage : stages) {
            if (stage.queue != null) {
                clear(stage);
            }
        }
    }

    /**
     * A message enters.
     *
     * @param isStable whether its payload may be kept as it is; otherwise it is copied for a session that keeps it
     */
    void enter(ExtensionMessage message, boolean isStable) {
        if (!isDiscarded) {
            pending++;
            pass(0, message, isStable);
        }
    }

    /** A message that goes to many connections enters the outgoing direction. It stays one as long as the sessions share. */
    void enterShared(SharedMessage message) {
        if (isDiscarded) {
            return;
        }
        pending++;
        SharedMessage current = message;
        for (int at = 0; at < stages.length; at++) {
            Stage stage = stages[at];
            if (stage.hasFailed) {
                return;
            }
            if (stage.queue != null) {
                pass(at, current.message(), true);
                return;
            }
            SharedMessage next;
            try {
                next = stage.guard.callShared(current);
                if (next == null) {
                    ExtensionMessage own = current.message();
                    ExtensionMessage result = stage.guard.call(isIncoming, own);
                    if (result != own || own.payload().remaining() != current.length()) {
                        pass(at + 1, result, false);
                        return;
                    }
                    next = current;
                }
            } catch (ConnectionFailure failure) {
                stage.hasFailed = true;
                passFailure(at + 1, failure);
                return;
            }
            current = next;
        }
        if (!isDiscarded) {
            pending--;
            end.shared(current);
        }
    }

    /** Takes a message to a stage and on, as far as it gets at once. */
    private void pass(int from, ExtensionMessage message, boolean isStable) {
        ExtensionMessage current = message;
        boolean stable = isStable;
        for (int at = from; at < stages.length; at++) {
            Stage stage = stages[at];
            if (stage.hasFailed) {
                return;
            }
            if (stage.queue != null) {
                defer(at, stable ? current : stableCopy(current));
                return;
            }
            ByteBuffer before = current.payload();
            try {
                current = stage.guard.call(isIncoming, current);
            } catch (ConnectionFailure failure) {
                stage.hasFailed = true;
                passFailure(at + 1, failure);
                return;
            }
            stable &= current.payload() == before;
        }
        if (!isDiscarded) {
            pending--;
            end.message(current);
        }
    }

    private void defer(int at, ExtensionMessage message) {
        Stage stage = stages[at];
        DeferredCall call = new DeferredCall(stage.guard, owner, settled -> passOnLater(at, settled));
        stage.queue.addLast(call);
        call.start(isIncoming, message);
        pendingBytes += call.growth();
        if (call.isSettled()) {
            stage.hasFailed |= call.failure() != null;
            passOn(at);
        }
    }

    /** Takes a failure to a stage and on, behind the messages that wait there. */
    private void passFailure(int from, ConnectionFailure failure) {
        for (int at = from; at < stages.length; at++) {
            Stage stage = stages[at];
            if (stage.hasFailed) {
                return;
            }
            if (stage.queue != null && !stage.queue.isEmpty()) {
                DeferredCall place = new DeferredCall(stage.guard, owner, settled -> {});
                place.settle(failure);
                stage.queue.addLast(place);
                return;
            }
        }
        if (!isDiscarded) {
            discard();
            end.failure(failure);
        }
    }

    private void passOnLater(int at, DeferredCall settled) {
        boolean isDone = false;
        pendingBytes += settled.growth();
        try {
            stages[at].hasFailed |= settled.failure() != null;
            passOn(at);
            isDone = true;
        } finally {
            if (!isDone) {
                // A listener has thrown: what waits behind must not wait for the next answer.
                owner.execute(this::passOnEverywhere);
            }
            onLaterProgress.run();
        }
    }

    private void passOnEverywhere() {
        for (int at = 0; at < stages.length; at++) {
            passOn(at);
        }
        onLaterProgress.run();
    }

    /** Passes on what is done in a deferred session and has nothing in front of it. */
    private void passOn(int at) {
        Stage stage = stages[at];
        while (stage.isHeadSettled()) {
            DeferredCall head = stage.queue.pollFirst();
            left(head);
            if (head.failure() == null) {
                pass(at + 1, head.message(), true);
            } else {
                clear(stage);
                passFailure(at + 1, head.failure());
            }
        }
    }

    private void clear(Stage stage) {
        stage.queue.forEach(this::left);
        stage.queue.clear();
    }

    private void left(DeferredCall call) {
        call.leave();
        pendingBytes += call.growth();
    }

    private static ExtensionMessage stableCopy(ExtensionMessage message) {
        ByteBuffer payload = message.payload();
        ByteBuffer copy = ByteBuffer.allocate(payload.remaining());
        return message.withPayload(copy.put(payload.duplicate()).flip());
    }
}
