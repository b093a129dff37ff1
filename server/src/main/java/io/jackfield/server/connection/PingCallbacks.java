package io.jackfield.server.connection;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;

/** Callbacks that wait for the pong to a ping. Used on the loop's thread alone. */
final class PingCallbacks {

    private record Waiting(ByteBuffer payload, Runnable callback) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    void add(ByteBuffer payload, Runnable callback) {
        waiting.add(new Waiting(payload, callback));
    }

    /** Takes the oldest callback whose ping had this payload; null if there is none. */
    Runnable take(ByteBuffer pong) {
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            if (next.payload.equals(pong)) {
                all.remove();
                return next.callback;
            }
        }
        return null;
    }
}
