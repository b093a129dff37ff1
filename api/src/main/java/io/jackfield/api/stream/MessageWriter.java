package io.jackfield.api.stream;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends one message in parts, each as a frame of its own (RFC 6455 section 5.4). From any thread, one at a time; no method
 * blocks. A buffer that is passed in is not modified, its position stays where it is, and it may be reused as soon as the
 * call returns.
 *
 * <p>Until the message has ended, other messages of the connection wait; they count in {@code bufferedAmount()}. Pings and
 * pongs do not wait. A connection that closes abandons the message, with what waits behind it.
 *
 * <p>Where an extension was agreed on that takes messages whole, the parts are gathered until the last, and count in
 * {@code bufferedAmount()} as well.
 *
 * <p>The answers are those of {@link io.jackfield.api.WebSocket#send(ByteBuffer)}: true if one may go on; false if the
 * connection does not accept messages any more, or if the network is backed up, until the next drain event. A part that is
 * dropped because more than {@code maxBufferedAmount} would wait closes the connection, whatever the {@code
 * overflowPolicy}: a message with a hole is none.
 */
@ProviderType
public interface MessageWriter {

    /**
     * Sends a part.
     *
     * @param part the bytes from position to limit, not null: of a text, UTF-8, in which a character may be cut; this is not
     *     checked. An empty part sends nothing
     * @return true if one may go on, see above
     * @throws IllegalStateException if the message has ended
     */
    boolean write(ByteBuffer part);

    /**
     * Sends a part and tells what became of it.
     *
     * @param part as above
     * @return completes when the last byte was handed to the operating system, or gathered; fails with an {@link
     *     IllegalStateException} if the part was not accepted, and with a {@link java.io.IOException} if the connection
     *     ended before it left
     * @throws IllegalStateException if the message has ended
     */
    CompletionStage<Void> writeAsync(ByteBuffer part);

    /**
     * Sends the last part: the message has ended, and what waits behind it leaves.
     *
     * @param lastPart as above, but that an empty one is sent
     * @return true if one may go on, see above
     * @throws IllegalStateException if the message has ended
     */
    boolean end(ByteBuffer lastPart);

    /**
     * Ends the message.
     *
     * @return true if one may go on, see above
     * @throws IllegalStateException if the message has ended
     */
    default boolean end() {
        return end(ByteBuffer.allocate(0));
    }

    /**
     * Sends the last part and tells what became of it.
     *
     * @param lastPart as above, but that an empty one is sent
     * @return as above
     * @throws IllegalStateException if the message has ended
     */
    CompletionStage<Void> endAsync(ByteBuffer lastPart);
}
