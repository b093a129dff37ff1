package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** rates, on a clock of the test's own; it may overflow, as that of the system may. */
class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, -SECOND / 2, Long.MAX_VALUE - SECOND / 2})
    @DisplayName("R-92: a second's tokens may be taken at once, and not one more")
    void aSecondsTokensAtOnce(long now) {
        TokenBucket bucket = new TokenBucket(10, now);
        for (int i = 0; i < 9; i++) {
            bucket.take(1, now);
            assertEquals(0, bucket.nanosToNext(now));
        }
        bucket.take(1, now);
        assertFalse(bucket.isOverdrawn(now));
        assertEquals(SECOND / 10, bucket.nanosToNext(now));
        bucket.take(1, now);
        assertTrue(bucket.isOverdrawn(now));
        assertEquals(SECOND / 5, bucket.nanosToNext(now));
        assertFalse(bucket.isOverdrawn(now + SECOND / 10));
        assertEquals(0, bucket.nanosToNext(now + SECOND / 5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7, 1000, 1_000_000})
    @DisplayName("R-92: it fills evenly, and never beyond a second's tokens")
    void itFillsEvenly(long rate) {
        TokenBucket bucket = new TokenBucket(rate, 0);
        long now = 3600 * SECOND;
        bucket.take(Math.toIntExact(rate), now);
        assertFalse(bucket.isOverdrawn(now));
        bucket.take(1, now);
        assertTrue(bucket.isOverdrawn(now));
        long later = now + SECOND;
        bucket.take(Math.toIntExact(rate) - 1, later);
        assertFalse(bucket.isOverdrawn(later));
        bucket.take(1, later);
        assertTrue(bucket.isOverdrawn(later));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 1_000_000_000_000L})
    @DisplayName("R-92: what was taken beyond is owed, however much it was")
    void debtsArePaid(long rate) {
        TokenBucket bucket = new TokenBucket(rate, 0);
        int taken = Integer.MAX_VALUE;
        bucket.take(taken, 0);
        long due = taken * SECOND / rate - SECOND + SECOND / rate;
        assertEquals(Math.max(0, due), bucket.nanosToNext(0));
    }
}
