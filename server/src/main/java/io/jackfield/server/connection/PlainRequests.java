package io.jackfield.server.connection;

import io.jackfield.api.Request;
import io.jackfield.api.Response;

/** The server's own answers to requests that do not ask for a WebSocket. */
final class PlainRequests {

    private PlainRequests() {}

    /** 426 at an endpoint (RFC 9110 section 15.5.22), 404 elsewhere. */
    static Response answer(Request request, boolean endpoint) {
        return endpoint
                ? Response.text(426, "This is a WebSocket endpoint")
                        .header("Upgrade", "websocket")
                        .header("Sec-WebSocket-Version", "13")
                : Response.text(404, "Not found");
    }
}
