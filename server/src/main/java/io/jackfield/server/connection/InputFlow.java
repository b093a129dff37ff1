package io.jackfield.server.connection;

import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.codec.Driver;
import java.nio.ByteBuffer;

/**
 * Whether a session takes input, and how fast. Where there is a reason not to, reading from the network stops, so that TCP
 * holds up the peer; and what was read already waits here, at most one read of the loop. Used on the loop's thread alone.
 */
final class InputFlow {

    /** Why a session takes no input. */
    enum Pause {
        BY_APPLICATION(1),
        BY_EXECUTOR(2),
        BY_EXTENSIONS(4),
        BY_RATE(8);

        private final int bit;

        Pause(int bit) {
            this.bit = bit;
        }
    }

    private final SessionPhase phase;
    private final Connection connection;
    private final Driver driver;

    /** Null without such limits. */
    private final InputRates rates;

    /** The bits of the reasons. */
    private byte pauses;

    private boolean isReceiving;

    /** What was read and not taken, or null. */
    private ByteBuffer rest;

    /** What the application's streams take, made when it first asks for one; any thread may. */
    private volatile SessionStreams streams;

    InputFlow(SessionPhase phase, Connection connection, Driver driver, Options options) {
        this.phase = phase;
        this.connection = connection;
        this.driver = driver;
        rates = InputRates.isWanted(options)
                ? new InputRates(
                        options, connection.loop(), () -> connection.execute(() -> pause(Pause.BY_RATE, false)))
                : null;
    }

    /** Whether nothing of what was read will wait here, if no executor lags: neither for a rate nor for extensions. */
    boolean takesAll() {
        return rates == null && !driver.defers();
    }

    /** Null without streams. Any thread may ask. */
    SessionStreams streams() {
        return streams;
    }

    /** Any thread may call it. */
    void streams(SessionStreams made) {
        streams = made;
    }

    /** Bytes arrived; what is not taken of them is kept. */
    void receive(ByteBuffer bytes) {
        if (rates != null) {
            rates.onBytes(bytes.remaining());
            heedRates();
        }
        feed(bytes);
        rest = bytes.hasRemaining() ? Listeners.copy(bytes) : null;
        if (rest != null) {
            apply();
        }
    }

    /** Whoever did not take messages takes them again. */
    void release() {
        if (!driver.isHeld()) {
            return;
        }
        driver.hold(false);
        if (rest == null && !isReceiving) {
            // An empty message may be held all the same.
            rest = ByteBuffer.allocate(0);
        }
        apply();
    }

    /** A message was delivered. */
    void onMessage() {
        if (rates != null) {
            rates.onMessage();
            heedRates();
        }
    }

    private void heedRates() {
        if (rates.areExceeded()) {
            pause(Pause.BY_RATE, true);
        }
    }

    void pause(Pause reason, boolean paused) {
        if (paused && (pauses & reason.bit) == 0) {
            count(reason);
        }
        pauses = (byte) (paused ? pauses | reason.bit : pauses & ~reason.bit);
        if (paused && reason != Pause.BY_APPLICATION) {
            // An application that pauses gets what was read already; limits hold for that too.
            driver.interrupt();
        }
        apply();
    }

    private void count(Pause reason) {
        switch (reason) {
            case BY_EXECUTOR, BY_EXTENSIONS -> phase.limitHit(Option.MAX_QUEUED_AMOUNT);
            case BY_RATE -> phase.limitHit(rates.exceeded());
            case BY_APPLICATION -> {
                // That is no limit.
            }
        }
    }

    /** Has the connection read, or not. Until the session is its phase, that is not for the session to say. */
    void apply() {
        if (!phase.isActive()) {
            return;
        }
        if (rest != null && !isReceiving && mayFeed()) {
            ByteBuffer waiting = rest;
            rest = null;
            feed(waiting);
            rest = waiting.hasRemaining() ? waiting : null;
        }
        if (phase.isActive()) {
            boolean paused = reasons() != 0 || rest != null;
            connection.pauseReading(paused);
            phase.onReadingPaused(paused);
        }
    }

    private void feed(ByteBuffer bytes) {
        isReceiving = true;
        try {
            do {
                driver.receive(bytes);
            } while (bytes.hasRemaining() && mayFeed());
        } catch (OutOfMemoryError e) {
            // What it held is given back with it; others may live on.
            bytes.position(bytes.limit());
            phase.onOutOfMemory(e);
        } finally {
            isReceiving = false;
        }
    }

    private boolean mayFeed() {
        return (reasons() & ~Pause.BY_APPLICATION.bit) == 0 && !driver.isHeld();
    }

    /** Once the session closes no message is delivered any more, and the peer's answer has to be read. */
    private int reasons() {
        return driver.state() == Driver.State.OPEN ? pauses : pauses & Pause.BY_EXECUTOR.bit;
    }

    /** The session ends. */
    void stop() {
        rest = null;
        if (rates != null) {
            rates.stop();
        }
    }
}
