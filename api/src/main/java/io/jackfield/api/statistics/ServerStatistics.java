package io.jackfield.api.statistics;

import io.jackfield.api.Option;
import java.time.Duration;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The figures of a server at one moment. Immutable. What is counted "so far" is counted since the server was made and
 * never becomes less.
 */
@ProviderType
public interface ServerStatistics {

    /**
     * How long the server has been listening.
     *
     * @return zero before the start and behind the end
     */
    Duration uptime();

    /**
     * The number of event loops.
     *
     * @return 0 before the start
     */
    int eventLoops();

    /**
     * The WebSocket connections that are open or closing.
     *
     * @return a number of connections, now
     */
    int openConnections();

    /**
     * The connections whose opening handshake, TLS included, is under way.
     *
     * @return a number of connections, now
     */
    int openingConnections();

    /**
     * The network connections that were accepted or handed over, whatever became of them.
     *
     * @return a number of connections, so far
     */
    long acceptedConnections();

    /**
     * The opening handshakes that led to an open WebSocket.
     *
     * @return a number of handshakes, so far
     */
    long acceptedHandshakes();

    /**
     * The opening handshakes that did not, by reason.
     *
     * @return numbers of handshakes, so far; reasons that never occurred are left out
     */
    Map<RefusalReason, Long> refusedHandshakes();

    /**
     * The plain HTTP requests that were answered, by a fallback or with an error.
     *
     * @return a number of requests, so far
     */
    long plainRequests();

    /**
     * The messages that arrived complete and valid.
     *
     * @return a number of messages, so far
     */
    long receivedMessages();

    /**
     * The bytes that arrived: all of them, frame headers and HTTP heads too, inside TLS where there is TLS.
     *
     * @return a number of bytes, so far
     */
    long receivedBytes();

    /**
     * The messages whose frames were made; those that still wait in extensions or on the way to a loop are not counted.
     *
     * @return a number of messages, so far
     */
    long sentMessages();

    /**
     * The bytes that were handed to the network, counted as {@link #receivedBytes()}.
     *
     * @return a number of bytes, so far
     */
    long sentBytes();

    /**
     * The sum of {@link io.jackfield.api.WebSocket#bufferedAmount()} over all open connections.
     *
     * @return a number of bytes, now
     */
    long bufferedBytes();

    /**
     * How the connections ended that had been open, by the code of their close event.
     *
     * @return numbers of connections by close code, so far; 1006 for those that ended without a close frame
     */
    Map<Integer, Long> closeCodes();

    /**
     * How often a limit or timeout of the options was hit.
     *
     * @return numbers of hits, so far; options whose limit was never hit are left out
     */
    Map<Option, Long> limitHits();

    /**
     * How often an extension failed, in the opening handshake or on a connection.
     *
     * @return a number of failures, so far
     */
    long extensionFailures();

    /**
     * How long a ready connection had to wait at most: the longest turn of any event loop in the last 10 to 20 seconds, one
     * that still lasts included. Listeners that block an event loop show here.
     *
     * @return microseconds are significant
     */
    Duration loopLag();

    /**
     * The time that all event loops together spent working, not waiting. Divided by {@link #uptime()} and
     * {@link #eventLoops()} it is their utilization.
     *
     * @return the time, so far
     */
    Duration loopBusy();
}
