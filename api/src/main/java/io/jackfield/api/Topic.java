package io.jackfield.api;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What many connections listen to: each message that is published goes to all that have {@link WebSocket#subscribe
 * subscribed}. They may be of any endpoints and of any servers in this Java process. A topic is a plain object that
 * whoever needs it makes and hands around; it belongs to no server, needs no closing, and holds only connections that
 * are open.
 *
 * <pre>{@code
 * private final Topic room = new Topic();
 *
 * public void onConnection(WebSocket ws, Request request) {
 *     ws.subscribe(room);
 *     ws.on(Event.Text.class, event -> room.publish(event.data()));
 * }
 * }</pre>
 *
 * <h2>Order</h2>
 *
 * What one thread publishes arrives in the order of its calls at every subscriber, also among what the same thread sends
 * to the subscriber itself by {@link WebSocket#send}, and behind its call of {@code subscribe}. Messages of different
 * threads may arrive in different orders at different subscribers.
 *
 * <h2>Slow subscribers</h2>
 *
 * No method blocks or waits for a peer. For each subscriber its own options {@code maxBufferedAmount} and {@code
 * overflowPolicy} hold as they do for {@code send}: one that reads too slowly is closed or misses messages, and the
 * others do not notice. With {@link OverflowPolicy#REFUSE} it misses messages, since there is nobody to tell.
 *
 * <h2>Compression</h2>
 *
 * A message is encoded once, and compressed once for all subscribers whose extensions can share the result; see {@link
 * io.jackfield.api.extension.SharedMessage}.
 *
 * <p>Safe for use by any thread.
 */
public final class Topic {

    /**
     * Some of the subscribers, as a server keeps them together. For those who implement {@link WebSocket}; applications
     * have no use for it.
     */
    @ProviderType
    public interface Audience {

        /**
         * Sends a message to all of them. Called by any thread.
         *
         * @param message the message, not null
         * @param except one that does not get it, or null
         */
        void publish(PreparedMessage message, WebSocket except);

        /**
         * How many they are. Called by any thread.
         *
         * @return at least 0
         */
        int size();
    }

    private static final Audience[] NOBODY = {};

    /** Replaced as a whole, under this object's lock. */
    private volatile Audience[] audiences = NOBODY;

    /** A topic without subscribers. */
    public Topic() {}

    /**
     * Sends a text message to all subscribers. An unpaired surrogate is sent as U+FFFD.
     *
     * @param text the text, not null
     */
    public void publish(CharSequence text) {
        Objects.requireNonNull(text, "text");
        if (audiences != NOBODY) {
            publish(PreparedMessage.text(text));
        }
    }

    /**
     * Sends a binary message to all subscribers.
     *
     * @param payload the bytes from position to limit, copied, not null; neither is moved
     */
    public void publish(ByteBuffer payload) {
        Objects.requireNonNull(payload, "payload");
        if (audiences != NOBODY) {
            publish(PreparedMessage.binary(payload));
        }
    }

    /**
     * Sends a message to all subscribers.
     *
     * @param message the message, not null
     */
    public void publish(PreparedMessage message) {
        publish(message, null);
    }

    /**
     * Sends a message to all subscribers but one: its author, say.
     *
     * @param message the message, not null
     * @param except who does not get it; null, or one that has not subscribed, for no exception
     */
    public void publish(PreparedMessage message, WebSocket except) {
        Objects.requireNonNull(message, "message");
        for (Audience audience : audiences) {
            audience.publish(message, except);
        }
    }

    /**
     * How many connections have subscribed and not ended.
     *
     * @return at least 0; true of a moment while others come and go
     */
    public int size() {
        int size = 0;
        for (Audience audience : audiences) {
            size += audience.size();
        }
        return size;
    }

    // -- for servers --------------------------------------------------------------------------------------------------

    /**
     * Finds an audience or adds one, in one step. For those who implement {@link WebSocket}.
     *
     * @param wanted asked for each audience, until it says true
     * @param otherwise makes a new one if it never does
     * @return what was found or made
     */
    public synchronized Audience audience(Predicate<? super Audience> wanted, Supplier<? extends Audience> otherwise) {
        for (Audience audience : audiences) {
            if (wanted.test(audience)) {
                return audience;
            }
        }
        Audience made = Objects.requireNonNull(otherwise.get(), "audience");
        Audience[] longer = Arrays.copyOf(audiences, audiences.length + 1);
        longer[audiences.length] = made;
        audiences = longer;
        return made;
    }

    /**
     * Forgets an audience. For those who implement {@link WebSocket}.
     *
     * @param audience one that {@link #audience} gave; it gets no more messages
     */
    public synchronized void remove(Audience audience) {
        Audience[] rest =
                Arrays.stream(audiences).filter(other -> other != audience).toArray(Audience[]::new);
        audiences = rest.length == 0 ? NOBODY : rest;
    }
}
