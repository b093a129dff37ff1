package io.jackfield.server.connection;

import io.jackfield.server.loop.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection: what waits is handed to the transport, then the own side is ended. Where the peer may still be
 * sending it is read a little longer, since closing a socket with unread input resets it, and the reset may overtake the
 * last bytes that were written (RFC 9112 section 9.6).
 */
final class EndPhase implements Phase {

    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Connection connection;
    private final boolean linger;
    private final Runnable ended;
    private Timer timer;
    private boolean outputEnded;
    private boolean inputEnded;
    private boolean told;

    /**
     * @param linger whether to read on until the peer ends its side
     * @param ended runs once, when the last byte was handed over or cannot be any more
     */
    private EndPhase(Connection connection, boolean linger, Runnable ended) {
        this.connection = connection;
        this.linger = linger;
        this.ended = ended;
    }

    /** Ends a connection. The transport gets {@code limitNanos} to take what waits. */
    static void begin(Connection connection, boolean linger, long limitNanos, Runnable ended) {
        // A peer that has ended its side already sends nothing that one could wait for.
        EndPhase phase = new EndPhase(connection, linger && !connection.hasInputEnded(), ended);
        connection.become(phase);
        phase.timer = connection.loop().schedule(limitNanos, phase::finish);
        connection.pauseReading(false);
        connection.cork(false);
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        // Nothing of it is looked at (RFC 6455 section 7.1.7).
    }

    @Override
    public void onInputEnd() {
        inputEnded = true;
        if (outputEnded) {
            finish();
        }
    }

    @Override
    public void onFlushed() {
        if (outputEnded || connection.isCongested()) {
            return;
        }
        outputEnded = true;
        if (!linger || inputEnded) {
            finish();
            return;
        }
        connection.shutdownOutput();
        connection.loop().cancel(timer);
        timer = connection.loop().schedule(LINGER_NANOS, this::finish);
        tell();
    }

    @Override
    public void onTransportFailure(IOException failure) {
        finish();
    }

    @Override
    public void onGoingAway() {
        // It ends already.
    }

    private void finish() {
        connection.loop().cancel(timer);
        connection.close();
        tell();
    }

    private void tell() {
        if (!told) {
            told = true;
            ended.run();
        }
    }
}
