package io.jackfield.server.upgrade;

import io.jackfield.api.Headers;
import io.jackfield.api.Response;

/** What an adapter has to answer to a request. */
public sealed interface UpgradeAnswer {

    /**
     * The connection becomes a WebSocket: status 101, and nothing of the container's own behind the head.
     *
     * @param headers all fields of the answer, {@code Upgrade} and {@code Connection} among them
     */
    record SwitchProtocols(Headers headers) implements UpgradeAnswer {}

    /**
     * It does not: the answer to a plain request, or a refused handshake.
     *
     * @param response status, fields and body; its length is the container's to tell
     */
    record Respond(Response response) implements UpgradeAnswer {}
}
