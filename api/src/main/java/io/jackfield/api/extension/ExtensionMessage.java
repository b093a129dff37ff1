package io.jackfield.api.extension;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A whole message on its way through the sessions of a connection.
 *
 * @param type whether the application sees it as text or binary
 * @param rsv1 the first reserved bit of the message's first frame
 * @param rsv2 the second reserved bit of the message's first frame
 * @param rsv3 the third reserved bit of the message's first frame
 * @param payload the message's bytes, from position to limit; who may keep it, and how long, says the session's type
 */
public record ExtensionMessage(Type type, boolean rsv1, boolean rsv2, boolean rsv3, ByteBuffer payload) {

    /** The two types of message (RFC 6455 section 5.6). */
    public enum Type {
        /** The payload is UTF-8 once all sessions have processed it. */
        TEXT,
        /** The payload is arbitrary bytes. */
        BINARY
    }

    /**
     * Checks that nothing is null.
     *
     * @param type not null
     * @param rsv1 true if set
     * @param rsv2 true if set
     * @param rsv3 true if set
     * @param payload not null, not copied
     */
    public ExtensionMessage {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(payload, "payload");
    }

    /**
     * The same message with another payload.
     *
     * @param newPayload the bytes from position to limit
     * @return a new message
     */
    public ExtensionMessage withPayload(ByteBuffer newPayload) {
        return new ExtensionMessage(type, rsv1, rsv2, rsv3, newPayload);
    }

    /**
     * The same message with RSV1 set or cleared.
     *
     * @param bit the new value of the bit
     * @return a message with that bit
     */
    public ExtensionMessage withRsv1(boolean bit) {
        return bit == rsv1 ? this : new ExtensionMessage(type, bit, rsv2, rsv3, payload);
    }

    /**
     * The same message with RSV2 set or cleared.
     *
     * @param bit the new value of the bit
     * @return a message with that bit
     */
    public ExtensionMessage withRsv2(boolean bit) {
        return bit == rsv2 ? this : new ExtensionMessage(type, rsv1, bit, rsv3, payload);
    }

    /**
     * The same message with RSV3 set or cleared.
     *
     * @param bit the new value of the bit
     * @return a message with that bit
     */
    public ExtensionMessage withRsv3(boolean bit) {
        return bit == rsv3 ? this : new ExtensionMessage(type, rsv1, rsv2, bit, payload);
    }
}
