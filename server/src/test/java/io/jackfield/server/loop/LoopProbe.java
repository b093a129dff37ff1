package io.jackfield.server.loop;

import io.jackfield.server.statistics.Journal;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A loop for the tests of other packages, and what it still holds. */
public final class LoopProbe implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    /**
     * What connections have taken from a loop.
     *
     * @param channels that are registered
     * @param timers that are to run
     * @param chunks that are there to be taken
     */
    public record Holdings(int channels, int timers, int chunks) {}

    private final LoopGroup loops;

    /** Starts a loop. */
    public LoopProbe(String name) throws IOException {
        loops = LoopGroup.start(1, name, new Journal());
    }

    public EventLoop loop() {
        return loops.all().get(0);
    }

    /** What is held behind all that was handed to the loop before. */
    public Holdings holdings() throws Exception {
        EventLoop loop = loop();
        return CompletableFuture.supplyAsync(
                        () -> new Holdings(
                                loop.attachments().size(),
                                loop.pendingTimers(),
                                loop.buffers().chunksKept()),
                        loop)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        loops.stop();
    }
}
