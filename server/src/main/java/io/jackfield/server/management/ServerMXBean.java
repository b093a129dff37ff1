package io.jackfield.server.management;

import java.util.Map;

/**
 * The figures of a server for JMX. What each means {@link io.jackfield.api.statistics.ServerStatistics} says; units are in
 * the names.
 */
public interface ServerMXBean {

    /** The address of the server. */
    String getUrl();

    /** How long it has been listening. */
    long getUptimeMillis();

    /** Its event loops. */
    int getEventLoops();

    /** WebSocket connections now. */
    int getOpenConnections();

    /** Connections in their opening handshake now. */
    int getOpeningConnections();

    /** Network connections so far. */
    long getAcceptedConnections();

    /** Handshakes that led to a WebSocket, so far. */
    long getAcceptedHandshakes();

    /** Handshakes that did not, by reason, so far. */
    Map<String, Long> getRefusedHandshakes();

    /** Plain HTTP requests so far. */
    long getPlainRequests();

    /** Messages from peers so far. */
    long getReceivedMessages();

    /** Bytes from peers so far. */
    long getReceivedBytes();

    /** Messages to peers so far. */
    long getSentMessages();

    /** Bytes to peers so far. */
    long getSentBytes();

    /** Bytes that wait to be sent now. */
    long getBufferedBytes();

    /** Closed connections by close code, so far. */
    Map<Integer, Long> getCloseCodes();

    /** Hits of limits by the key of the option, so far. */
    Map<String, Long> getLimitHits();

    /** Failures of extensions so far. */
    long getExtensionFailures();

    /** The longest turn of an event loop in the last 10 to 20 seconds. */
    long getLoopLagMicros();

    /** The time that event loops worked, so far. */
    long getLoopBusyMillis();
}
