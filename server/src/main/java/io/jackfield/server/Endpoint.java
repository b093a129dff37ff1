package io.jackfield.server;

import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import java.util.List;
import java.util.Objects;

/**
 * A handler and where it is published.
 *
 * @param path exact ({@code /chat}), with parameters ({@code /rooms/{room}}), or with all below ({@code /files/*}). Of
 *     several that match the exact one is taken, then one with parameters, then the longest prefix
 * @param handler receives the connections
 * @param protocols the subprotocols that it speaks, one by one or as {@code "xmpp, irc"}; the client's preference decides
 * @param options options of its own, or null for none. What they do not set is as the server has it, and so is in any case
 *     what concerns a connection before its path is known (timeout and limits of the handshake, trusted proxies)
 * @param ranking the higher wins where two have one path; among equals the first
 */
public record Endpoint(String path, Handler handler, List<String> protocols, Options options, int ranking) {

    /**
     * Checks nullness and the subprotocols, and copies their list.
     *
     * @throws IllegalArgumentException for a subprotocol that is no token or given twice
     */
    public Endpoint {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(handler, "handler");
        protocols = WebSocket.subprotocols(protocols.toArray(String[]::new));
    }

    /**
     * An endpoint with the server's options and ranking 0.
     *
     * @param path the path
     * @param handler receives the connections
     * @param protocols the subprotocols that it speaks
     * @return a new endpoint
     */
    public static Endpoint of(String path, Handler handler, String... protocols) {
        return new Endpoint(path, handler, List.of(protocols), null, 0);
    }

    /**
     * The same endpoint with options of its own.
     *
     * @param own the options
     * @return a new endpoint
     */
    public Endpoint withOptions(Options own) {
        return new Endpoint(path, handler, protocols, own, ranking);
    }
}
