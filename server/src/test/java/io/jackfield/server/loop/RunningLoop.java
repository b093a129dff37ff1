package io.jackfield.server.loop;

import io.jackfield.server.statistics.Journal;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A loop that runs for one test. */
final class RunningLoop implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    final EventLoop loop;

    RunningLoop() throws IOException {
        loop = new EventLoop("loop-under-test", new Journal());
        loop.start();
    }

    /** Runs something on the loop and waits for what it returns. */
    <T> T call(Supplier<T> action) throws InterruptedException, ExecutionException, TimeoutException {
        return await(CompletableFuture.supplyAsync(action, loop));
    }

    /** Lets the loop go through at least one whole turn. */
    void turn() throws InterruptedException, ExecutionException, TimeoutException {
        call(() -> null);
        call(() -> null);
    }

    static <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        loop.stop();
        try {
            loop.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
