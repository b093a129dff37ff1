package io.jackfield.server;

import io.jackfield.api.WebSocket;

/** Receives the connections of a path: a {@link io.jackfield.api.Handler} that does not look at the request. */
@FunctionalInterface
public interface ConnectionListener {

    /**
     * A connection arrives; see {@link io.jackfield.api.Handler#onConnection}.
     *
     * @param socket the connection
     * @throws Exception anything: the handshake is answered with status 500
     */
    void onConnection(WebSocket socket) throws Exception;
}
