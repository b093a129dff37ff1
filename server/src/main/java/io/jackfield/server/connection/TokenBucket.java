package io.jackfield.server.connection;

/**
 * A rate with bursts: holds at most one second's tokens, and fills evenly. What is taken beyond is owed. Kept as the time at
 * which it will be full again, so that filling it costs nothing.
 */
final class TokenBucket {

    static final long SECOND = 1_000_000_000;

    private final long perSecond;
    private long fullAt;

    /**
     * A full bucket.
     *
     * @param perSecond at least 1
     * @param now nanoseconds, on the scale of the other methods
     */
    TokenBucket(long perSecond, long now) {
        this.perSecond = perSecond;
        fullAt = now;
    }

    /** Takes tokens, whether they are there or not. */
    void take(int tokens, long now) {
        if (fullAt - now < 0) {
            fullAt = now;
        }
        fullAt += nanos(tokens);
    }

    /** Whether more was taken than was there. */
    boolean isOverdrawn(long now) {
        return fullAt - now > SECOND;
    }

    /** Nanoseconds until there is a token; 0 if there is one. */
    long nanosToNext(long now) {
        return Math.max(0, fullAt + nanos(1) - SECOND - now);
    }

    private long nanos(int tokens) {
        return tokens * SECOND / perSecond;
    }
}
