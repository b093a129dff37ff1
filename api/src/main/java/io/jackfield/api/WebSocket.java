package io.jackfield.api;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One WebSocket connection, seen from the server.
 *
 * <h2>Life</h2>
 *
 * A connection starts {@link ReadyState#CONNECTING}, is {@link ReadyState#OPEN} from the handshake on, {@link
 * ReadyState#CLOSING} from the first close frame or failure on, and ends {@link ReadyState#CLOSED}. It never goes back.
 * The last event is one {@link Event.Close}, whatever happens.
 *
 * <h2>Sending</h2>
 *
 * No method blocks. Messages leave in the order of the calls of one thread; each is sent whole, never mixed with
 * another. What is sent while CONNECTING is queued and leaves right behind the handshake; from CLOSING on nothing is
 * accepted. The bytes that wait are bounded by the option {@code maxBufferedAmount}; beyond it the option {@code
 * overflowPolicy} says what happens. A buffer or array that is passed in is not modified, its position stays where it
 * is, and it may be reused as soon as the call returns.
 *
 * <p>Each {@code send} answers a boolean: true if one may go on; false either if the connection does not accept
 * messages any more ({@link #readyState()} is CLOSING or CLOSED) or if the message was dropped by {@link
 * OverflowPolicy#DROP_NEWEST}, or if it was accepted but the network is backed up: then an {@link Event.Drain} tells
 * when to go on. The {@code sendAsync} forms say what became of a message.
 *
 * <h2>Threads</h2>
 *
 * All methods may be called from any thread, listeners included. Events of one connection are delivered one at a time:
 * on its event loop, or on the executor of the options.
 */
@ProviderType
public interface WebSocket {

    /**
     * The state of the connection.
     *
     * @return never null
     */
    ReadyState readyState();

    /**
     * The address of the connection: {@code ws:} or {@code wss:}, the request's host and target.
     *
     * @return {@code ws://example.org/chat?room=1}, for instance; the same from the beginning on
     */
    String url();

    /**
     * The version of the protocol.
     *
     * @return always {@code hybi-13}: RFC 6455
     */
    String version();

    /**
     * The subprotocol that was agreed on.
     *
     * @return its name from {@link Event.Open} on, or "" before that and if there is none
     */
    String protocol();

    /**
     * The extensions that were agreed on.
     *
     * @return from {@link Event.Open} on the extensions in the order of the server's answer, each with its parameters;
     *     before that an empty list
     */
    List<NegotiatedExtension> extensions();

    /**
     * The peer's address: as the network connection tells it, or as a trusted proxy does.
     *
     * @return the address, or null if it is not known any more
     */
    InetSocketAddress remoteAddress();

    /**
     * The bytes of messages that were accepted and not yet handed to the operating system; frame headers do not count.
     *
     * @return at least 0; after the connection closed it does not fall any more
     */
    long bufferedAmount();

    // -- sending ------------------------------------------------------------------------------------------------------

    /**
     * Sends a text message. An unpaired surrogate is sent as U+FFFD.
     *
     * @param text the text, not null
     * @return true if one may go on, see above
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    boolean send(CharSequence text);

    /**
     * Sends a binary message.
     *
     * @param payload the bytes from position to limit, not null
     * @return true if one may go on, see above
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    boolean send(ByteBuffer payload);

    /**
     * Sends a binary message.
     *
     * @param payload the bytes, not null
     * @return true if one may go on, see above
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    default boolean send(byte[] payload) {
        return send(ByteBuffer.wrap(payload));
    }

    /**
     * Sends a message that was prepared for many connections.
     *
     * @param message the message, not null
     * @return true if one may go on, see above
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    boolean send(PreparedMessage message);

    /**
     * Sends what was received: text as text, binary as binary. {@code ws.onMessage(ws::send)} is an echo.
     *
     * @param message a received message, of this connection or another, not null
     * @return true if one may go on, see above
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    default boolean send(Event.Message message) {
        if (message instanceof Event.Text text) {
            return send(text.data());
        }
        return send(((Event.Binary) message).data());
    }

    /**
     * Sends a text message and tells what became of it.
     *
     * @param text the text, not null
     * @return completes when the last byte was handed to the operating system; fails with an
     *     {@link IllegalStateException} if the message was not accepted, and with a {@link java.io.IOException} if the
     *     connection ended before it left
     */
    CompletionStage<Void> sendAsync(CharSequence text);

    /**
     * Sends a binary message and tells what became of it.
     *
     * @param payload the bytes from position to limit, not null
     * @return completes when the last byte was handed to the operating system; fails with an
     *     {@link IllegalStateException} if the message was not accepted, and with a {@link java.io.IOException} if the
     *     connection ended before it left
     */
    CompletionStage<Void> sendAsync(ByteBuffer payload);

    /**
     * The same as {@link #send(CharSequence)}, in the words of streams.
     *
     * @param text the text, not null
     * @return true if one may go on
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    default boolean write(CharSequence text) {
        return send(text);
    }

    /**
     * The same as {@link #send(ByteBuffer)}, in the words of streams.
     *
     * @param payload the bytes from position to limit, not null
     * @return true if one may go on
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    default boolean write(ByteBuffer payload) {
        return send(payload);
    }

    /**
     * The same as {@link #send(byte[])}, in the words of streams.
     *
     * @param payload the bytes, not null
     * @return true if one may go on
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}
     */
    default boolean write(byte[] payload) {
        return send(payload);
    }

    /** The same as {@link #close()}, in the words of streams. */
    default void end() {
        close();
    }

    /**
     * Sends a last text message and closes.
     *
     * @param text the text, not null
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}; then it does
     *     not close
     */
    default void end(CharSequence text) {
        send(text);
        close();
    }

    /**
     * Sends a last binary message and closes.
     *
     * @param payload the bytes from position to limit, not null
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}; then it does
     *     not close
     */
    default void end(ByteBuffer payload) {
        send(payload);
        close();
    }

    /**
     * Sends a last binary message and closes.
     *
     * @param payload the bytes, not null
     * @throws IllegalStateException if the buffer is full and the policy is {@link OverflowPolicy#REFUSE}; then it does
     *     not close
     */
    default void end(byte[] payload) {
        send(payload);
        close();
    }

    // -- topics -------------------------------------------------------------------------------------------------------

    /**
     * Gets what is published to a topic from now on, until {@link #unsubscribe} or the end of the connection, which both
     * leave nothing behind in the topic. Has no effect if it has subscribed before, and from CLOSING on.
     *
     * @param topic the topic, not null
     */
    void subscribe(Topic topic);

    /**
     * Gets no more of what is published to a topic. Has no effect if it has not subscribed.
     *
     * @param topic the topic, not null
     */
    void unsubscribe(Topic topic);

    // -- ping and pong ------------------------------------------------------------------------------------------------

    /**
     * Sends a ping. It does not pass through extensions, so it may overtake messages that an extension still works on.
     *
     * @param payload up to 125 bytes from position to limit (RFC 6455 section 5.5), not null
     * @param callback run once when the matching pong arrives, never if the connection closes before; or null. Pings
     *     with equal payloads are answered in their order
     * @return false if the connection is CLOSING or CLOSED, else true
     * @throws IllegalArgumentException if the payload is longer
     */
    boolean ping(ByteBuffer payload, Runnable callback);

    /**
     * Sends a ping with a text as its payload.
     *
     * @param message up to 125 bytes of UTF-8, not null
     * @param callback run once when the matching pong arrives, or null
     * @return false if the connection is CLOSING or CLOSED, else true
     * @throws IllegalArgumentException if the payload is longer
     */
    boolean ping(CharSequence message, Runnable callback);

    /**
     * Sends an empty ping.
     *
     * @return false if the connection is CLOSING or CLOSED, else true
     */
    default boolean ping() {
        return ping("", null);
    }

    /**
     * Sends an unsolicited pong (RFC 6455 section 5.5.3). Pings are answered without it.
     *
     * @param payload up to 125 bytes from position to limit, not null
     * @return false if the connection is CLOSING or CLOSED, else true
     * @throws IllegalArgumentException if the payload is longer
     */
    boolean pong(ByteBuffer payload);

    // -- closing ------------------------------------------------------------------------------------------------------

    /** Closes with code 1000 and no reason. */
    default void close() {
        close(CloseCode.NORMAL_CLOSURE.value(), "");
    }

    /**
     * Closes without a reason.
     *
     * @param code 1000, or 3000 to 4999
     * @throws IllegalArgumentException for any other code
     */
    default void close(int code) {
        close(code, "");
    }

    /**
     * Starts the closing handshake behind all messages sent before. While CONNECTING, ends the connection without an
     * answer. Has no effect from CLOSING on. If the peer does not answer within the option {@code closeTimeout}, the
     * connection ends with code 1006.
     *
     * @param code 1000, or 3000 to 4999; checked in every state
     * @param reason up to 123 bytes of UTF-8, not null
     * @throws IllegalArgumentException for any other code, or a longer reason
     */
    void close(int code, String reason);

    // -- reading ------------------------------------------------------------------------------------------------------

    /**
     * Stops reading from the network, so that the peer gets held up in time. What was already read is still delivered.
     * Pings are not answered while paused.
     */
    void pause();

    /** Goes on reading. */
    void resume();

    // -- listening ----------------------------------------------------------------------------------------------------

    /**
     * Sets the one open handler.
     *
     * @param handler called before the added listeners, or null for none
     */
    void onOpen(EventListener<? super Event.Open> handler);

    /**
     * Sets the one message handler.
     *
     * @param handler called before the added listeners, or null for none
     */
    void onMessage(EventListener<? super Event.Message> handler);

    /**
     * Sets the one error handler.
     *
     * @param handler called before the added listeners, or null for none
     */
    void onError(EventListener<? super Event.Error> handler);

    /**
     * Sets the one close handler.
     *
     * @param handler called before the added listeners, or null for none
     */
    void onClose(EventListener<? super Event.Close> handler);

    /**
     * Sets the one ping handler.
     *
     * @param handler called before the added listeners, or null for none
     */
    void onPing(EventListener<? super Event.Ping> handler);

    /**
     * Sets the one pong handler.
     *
     * @param handler called before the added listeners, or null for none
     */
    void onPong(EventListener<? super Event.Pong> handler);

    /**
     * Sets the one drain handler.
     *
     * @param handler called before the added listeners, or null for none
     */
    void onDrain(EventListener<? super Event.Drain> handler);

    /**
     * Sets the one receiver of messages that wants neither event objects nor copies.
     *
     * @param listener called before the message handler, or null for none
     */
    void messageListener(MessageListener listener);

    /**
     * Adds a listener. One that is added twice is called twice.
     *
     * @param type the type of event, not null: {@code Event.Message.class} for text and binary, {@code
     *     Event.Text.class} for text alone, {@code Event.class} for all
     * @param listener called for each event of the type, in the order of adding, not null
     * @param <E> the type of event
     * @return removes the listener again
     */
    <E extends Event> Registration on(Class<E> type, EventListener<? super E> listener);

    // -- requests and options -----------------------------------------------------------------------------------------

    /**
     * Whether a request asks for a WebSocket: method GET, {@code Connection} containing {@code upgrade} and
     * {@code Upgrade} containing {@code websocket} (RFC 6455 section 4.2.1). Key and version are not looked at: what is
     * wrong with them, the handshake answers.
     *
     * @param request any request, not null
     * @return true if it does; never throws because of what the request holds
     */
    static boolean isWebSocket(Request request) {
        return request.method().equals("GET") && request.headers().askForWebSocket();
    }

    /**
     * The subprotocols that an endpoint speaks, in either form: one by one, or separated by commas ({@code "xmpp,
     * irc"}).
     *
     * @param protocols tokens, or lists of them; none of them null
     * @return the subprotocols in order, case kept, immutable; empty if there are none
     * @throws IllegalArgumentException for one that is no token or given twice
     */
    static List<String> subprotocols(String... protocols) {
        return Tokens.distinct(List.of(protocols));
    }

    /**
     * Checks the keys of options in map form. Values are not looked at.
     *
     * @param options options by key, or null
     * @param validKeys the keys that are allowed
     * @throws IllegalArgumentException {@code Unrecognized option: <key>} for the first key, in the order of the map,
     *     that is not allowed
     */
    static void validateOptions(Map<String, ?> options, Set<String> validKeys) {
        if (options == null) {
            return;
        }
        for (String key : options.keySet()) {
            // Immutable sets throw when asked for null.
            if (key == null || !validKeys.contains(key)) {
                throw new IllegalArgumentException("Unrecognized option: " + key);
            }
        }
    }
}
