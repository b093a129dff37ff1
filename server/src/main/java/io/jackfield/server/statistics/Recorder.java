package io.jackfield.server.statistics;

import io.jackfield.api.Event;
import io.jackfield.api.Option;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.statistics.RefusedHandshake;
import java.net.InetSocketAddress;

/**
 * Records single events, unlike the counters, while somebody wants that. Thread-safe. What costs something to find out is
 * asked for only after a method has said that it is wanted.
 */
public interface Recorder {

    /** Records nothing. */
    Recorder NONE = new Recorder() {};

    /** A call of a listener that is being timed. */
    interface ListenerCall {

        /**
         * The listener has returned.
         *
         * @param connection the number of its connection
         * @param endpoint the path of its endpoint
         * @param event what it was called for
         */
        void returned(long connection, String endpoint, String event);
    }

    /** Whether {@link #handshakeAccepted} or {@link #connectionClosed} would record something. */
    default boolean wantsConnections() {
        return false;
    }

    /** A WebSocket is open. */
    default void handshakeAccepted(ConnectionStatistics connection) {}

    /** A handshake was refused. */
    default void handshakeRefused(RefusedHandshake handshake) {}

    /** A WebSocket is closed. */
    default void connectionClosed(ConnectionStatistics connection, Event.Close event) {}

    /**
     * A listener is about to be called.
     *
     * @return to be told when it has returned; null if nobody wants to know
     */
    default ListenerCall listenerCalled() {
        return null;
    }

    /** The network does not take all output of a connection. */
    default void consumerLags(long connection, InetSocketAddress remoteAddress) {}

    /** It has taken it, or the connection has ended. */
    default void consumerCaughtUp(long connection) {}

    /** A limit was hit. */
    default void limitHit(Option option, long connection) {}

    /** An extension failed. */
    default void extensionFailed(String extension, Throwable thrown, long connection) {}
}
