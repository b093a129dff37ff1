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

    /** Lets the loop go through at least one whole turn, with a look at its selector. */
    void turn() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> turned = new CompletableFuture<>();
        // Tasks may follow each other in one turn, but timers come behind them: what one of those hands over is for the
        // next.
        loop.execute(() -> loop.schedule(0, () -> loop.execute(() -> turned.complete(null))));
        await(turned);
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
