package io.jackfield.server.connection;

import io.jackfield.api.Event;
import io.jackfield.api.Options;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.codec.handshake.OpeningHandshake.Accepted;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.SharedLoop;
import io.jackfield.server.routing.PathPattern;
import io.jackfield.server.routing.PublishedEndpoint;
import io.jackfield.server.transport.PlainTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A session with all that belongs to it but the network, on the loop that all share. */
class StressedSession {

    private static final EventLoop LOOP = SharedLoop.get();

    /** Of a handshake whose answer is empty: only frames are on the wire. */
    private static final Accepted ACCEPTED = new Accepted("", List.of(), new byte[0]);

    private static final PublishedEndpoint DEFAULTS = endpoint(Options.defaults());

    final Wire wire = new Wire();
    final Connection connection = new Connection(LOOP, wire, new PlainTransport(wire), () -> {});
    final WebSocketSession session;
    private final Opening opening;
    private volatile String events = "";

    StressedSession() {
        this(DEFAULTS, List.of());
    }

    StressedSession(PublishedEndpoint endpoint, List<ActiveExtension> extensions) {
        session = new WebSocketSession(connection, endpoint, "ws://stress/", extensions, List.of());
        opening = new Opening(connection, session, ACCEPTED);
        session.onOpen(event -> add(event));
        session.onClose(event -> add(event));
        session.on(Event.Text.class, event -> append(event.data()));
        LOOP.execute(opening::hold);
    }

    static PublishedEndpoint endpoint(Options options) {
        return new PublishedEndpoint(PathPattern.parse("/*"), (socket, request) -> {}, List.of(), options, 0);
    }

    private void add(Event event) {
        append(events.isEmpty() ? event.type() : " " + event.type());
    }

    /** Events come on one thread: the loop's. */
    private void append(String what) {
        String before = events;
        events = before + what;
    }

    /** The events so far, which come on one thread. */
    String events() {
        return events;
    }

    /** Completes the opening handshake, soon. */
    void open() {
        LOOP.execute(() -> opening.complete(ByteBuffer.allocate(0)));
    }

    /** The network fails, soon. */
    void fail() {
        LOOP.execute(() -> connection.fail(new IOException("on purpose")));
    }

    /** Waits until the loop has done all that it was asked for, and what followed from it, and has written. */
    void settle() {
        // A closing handshake waits for messages that others hand over.
        for (int round = 0; round < 3; round++) {
            CompletableFuture.runAsync(connection::flush, LOOP).join();
        }
    }

    /** What is on the wire, behind all. */
    String frames() {
        settle();
        return String.join(" ", wire.frames());
    }
}
