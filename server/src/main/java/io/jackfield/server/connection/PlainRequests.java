package io.jackfield.server.connection;

import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.codec.handshake.RequestMethod;
import java.util.Set;

/** The server's own answers to requests that do not ask for a WebSocket. */
final class PlainRequests {

    private static final Set<String> ENDPOINT_METHODS = Set.of("GET");

    private PlainRequests() {}

    /** At an endpoint 405 or 501 for what is no GET (RFC 9110 section 9.1), else 426 (section 15.5.22); 404 elsewhere. */
    static Response answer(Request request, boolean endpoint) {
        return endpoint
                ? RequestMethod.refuse(request.method(), ENDPOINT_METHODS).orElseGet(PlainRequests::upgradeRequired)
                : Response.text(404, "Not found");
    }

    private static Response upgradeRequired() {
        return Response.text(426, "This is a WebSocket endpoint")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13");
    }
}
