package io.jackfield.server.upgrade;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A request that another HTTP server has read, and its connection if it becomes a WebSocket. Any thread may call the methods;
 * none blocks or throws.
 */
@ProviderType
public interface Upgrade {

    /**
     * What to answer. The user's code may take part in it: it comes within the option {@code handshakeTimeout}, also if the server
     * is closed meanwhile.
     *
     * @return completed on an event loop, never exceptionally
     */
    CompletionStage<UpgradeAnswer> answer();

    /**
     * Hands over the connection, after {@link UpgradeAnswer.SwitchProtocols}. If it comes too late, the connection is closed.
     *
     * @param connection its bytes, from the first behind the request on; it is read from now on
     */
    void connect(ContainerConnection connection);

    /** There is something to read, or the end. May be called more often than needed. */
    void readable();

    /** More can be written. May be called more often than needed. */
    void writable();

    /**
     * The connection failed, or cannot be handed over after all.
     *
     * @param failure what happened
     */
    void fail(IOException failure);
}
