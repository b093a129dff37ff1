package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives what a driver makes of its input. Called within the driver's methods, on the owner's thread; may call the
 * driver again. It must not throw.
 *
 * <p>The order is that of the peer's frames. {@link #onClosing} comes at most once, {@link #onError} at most once and only
 * behind it, and {@link #onFinished} exactly once and last. No message is delivered after {@link #onClosing} or a local
 * close; pings are still answered, and pings and pongs reported, until the peer's close frame has come.
 */
@ConsumerType
public interface DriverListener {

    /**
     * A text message arrived.
     *
     * @param text the text; may be empty
     */
    void onText(String text);

    /**
     * A binary message arrived.
     *
     * @param payload the bytes from position to limit, valid until this returns; may be modified
     */
    void onBinary(ByteBuffer payload);

    /**
     * A part of a message arrived, while {@link Driver#receiveInParts} holds. The parts of one message come in their order
     * and without those of another; control frames may come between them. If the connection ends before the last part,
     * that part never comes.
     *
     * @param type the same for all parts of a message. The parts of a text together are UTF-8, which is checked as they
     *     come; a character may be cut by them
     * @param payload the bytes from position to limit, valid until this returns; may be modified. At least one, but for the
     *     last part, which may be empty
     * @param isLast whether the message ends with it
     */
    default void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {}

    /**
     * A message arrived, and extensions still work on it, or on one before it. See {@link Driver#pendingIncoming} and
     * {@link Driver#pendingIncomingBytes}.
     */
    default void onMessagePending() {}

    /**
     * A ping arrived, and the answer is written or kept for later.
     *
     * @param payload 0 to 125 bytes, valid until this returns
     */
    void onPing(ByteBuffer payload);

    /**
     * A pong arrived.
     *
     * @param payload 0 to 125 bytes, valid until this returns
     */
    void onPong(ByteBuffer payload);

    /**
     * The peer closes, the connection fails or the transport ends: the driver's state is CLOSING, and was OPEN before. Not
     * called if the owner closed with {@link Driver#close}.
     */
    void onClosing();

    /**
     * The connection fails. Comes behind {@link #onClosing} and the close frame that was sent, and not for failures of a
     * connection that was closing before.
     *
     * @param message what happened, in one line
     */
    void onError(String message);

    /**
     * Nothing more will be written or delivered: the owner hands on what it took and closes the transport.
     *
     * @param status how it ended
     */
    void onFinished(CloseStatus status);

    /**
     * A session of an extension threw something other than an {@link io.jackfield.api.extension.ExtensionException}: for
     * the log, and possibly later than {@link #onFinished}. What it means for the connection the other methods tell.
     *
     * @param extension the extension's name
     * @param thrown what it threw
     */
    default void onExtensionException(String extension, Throwable thrown) {}
}
