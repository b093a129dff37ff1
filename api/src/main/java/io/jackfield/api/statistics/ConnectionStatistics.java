package io.jackfield.api.statistics;

import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.ReadyState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What a WebSocket connection is, and its figures at one moment. Immutable. */
@ProviderType
public interface ConnectionStatistics {

    /**
     * Its number among all connections of the server.
     *
     * @return at least 1; never used twice
     */
    long id();

    /**
     * The peer's address.
     *
     * @return as {@link io.jackfield.api.WebSocket#remoteAddress()}; null if the socket is closed
     */
    InetSocketAddress remoteAddress();

    /**
     * Whether the server speaks TLS on it.
     *
     * @return false also behind a proxy that does
     */
    boolean isSecure();

    /**
     * The path of its request, without query.
     *
     * @return {@code /rooms/7}, for instance
     */
    String path();

    /**
     * The path of its endpoint.
     *
     * @return as the endpoint has it, <code>/rooms/{room}</code>, for instance
     */
    String endpoint();

    /**
     * The subprotocol.
     *
     * @return "" if there is none
     */
    String protocol();

    /**
     * The extensions that were agreed on.
     *
     * @return an immutable list, in the order of the server's answer
     */
    List<NegotiatedExtension> extensions();

    /**
     * Its state.
     *
     * @return as {@link io.jackfield.api.WebSocket#readyState()}
     */
    ReadyState readyState();

    /**
     * The time since the network connection was accepted.
     *
     * @return never negative
     */
    Duration age();

    /**
     * The messages that arrived complete and valid.
     *
     * @return a number of messages, so far
     */
    long receivedMessages();

    /**
     * The bytes that arrived: all of them, frame headers and the HTTP head too, inside TLS where there is TLS.
     *
     * @return a number of bytes, so far
     */
    long receivedBytes();

    /**
     * The messages whose frames were made.
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
     * The bytes that wait to be sent.
     *
     * @return as {@link io.jackfield.api.WebSocket#bufferedAmount()}
     */
    long bufferedBytes();

    /**
     * The time from the latest automatic ping that was answered to its pong.
     *
     * @return empty without the option {@code ping}, and before the first pong
     */
    Optional<Duration> roundTripTime();
}
