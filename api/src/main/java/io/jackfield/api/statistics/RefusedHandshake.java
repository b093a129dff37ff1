package io.jackfield.api.statistics;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * An opening handshake that did not lead to a WebSocket.
 *
 * @param reason why
 * @param status the HTTP status of the answer, or 0 if none was sent
 * @param path the path of the request without its query, or "" if no request could be read
 * @param remoteAddress who asked, or null if the socket was closed already
 */
public record RefusedHandshake(RefusalReason reason, int status, String path, InetSocketAddress remoteAddress) {

    /**
     * Checks that reason and path are not null.
     *
     * @param reason not null
     * @param status 0, or 400 to 599 as a rule
     * @param path not null
     * @param remoteAddress may be null
     */
    public RefusedHandshake {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(path, "path");
    }
}
