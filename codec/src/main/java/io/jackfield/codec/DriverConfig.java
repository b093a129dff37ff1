package io.jackfield.codec;

import java.util.Objects;

/**
 * What all connections of an endpoint have in common; shared among them.
 *
 * @param role which end the driver is
 * @param maxMessageLength the largest incoming message in bytes, after the extensions and for each frame before them; at
 *     least 1 and at most {@code Integer.MAX_VALUE - 8}
 * @param maxFragments the most frames of one incoming message, at least 1
 * @param requireMasking whether a server refuses unmasked frames, as RFC 6455 section 5.1 demands
 */
public record DriverConfig(Role role, long maxMessageLength, int maxFragments, boolean requireMasking) {

    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

    /** Checks ranges. */
    public DriverConfig {
        Objects.requireNonNull(role, "role");
        if (maxMessageLength < 1 || maxMessageLength > LARGEST_ARRAY) {
            throw new IllegalArgumentException(
                    "maxMessageLength must be from 1 to " + LARGEST_ARRAY + ", not " + maxMessageLength);
        }
        if (maxFragments < 1) {
            throw new IllegalArgumentException("maxFragments must be at least 1, not " + maxFragments);
        }
    }
}
