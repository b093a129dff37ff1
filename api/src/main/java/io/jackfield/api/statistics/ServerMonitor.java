package io.jackfield.api.statistics;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A running server, for those who watch it. In an OSGi framework each server is a service of this type while it listens.
 *
 * <p>Thread-safe. No method waits for an event loop: they may be called from anywhere, listeners included, and answer also
 * when a loop is stuck. What they read was written by the loops a moment ago, so figures that belong together may differ
 * by what happened in that moment.
 */
@ProviderType
public interface ServerMonitor {

    /**
     * Its address as a client on the same machine uses it.
     *
     * @return {@code ws://127.0.0.1:8080}, for instance, without a path
     * @throws IllegalStateException if it does not run
     */
    String url();

    /**
     * The figures of the server.
     *
     * <p>Walks over the connections to count them: some hundred nanoseconds for each, on the calling thread.
     *
     * @return figures that do not change any more; before the start all 0, behind the end those of its whole life
     */
    ServerStatistics statistics();

    /**
     * The WebSocket connections that are open or closing, with the figures of each.
     *
     * @return a new list, the oldest first; empty if the server does not run
     */
    List<ConnectionStatistics> connections();

    /**
     * Closes a connection in good order: behind what was sent on it before.
     *
     * @param id its {@link ConnectionStatistics#id()}
     * @param code what a close frame may carry (RFC 6455 section 7.4): 1000 to 1003, 1007 to 1014, 3000 to 4999
     * @param reason up to 123 bytes in UTF-8, or ""
     * @return false if there is no open connection with this id
     * @throws IllegalArgumentException for any other code or a longer reason
     */
    boolean close(long id, int code, String reason);
}
