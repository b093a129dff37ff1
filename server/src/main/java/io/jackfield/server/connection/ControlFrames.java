package io.jackfield.server.connection;

import io.jackfield.api.Option;
import io.jackfield.server.loop.EventLoop;
import java.nio.ByteBuffer;

/**
 * The pings and pongs of a session (RFC 6455 sections 5.5.2 and 5.5.3): who hears of them, and how many may come. Used on
 * the loop's thread alone.
 */
final class ControlFrames {

    private final SessionPhase phase;
    private final EventLoop loop;

    /** How many may come in a second; 0 for any number. */
    private final int limit;

    /** Made when the first comes. */
    private TokenBucket received;

    private PingCallbacks callbacks;
    private boolean tooMany;

    ControlFrames(SessionPhase phase, EventLoop loop, int limit) {
        this.phase = phase;
        this.loop = loop;
        this.limit = limit;
    }

    /** Whether more came than may, which has ended the connection. */
    boolean areTooMany() {
        return tooMany;
    }

    /**
     * Sends a ping.
     *
     * @param payload never changes
     * @param callback runs when its pong comes, or null
     */
    void ping(ByteBuffer payload, Runnable callback) {
        if (phase.driver().ping(payload) && callback != null) {
            if (callbacks == null) {
                callbacks = new PingCallbacks();
            }
            callbacks.add(payload, callback);
        }
    }

    /** A ping came; the driver answers it. */
    void onPing(ByteBuffer payload) {
        if (!isAllowed()) {
            return;
        }
        Listeners listeners = phase.session().listeners();
        if (listeners.wantsPings()) {
            ByteBuffer stable = Listeners.copy(payload);
            phase.deliver(() -> listeners.ping(stable), stable.remaining());
        }
    }

    /**
     * A pong came.
     *
     * @param heartbeat may wait for it, or null
     */
    void onPong(ByteBuffer payload, Heartbeat heartbeat) {
        if (!isAllowed()) {
            return;
        }
        if (heartbeat != null) {
            heartbeat.onPong(payload);
        }
        Listeners listeners = phase.session().listeners();
        Runnable callback = callbacks == null ? null : callbacks.take(payload);
        if (callback != null) {
            phase.deliver(() -> run(callback, listeners), 0);
        }
        if (listeners.wantsPongs()) {
            ByteBuffer stable = Listeners.copy(payload);
            phase.deliver(() -> listeners.pong(stable), stable.remaining());
        }
    }

    private static void run(Runnable callback, Listeners listeners) {
        try {
            callback.run();
        } catch (Throwable e) {
            listeners.report(e);
        }
    }

    /** Counts one that came; more than allowed fail the connection. */
    private boolean isAllowed() {
        if (limit == 0) {
            return true;
        }
        long now = loop.now();
        if (received == null) {
            received = new TokenBucket(limit, now);
        }
        received.take(1, now);
        if (!received.isOverdrawn(now)) {
            return true;
        }
        tooMany = true;
        phase.limitHit(Option.MAX_CONTROL_FRAMES_PER_SECOND);
        phase.onFlood("Received more than " + limit + " control frames in a second");
        return false;
    }
}
