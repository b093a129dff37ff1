package io.jackfield.server;

import io.jackfield.api.WebSocket;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives the connections of a path: a {@link io.jackfield.api.Handler} that does not look at the request. */
@FunctionalInterface
@ConsumerType
public interface ConnectionListener {

    /**
     * A connection arrives; see {@link io.jackfield.api.Handler#onConnection}.
     *
     * @param socket the connection
     * @throws Exception anything: the handshake is answered with status 500
     */
    void onConnection(WebSocket socket) throws Exception;
}
