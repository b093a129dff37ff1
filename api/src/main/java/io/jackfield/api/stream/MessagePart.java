package io.jackfield.api.stream;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A part of a message. How a message is cut means nothing: the peer, proxies, extensions and the network may cut it as they
 * like. The parts of one message come one after the other, with those of no other message between them.
 *
 * @param isText whether the message is text, the same for all its parts. Its bytes are UTF-8 then, all parts taken together:
 *     a character may be cut
 * @param data the bytes from position to limit, not null; of a received part the receiver's own. May be empty
 * @param isLast whether the message ends with it
 */
public record MessagePart(boolean isText, ByteBuffer data, boolean isLast) {

    /** Checks that nothing is null. */
    public MessagePart {
        Objects.requireNonNull(data, "data");
    }
}
