package io.jackfield.server.connection;

import io.jackfield.api.CloseCode;
import io.jackfield.api.extension.Extension;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.LoopGroup;
import io.jackfield.server.routing.PublishedEndpoint;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The connections of all loops, for what concerns many of them. The loops' selectors are the only list. Thread-safe. */
public final class OpenConnections {

    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final LoopGroup loops;

    /**
     * @param loops the server's loops
     */
    public OpenConnections(LoopGroup loops) {
        this.loops = loops;
    }

    /** Ends all connections in good order; the server stops. */
    public void goAway() {
        forEach(connection -> connection.phase().onGoingAway());
    }

    /**
     * Closes the connections of an endpoint that is withdrawn, with 1001; handshakes that wait for it are answered with
     * 503.
     *
     * @param endpoint the endpoint
     */
    public void goAway(PublishedEndpoint endpoint) {
        forEach(connection -> {
            if (connection.phase() instanceof SessionPhase phase
                    && phase.session().endpoint().isSameAs(endpoint)) {
                phase.goAway(CloseCode.GOING_AWAY, "The endpoint was withdrawn");
            } else if (connection.phase() instanceof OpeningPhase opening && opening.isFor(endpoint)) {
                opening.onGoingAway();
            }
        });
    }

    /**
     * Closes the connections that use an extension that is withdrawn, with 1012; handshakes that were accepted with it and
     * are not answered yet are answered with 503. Those that were handed over and not started end with 1012 and no answer.
     *
     * @param extension the extension
     */
    public void restart(Extension extension) {
        forEach(connection -> {
            if (connection.phase() instanceof SessionPhase phase && phase.uses(extension)) {
                phase.goAway(CloseCode.SERVICE_RESTART, "An extension was withdrawn");
            } else if (connection.phase() instanceof OpeningPhase opening && opening.uses(extension)) {
                opening.onGoingAway();
            } else if (connection.phase() instanceof HandedOverSession.WaitingPhase waiting
                    && waiting.uses(extension)) {
                waiting.onExtensionGone();
            }
        });
    }

    /**
     * Waits until there are none. Not for a loop's thread.
     *
     * @param timeout how long at most
     * @return whether there are none
     */
    public boolean awaitNone(Duration timeout) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        whenNone(timeout, done::complete);
        boolean interrupted = false;
        try {
            // The loops keep the time; the margin is for loops that died.
            return done.get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Does something when there are none, or time is up.
     *
     * @param timeout how long to wait at most
     * @param action is told, on a loop's thread, whether there are none
     */
    public void whenNone(Duration timeout, Consumer<Boolean> action) {
        AtomicInteger loopsLeft = new AtomicInteger(loops.all().size());
        AtomicBoolean none = new AtomicBoolean(true);
        long deadline = System.nanoTime() + timeout.toNanos();
        Consumer<Boolean> loopIsDone = empty -> {
            none.compareAndSet(true, empty);
            if (loopsLeft.decrementAndGet() == 0) {
                action.accept(none.get());
            }
        };
        loops.all().forEach(loop -> loop.execute(() -> check(loop, deadline, loopIsDone)));
    }

    private static void check(EventLoop loop, long deadline, Consumer<Boolean> done) {
        boolean empty = loop.attachments().stream().noneMatch(Connection.class::isInstance);
        if (!empty && System.nanoTime() - deadline < 0) {
            loop.schedule(CHECK_NANOS, () -> check(loop, deadline, done));
        } else {
            done.accept(empty);
        }
    }

    private void forEach(Consumer<Connection> action) {
        for (EventLoop loop : loops.all()) {
            loop.execute(() -> loop.attachments().forEach(attachment -> {
                if (attachment instanceof Connection connection) {
                    action.accept(connection);
                }
            }));
        }
    }
}
