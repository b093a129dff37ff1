package io.jackfield.server.connection;

/** One connection in one topic; used on the connection's loop alone. */
final class Subscription {

    final LoopAudience audience;
    final WebSocketSession session;

    /** The next one of the same connection, or null. */
    Subscription next;

    // Written by the audience.
    int place;
    int received;

    Subscription(LoopAudience audience, WebSocketSession session, Subscription next) {
        this.audience = audience;
        this.session = session;
        this.next = next;
    }
}
