package io.jackfield.server.connection;

import io.jackfield.api.Options;
import io.jackfield.server.loop.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Automatic pings, what their absence of answers or a silent peer lead to, and the end of a session's time. Used on the
 * loop's thread alone.
 */
final class Heartbeat {

    private final SessionPhase phase;
    private final Connection connection;
    private final long pingNanos;
    private final long pongNanos;
    private final long idleNanos;

    private Timer pingTimer;
    private Timer pongTimer;
    private Timer idleTimer;
    private Timer lifeTimer;
    private long pings;
    private long lastBytes;
    private ByteBuffer awaited;

    /** While nothing is read, and before anything is, silence says nothing of the peer. */
    private boolean readingPaused = true;

    Heartbeat(SessionPhase phase, Connection connection, Options options) {
        this.phase = phase;
        this.connection = connection;
        pingNanos = options.ping().toNanos();
        pongNanos = options.pingTimeout().toNanos();
        idleNanos = options.idleTimeout().toNanos();
        if (pingNanos > 0) {
            pingTimer = connection.loop().schedule(pingNanos, this::ping);
        }
        if (!options.lifetime().isZero()) {
            lifeTimer = connection.loop().schedule(options.lifetime().toNanos(), phase::onLifetimeOver);
        }
    }

    static boolean isWanted(Options options) {
        return !options.ping().isZero()
                || !options.idleTimeout().isZero()
                || !options.lifetime().isZero();
    }

    private void ping() {
        pings++;
        ByteBuffer payload = ByteBuffer.wrap(Long.toString(pings).getBytes(StandardCharsets.US_ASCII));
        phase.driver().ping(payload);
        if (pongNanos > 0 && awaited == null) {
            awaited = payload;
            awaitPong();
        }
        pingTimer = connection.loop().schedule(pingNanos, this::ping);
    }

    private void awaitPong() {
        if (!readingPaused) {
            pongTimer = connection.loop().schedule(pongNanos, () -> phase.onSilence("No pong within the ping timeout"));
        }
    }

    /** Reading from the peer stops, or begins: then it has all its time again. */
    void onReadingPaused(boolean paused) {
        if (readingPaused == paused) {
            return;
        }
        readingPaused = paused;
        if (paused) {
            connection.loop().cancel(pongTimer);
            connection.loop().cancel(idleTimer);
            return;
        }
        if (awaited != null) {
            awaitPong();
        }
        if (idleNanos > 0) {
            lastBytes = connection.loop().now();
            idleTimer = connection.loop().schedule(idleNanos, this::checkIdle);
        }
    }

    void onBytes() {
        lastBytes = connection.loop().now();
    }

    void onPong(ByteBuffer payload) {
        // RFC 6455 section 5.5.3: a peer may answer only the latest of several pings.
        if (awaited != null && (payload.equals(awaited) || isLaterPing(payload))) {
            awaited = null;
            connection.loop().cancel(pongTimer);
        }
    }

    private boolean isLaterPing(ByteBuffer payload) {
        return payload.equals(ByteBuffer.wrap(Long.toString(pings).getBytes(StandardCharsets.US_ASCII)));
    }

    private void checkIdle() {
        long idle = System.nanoTime() - lastBytes;
        if (idle >= idleNanos) {
            phase.onIdle();
        } else {
            idleTimer = connection.loop().schedule(idleNanos - idle, this::checkIdle);
        }
    }

    void stop() {
        connection.loop().cancel(pingTimer);
        connection.loop().cancel(pongTimer);
        connection.loop().cancel(idleTimer);
        connection.loop().cancel(lifeTimer);
    }
}
