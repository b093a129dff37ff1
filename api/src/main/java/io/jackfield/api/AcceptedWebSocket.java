package io.jackfield.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection that somebody else accepted and handed to a server. Nothing is written and no event is delivered before
 * {@link #start()}, so listeners that are attached before it miss nothing.
 */
@ProviderType
public interface AcceptedWebSocket extends WebSocket {

    /**
     * Answers the opening handshake.
     *
     * @return true if it succeeds; false if it fails (then an error and a close event follow, and the client gets the
     *     reason), if the connection was closed, or if it was started before
     */
    boolean start();
}
