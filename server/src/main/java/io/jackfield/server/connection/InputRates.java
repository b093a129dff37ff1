package io.jackfield.server.connection;

import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.Timer;

/** The rates at which a session takes messages and bytes. Used on the loop's thread alone. */
final class InputRates {

    private final EventLoop loop;
    private final Runnable due;

    // Null without that limit.
    private final TokenBucket messages;
    private final TokenBucket bytes;

    private Timer timer;

    /**
     * @param due runs when the rates are not exceeded any more
     */
    InputRates(Options options, EventLoop loop, Runnable due) {
        this.loop = loop;
        this.due = due;
        messages = bucket(options.maxMessagesPerSecond());
        bytes = bucket(options.maxBytesPerSecond());
    }

    static boolean isWanted(Options options) {
        return options.maxMessagesPerSecond() > 0 || options.maxBytesPerSecond() > 0;
    }

    private TokenBucket bucket(long perSecond) {
        // Made on any thread: full for certain, even if the loop's time is a little old.
        return perSecond == 0 ? null : new TokenBucket(perSecond, System.nanoTime() - TokenBucket.SECOND);
    }

    void onMessage() {
        if (messages != null) {
            messages.take(1, loop.now());
        }
    }

    void onBytes(int count) {
        if (bytes != null) {
            bytes.take(count, loop.now());
        }
    }

    /** Whether nothing more may be taken now; then it will be told when that has changed. */
    boolean areExceeded() {
        long wait = nanosToNext();
        if (wait > 0 && timer == null) {
            timer = loop.schedule(wait, this::onTime);
        }
        return wait > 0;
    }

    /** The limit for which one has to wait longer. */
    Option exceeded() {
        boolean byMessages = messages != null
                && (bytes == null || messages.nanosToNext(loop.now()) >= bytes.nanosToNext(loop.now()));
        return byMessages ? Option.MAX_MESSAGES_PER_SECOND : Option.MAX_BYTES_PER_SECOND;
    }

    private void onTime() {
        timer = null;
        // What extensions have delivered meanwhile counts too.
        if (!areExceeded()) {
            due.run();
        }
    }

    private long nanosToNext() {
        long wait = 0;
        if (messages != null) {
            wait = messages.nanosToNext(loop.now());
        }
        return bytes == null ? wait : Math.max(wait, bytes.nanosToNext(loop.now()));
    }

    void stop() {
        loop.cancel(timer);
        timer = null;
    }
}
