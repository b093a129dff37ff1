package io.jackfield.codec;

import java.nio.ByteBuffer;

/**
 * Receives what a driver makes of its input. Called within the driver's methods, on the owner's thread; may call the
 * driver again. It must not throw.
 *
 * <p>The order is that of the peer's frames. {@link #onClosing} comes at most once, {@link #onError} at most once, and
 * {@link #onFinished} exactly once and last. No message is delivered after {@link #onClosing} or a local close.
 */
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

    /** The peer closes or the connection fails: the application's state becomes CLOSING unless it was already. */
    void onClosing();

    /**
     * The connection fails. Not called once the connection was closing.
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
}
