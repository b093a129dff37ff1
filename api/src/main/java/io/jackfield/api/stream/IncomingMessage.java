package io.jackfield.api.stream;

import java.io.InputStream;
import java.util.Objects;

/**
 * A message that is read while it arrives.
 *
 * @param isText whether it is text: the bytes are UTF-8 then
 * @param data the bytes, not null. Reading waits for the peer; it throws a {@link ConnectionClosedException} if the
 *     connection ends within the message, and an {@link java.io.InterruptedIOException} if the thread is interrupted.
 *     Closing skips what is left, also when the next message is asked for
 */
public record IncomingMessage(boolean isText, InputStream data) {

    /** Checks that nothing is null. */
    public IncomingMessage {
        Objects.requireNonNull(data, "data");
    }
}
