package io.jackfield.server.connection;

import io.jackfield.api.CloseCode;
import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.server.loop.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

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

    /** The oldest ping that was not answered, and when it was sent. */
    private ByteBuffer awaited;

    private long awaitedSince;

    /** Written by the loop, read by any thread; 0 as long as nothing is known. */
    private volatile long roundTripNanos;

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
        if (awaited == null) {
            awaited = payload;
            awaitedSince = System.nanoTime();
            awaitPong();
        }
        pingTimer = connection.loop().schedule(pingNanos, this::ping);
    }

    private void awaitPong() {
        if (pongNanos > 0 && !readingPaused) {
            pongTimer = connection.loop().schedule(pongNanos, this::onPongTimeout);
        }
    }

    private void onPongTimeout() {
        phase.limitHit(Option.PING_TIMEOUT);
        phase.onSilence("No pong within the ping timeout");
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
        if (awaited == null) {
            return;
        }
        boolean answersAwaited = payload.equals(awaited);
        if (answersAwaited) {
            roundTripNanos = Math.max(1, System.nanoTime() - awaitedSince);
        }
        if (answersAwaited || isLaterPing(payload)) {
            awaited = null;
            connection.loop().cancel(pongTimer);
        }
    }

    /** The time that the latest pong took. Any thread may ask. */
    Optional<Duration> roundTripTime() {
        long nanos = roundTripNanos;
        return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private boolean isLaterPing(ByteBuffer payload) {
        return payload.equals(ByteBuffer.wrap(Long.toString(pings).getBytes(StandardCharsets.US_ASCII)));
    }

    private void checkIdle() {
        long idle = System.nanoTime() - lastBytes;
        if (idle >= idleNanos) {
            phase.limitHit(Option.IDLE_TIMEOUT);
            phase.goAway(CloseCode.GOING_AWAY, "Idle for too long");
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
