package io.jackfield.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An endpoint: receives the connections of a path. Given to a server's builder, or registered as an OSGi service with
 * the property {@link #PATH}; components of Declarative Services say it with {@link WebSocketEndpoint}.
 *
 * <p>One instance serves all connections of its path, from several threads at once.
 */
@FunctionalInterface
@ConsumerType
public interface Handler {

    /**
     * Service property of type {@code String+}: the paths at which the endpoint is published. A service without it is
     * ignored. Exact ({@code /chat}), with parameters ({@code /rooms/{room}}), or with all below ({@code /files/*}).
     */
    String PATH = "jackfield.path";

    /** Service property of type {@code String+}: the subprotocols that the endpoint speaks. */
    String PROTOCOLS = "jackfield.protocols";

    /**
     * Prefix of service properties that override one option of the server for this endpoint:
     * {@code jackfield.option.maxLength}, for instance.
     */
    String OPTION_PREFIX = "jackfield.option.";

    /**
     * Service property of type {@code String}: an LDAP filter over a server's properties; without it, or if it is empty,
     * the endpoint is published by every server.
     */
    String TARGET = "jackfield.target";

    /**
     * A connection arrives. No event is delivered before this method returns, so a listener that is attached here
     * misses none. Messages sent here are queued and leave right behind the handshake. Closing the connection here ends
     * it without an answer.
     *
     * @param socket the connection, in state {@link ReadyState#CONNECTING}
     * @param request the request that opened it; may be kept, but a connection does not hold it itself
     * @throws Exception anything: the handshake is answered with status 500
     */
    void onConnection(WebSocket socket, Request request) throws Exception;

    /**
     * Decides on an opening handshake that is valid so far. Accepts unless overridden. Must not block; a decision that
     * takes time is {@link Decision#later given later}.
     *
     * @param request the request, path parameters included
     * @return the decision, not null
     * @throws Exception anything: the handshake is answered with status 500
     */
    default Decision decide(Request request) throws Exception {
        return Decision.accept();
    }
}
