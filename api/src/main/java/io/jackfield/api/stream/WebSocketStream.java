package io.jackfield.api.stream;

import io.jackfield.api.WebSocket;
import java.util.concurrent.Flow;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection as publishers and subscribers, in whole messages or in parts. {@code WebSocketStream.of(ws).pipe(...)} is
 * what {@code pipe} is to the original.
 *
 * <h2>Receiving</h2>
 *
 * A publisher reads from the network only what was requested; beyond it the peer is held up by TCP. While nothing is
 * requested, pings are not answered, and it is not noticed that the peer closes. A connection has one subscriber at a time,
 * be it to {@link #messages} or to {@link #parts}; a second one gets an {@link IllegalStateException} by {@code onError}.
 * From the next message on, messages go to the subscriber and to no listener. Who subscribes in the handler gets all of
 * them.
 *
 * <p>The stream completes when the connection has closed cleanly, right before the close event. Otherwise it fails with a
 * {@link ConnectionClosedException}. After {@code cancel} what comes goes to the listeners again, or to nobody; and there may
 * be another subscriber.
 *
 * <p>Signals come on the event loop, or on the executor of the options, in the order of the connection's events.
 *
 * <h2>Sending</h2>
 *
 * A subscriber requests as the network takes what it was given. It closes the connection with 1000 on {@code onComplete} and
 * with 1011 on {@code onError}, and cancels its subscription when the connection closes. Messages of others may go
 * between its own.
 *
 * <h2>Limits</h2>
 *
 * Messages in parts are bound by the option {@code maxStreamedLength}, which is that of {@code maxLength} unless it is set;
 * memory does not grow with them. Whole messages are bound by {@code maxLength} in any case. A larger one closes
 * with 1009.
 *
 * <p>All methods may be called from any thread.
 */
@ProviderType
public interface WebSocketStream {

    /**
     * A connection as a stream.
     *
     * @param socket a connection of this server, not null
     * @return always the same for one connection
     * @throws IllegalArgumentException if it is some other WebSocket
     */
    static WebSocketStream of(WebSocket socket) {
        return Sources.require(socket).stream();
    }

    /**
     * The connection.
     *
     * @return never null
     */
    WebSocket socket();

    /**
     * The messages of the peer, each whole.
     *
     * @return a publisher for one subscriber at a time
     */
    Flow.Publisher<Message> messages();

    /**
     * The messages of the peer in parts, as they arrive.
     *
     * @return a publisher for one subscriber at a time
     */
    Flow.Publisher<MessagePart> parts();

    /**
     * Sends whole messages.
     *
     * @return a new subscriber for one subscription
     */
    Flow.Subscriber<Message> messageSubscriber();

    /**
     * Sends messages in parts. While a message is not complete, other messages of the connection wait; a second message in
     * parts, from elsewhere, fails.
     *
     * @return a new subscriber for one subscription
     */
    Flow.Subscriber<MessagePart> partSubscriber();

    /**
     * Sends all that this connection receives to another, or back, in parts and with back-pressure, until it closes.
     *
     * @param target where to, not null; may be this one: an echo
     */
    default void pipe(WebSocketStream target) {
        parts().subscribe(target.partSubscriber());
    }

    /**
     * Begins a text message that is sent in parts.
     *
     * @return where to write them to
     * @throws IllegalStateException if another message is being sent in parts
     */
    MessageWriter openText();

    /**
     * Begins a binary message that is sent in parts.
     *
     * @return where to write them to
     * @throws IllegalStateException if another message is being sent in parts
     */
    MessageWriter openBinary();
}
