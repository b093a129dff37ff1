package org.example.overtake;

import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Numbers the messages of one connection, and takes the number off again. */
final class OvertakeSession implements DeferredSession {

    /** A message that waits to be overtaken, until its timer runs. */
    private record Held(ExtensionMessage message, CompletableFuture<ExtensionMessage> result, Future<?> timer) {}

    private final FinishingThread thread;
    private final ScheduledExecutorService executor;
    private final int holdMillis;

    // The finishing thread's alone.
    private Held held;
    private int finished;

    OvertakeSession(FinishingThread thread, int holdMillis) {
        this.thread = thread;
        this.executor = thread.acquire();
        this.holdMillis = holdMillis;
    }

    @Override
    public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) throws ExtensionException {
        if (!message.rsv3()) {
            return CompletableFuture.completedStage(message);
        }
        if (!message.payload().hasRemaining()) {
            throw ExtensionException.invalidPayload("a message without its number", null);
        }
        return CompletableFuture.supplyAsync(() -> withoutNumber(message), executor);
    }

    @Override
    public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
        CompletableFuture<ExtensionMessage> result = new CompletableFuture<>();
        executor.execute(() -> holdOrOvertake(message, result));
        return result;
    }

    /** Called when no message is in flight: none is held, and no timer runs. */
    @Override
    public void close() {
        thread.release();
    }

    private void holdOrOvertake(ExtensionMessage message, CompletableFuture<ExtensionMessage> result) {
        if (held == null) {
            Future<?> timer = executor.schedule(this::finishHeld, holdMillis, TimeUnit.MILLISECONDS);
            held = new Held(message, result, timer);
        } else {
            held.timer().cancel(false);
            result.complete(numbered(message));
            finishHeld();
        }
    }

    private void finishHeld() {
        Held first = held;
        held = null;
        first.result().complete(numbered(first.message()));
    }

    private ExtensionMessage numbered(ExtensionMessage message) {
        ByteBuffer payload = message.payload();
        ByteBuffer longer = ByteBuffer.allocate(payload.remaining() + 1);
        longer.put(payload).put((byte) finished++);
        return message.withPayload(longer.flip()).withRsv3(true);
    }

    private static ExtensionMessage withoutNumber(ExtensionMessage message) {
        ByteBuffer payload = message.payload();
        ByteBuffer shorter = ByteBuffer.allocate(payload.remaining() - 1);
        shorter.put(payload.slice(payload.position(), shorter.capacity()));
        return message.withPayload(shorter.flip()).withRsv3(false);
    }
}
