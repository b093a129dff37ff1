package io.jackfield.api.extension;

import java.util.Objects;

/**
 * What is known of a message before its payload.
 *
 * @param type whether the application sees it as text or binary
 * @param rsv1 the first reserved bit of the message's first frame
 * @param rsv2 the second reserved bit of the message's first frame
 * @param rsv3 the third reserved bit of the message's first frame
 */
public record MessageHeader(ExtensionMessage.Type type, boolean rsv1, boolean rsv2, boolean rsv3) {

    /**
     * Checks that nothing is null.
     *
     * @param type not null
     * @param rsv1 true if set
     * @param rsv2 true if set
     * @param rsv3 true if set
     */
    public MessageHeader {
        Objects.requireNonNull(type, "type");
    }
}
