package io.jackfield.codec;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * What all connections of an endpoint have in common; shared among them.
 *
 * @param role which end the driver is
 * @param maxMessageLength the largest incoming message in bytes, after the extensions and for each frame before them; at
 *     least 1 and at most {@code Integer.MAX_VALUE - 8}
 * @param maxPartedLength the largest incoming message that is received in parts, in bytes, at least 1; see {@link
 *     Driver#receiveInParts}
 * @param maxFragments the most frames of one incoming message that is received whole, at least 1
 * @param requireMasking whether a server refuses unmasked frames, as RFC 6455 section 5.1 demands; a client refuses masked
 *     ones in any case
 * @param maskingKeys where a client takes the masking key of each frame from, which the peer's scripts must not be able
 *     to predict (RFC 6455 section 5.3); not used by a server
 */
public record DriverConfig(
        Role role,
        long maxMessageLength,
        long maxPartedLength,
        int maxFragments,
        boolean requireMasking,
        IntSupplier maskingKeys) {

    static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

    /** Checks nullness and ranges. */
    public DriverConfig {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(maskingKeys, "maskingKeys");
        if (maxMessageLength < 1 || maxMessageLength > LARGEST_ARRAY) {
            throw new IllegalArgumentException(
                    "maxMessageLength must be from 1 to " + LARGEST_ARRAY + ", not " + maxMessageLength);
        }
        if (maxPartedLength < 1) {
            throw new IllegalArgumentException("maxPartedLength must be at least 1, not " + maxPartedLength);
        }
        if (maxFragments < 1) {
            throw new IllegalArgumentException("maxFragments must be at least 1, not " + maxFragments);
        }
    }

    /**
     * With one limit for all messages, in parts or not.
     *
     * @param role which end the driver is
     * @param maxMessageLength as above
     * @param maxFragments as above
     * @param requireMasking as above
     * @param maskingKeys as above
     */
    public DriverConfig(
            Role role, long maxMessageLength, int maxFragments, boolean requireMasking, IntSupplier maskingKeys) {
        this(role, maxMessageLength, maxMessageLength, maxFragments, requireMasking, maskingKeys);
    }

    /**
     * With one limit for all messages, and masking keys from a {@link SecureRandom}.
     *
     * @param role which end the driver is
     * @param maxMessageLength as above
     * @param maxFragments as above
     * @param requireMasking as above
     */
    public DriverConfig(Role role, long maxMessageLength, int maxFragments, boolean requireMasking) {
        this(role, maxMessageLength, maxFragments, requireMasking, new SecureRandom()::nextInt);
    }

    /**
     * With masking keys from a {@link SecureRandom}.
     *
     * @param role which end the driver is
     * @param maxMessageLength as above
     * @param maxPartedLength as above
     * @param maxFragments as above
     * @param requireMasking as above
     */
    public DriverConfig(
            Role role, long maxMessageLength, long maxPartedLength, int maxFragments, boolean requireMasking) {
        this(role, maxMessageLength, maxPartedLength, maxFragments, requireMasking, new SecureRandom()::nextInt);
    }
}
