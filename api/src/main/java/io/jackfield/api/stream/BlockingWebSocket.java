package io.jackfield.api.stream;

import io.jackfield.api.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection for a thread that waits: for the next message, and until the network takes what it sends.
 *
 * <pre>{@code for (Message message : BlockingWebSocket.of(ws)) { ... }}</pre>
 *
 * <p>It takes the messages, so no listener gets them. It is asked for in the handler, so that none is missed, and used on a thread that
 * may wait: not on an event loop, where waiting methods throw an {@link IllegalStateException}. {@link BlockingHandler}
 * does both.
 *
 * <p>Up to 64 KiB are read ahead, and one read of the network more; beyond it the peer is held up by TCP.
 *
 * <p>One thread at a time receives; any number may send. {@link #close} from any thread ends the waiting of all. A thread
 * that is interrupted while it waits gets an {@link java.io.InterruptedIOException} and stays interrupted; nothing is lost by
 * that but what it was to send, which may have left or not.
 */
@ProviderType
public interface BlockingWebSocket extends Iterable<Message>, AutoCloseable {

    /**
     * A connection for a thread that waits.
     *
     * @param socket a connection of this server, not null
     * @return always the same for one connection
     * @throws IllegalArgumentException if it is some other WebSocket
     * @throws IllegalStateException if a {@link WebSocketStream} has a subscriber for its messages
     */
    static BlockingWebSocket of(WebSocket socket) {
        return Sources.require(socket).blocking();
    }

    /**
     * The connection.
     *
     * @return never null
     */
    WebSocket socket();

    /**
     * Waits for the next message.
     *
     * @return the message, or null when the connection has closed cleanly
     * @throws ConnectionClosedException if the connection ended otherwise
     * @throws IOException if the thread was interrupted
     * @throws IllegalStateException on an event loop
     */
    Message receive() throws IOException;

    /**
     * Waits for the next message, but not for ever. What has come of a message in time is not lost: it is there for the next call.
     *
     * @param timeout how long, not null; at once if it is not positive
     * @return the message, or null when the connection has closed cleanly
     * @throws java.net.SocketTimeoutException if there is no whole message in time
     * @throws ConnectionClosedException if the connection ended otherwise
     * @throws IOException if the thread was interrupted
     * @throws IllegalStateException on an event loop
     */
    Message receive(Duration timeout) throws IOException;

    /**
     * Waits for the beginning of the next message, to read it in parts: it may be larger than memory.
     *
     * @return the message, or null when the connection has closed cleanly
     * @throws ConnectionClosedException if the connection ended otherwise
     * @throws IOException if the thread was interrupted
     * @throws IllegalStateException on an event loop
     */
    IncomingMessage receiveParts() throws IOException;

    /**
     * The messages that come, until the connection closes cleanly.
     *
     * @return an iterator that waits as {@link #receive()} does; what that throws it throws in an {@link
     *     java.io.UncheckedIOException}
     */
    @Override
    Iterator<Message> iterator();

    /**
     * Sends a text message, and waits while much is waiting to be sent.
     *
     * @param text the text, not null
     * @throws IOException if the connection does not accept messages, ended before it left, or the thread was interrupted
     * @throws IllegalStateException on an event loop
     */
    void send(CharSequence text) throws IOException;

    /**
     * Sends a binary message, and waits while much is waiting to be sent.
     *
     * @param data the bytes from position to limit, not null
     * @throws IOException if the connection does not accept messages, ended before it left, or the thread was interrupted
     * @throws IllegalStateException on an event loop
     */
    void send(ByteBuffer data) throws IOException;

    /**
     * Sends a message, and waits while much is waiting to be sent.
     *
     * @param message what was received, for instance; not null
     * @throws IOException if the connection does not accept messages, ended before it left, or the thread was interrupted
     * @throws IllegalStateException on an event loop
     */
    default void send(Message message) throws IOException {
        if (message instanceof Message.Text text) {
            send(text.data());
        } else {
            send(((Message.Binary) message).data());
        }
    }

    /**
     * Begins a text message that is sent in parts: at each flush, at the end, and whenever a buffer of 16 KiB is full.
     *
     * @return where to write UTF-8 to; closing it ends the message. Writing waits while much is waiting to be sent, and
     *     throws as {@link #send(ByteBuffer)} does
     * @throws IllegalStateException if another message is being sent in parts
     */
    OutputStream openText();

    /**
     * Begins a binary message that is sent in parts: at each flush, at the end, and whenever a buffer of 16 KiB is full.
     *
     * @return where to write to; closing it ends the message. Writing waits while much is waiting to be sent, and throws as
     *     {@link #send(ByteBuffer)} does
     * @throws IllegalStateException if another message is being sent in parts
     */
    OutputStream openBinary();

    /** Closes with code 1000 and no reason. Does not wait. */
    @Override
    void close();

    /**
     * Closes with code 1011: because of an error on this side what was begun cannot be brought to its end, a message that
     * is being sent in parts, say. Does not wait. Has no effect unless the connection is open.
     *
     * @param reason what the peer is told: up to 123 bytes of UTF-8, not null, may be empty
     * @throws IllegalArgumentException for a longer reason
     */
    void fail(String reason);
}
