package io.jackfield.api.statistics;

import io.jackfield.api.Event;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of the connections of a server as they come and go. In an OSGi framework each service of this type does.
 *
 * <p>Called on the event loops, several at once: it must be thread-safe and must not block. What it throws is logged and
 * harms nobody.
 */
@ConsumerType
public interface ConnectionObserver {

    /**
     * A WebSocket is open. Its handler has been called already, its open event comes next.
     *
     * @param connection what it is
     */
    default void opened(ConnectionStatistics connection) {}

    /**
     * A WebSocket that was open is closed. Its close event comes next.
     *
     * @param connection its last figures; its state is CLOSED
     * @param code the code of its close event, 1006 if there was no close frame
     * @param reason the reason that goes with the code, or ""
     * @param initiator who closed first
     */
    default void closed(ConnectionStatistics connection, int code, String reason, Event.Close.Initiator initiator) {}

    /**
     * An opening handshake did not lead to a WebSocket.
     *
     * @param handshake what is known of it
     */
    default void refused(RefusedHandshake handshake) {}
}
