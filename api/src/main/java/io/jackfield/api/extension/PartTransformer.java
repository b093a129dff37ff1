package io.jackfield.api.extension;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Transforms one message piece by piece; made by a {@link StreamingSession} for it, and called by one thread at a time.
 * Must not block.
 */
@ConsumerType
public interface PartTransformer {

    /**
     * The header of the message that comes out, with its reserved bits.
     *
     * @return the same whenever it is asked for, not null; the type must be the type that came in
     */
    MessageHeader header();

    /**
     * Takes bytes of the message as it comes in, and puts bytes of it as it goes out. How many of one make how many of the
     * other is the transformer's affair; it may keep some for later unless the piece is the last.
     *
     * @param piece the bytes from position to limit, to be taken by moving the position; not to be written into, and valid
     *     for this call alone: what is left of them comes again, perhaps in another buffer
     * @param isLast whether the message ends with this piece, which may be empty then
     * @param room where to put bytes, by moving the position; nothing is to be kept of it
     * @return true if the piece is used up and all that could be made of it is put; false if the room is full, or was too
     *     small, and there may be more: then this is called again with what is left of the piece and new room
     * @throws ExtensionException to fail the connection with the exception's close code; any other exception fails it
     *     with 1011
     */
    boolean transform(ByteBuffer piece, boolean isLast, ByteBuffer room) throws ExtensionException;

    /** Releases what it holds. Called exactly once, behind the last piece, or earlier if the connection ends within the message. */
    default void close() {}

    /**
     * Passes a message on as it is.
     *
     * @param header the header of the message, not null
     * @return a new transformer
     */
    static PartTransformer unchanged(MessageHeader header) {
        return new UnchangedParts(header);
    }
}
