package io.jackfield.server.stream;

import io.jackfield.api.Event;
import io.jackfield.api.stream.ConnectionClosedException;

/** What the end of a connection is to a stream. */
final class Ending {

    private Ending() {}

    /**
     * Why the stream fails.
     *
     * @param isWithinMessage whether a message has begun and not ended
     * @return null if it does not fail: the connection has closed as it should
     */
    static ConnectionClosedException failure(Event.Close close, boolean isWithinMessage) {
        if (close.wasClean() && !isWithinMessage) {
            return null;
        }
        String what = isWithinMessage ? "The connection ended within a message" : "The connection ended uncleanly";
        String why = close.reason().isEmpty() ? "" : " " + close.reason();
        return new ConnectionClosedException(what + ": " + close.code() + why, close.code(), close.reason());
    }
}
