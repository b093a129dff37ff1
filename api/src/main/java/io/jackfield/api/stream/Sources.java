package io.jackfield.api.stream;

import io.jackfield.api.WebSocket;

/** Finds what can be streamed. */
final class Sources {

    private Sources() {}

    static StreamSource require(WebSocket socket) {
        if (socket instanceof StreamSource source) {
            return source;
        }
        throw new IllegalArgumentException("No connection of this server, which could be streamed: " + socket);
    }
}
