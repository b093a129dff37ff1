package io.jackfield.server.connection;

import io.jackfield.api.Headers;
import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Request;
import io.jackfield.api.extension.Extension;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.codec.handshake.OpeningHandshake.Accepted;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A handshake that was accepted but not answered yet. The answer and what the application sends meanwhile are held back
 * in the connection's output, so that closing before the connection is open can still write nothing.
 */
final class Opening {

    private final Connection connection;
    private final Accepted accepted;
    private final WebSocketSession session;

    Opening(Connection connection, WebSocketSession session, Accepted accepted) {
        this.connection = connection;
        this.session = session;
        this.accepted = accepted;
    }

    /** Of the extensions that were offered, those that were agreed on. */
    static List<Extension> used(List<Extension> offered, List<ActiveExtension> active) {
        return offered.stream()
                .filter(extension -> active.stream()
                        .anyMatch(agreed -> agreed.negotiated().name().equals(extension.name())))
                .toList();
    }

    /** The address of a connection as its {@code url}. */
    static String url(Request request) {
        return (request.isSecure() ? "wss://" : "ws://")
                + request.headers().first("Host").orElse("")
                + request.target();
    }

    WebSocketSession session() {
        return session;
    }

    /** Holds the answer back, in front of everything else. */
    void hold() {
        holdOutput();
        connection.append(accepted.response());
    }

    /** Holds back everything, where somebody else writes the answer. */
    void holdOutput() {
        connection.cork(true);
        session.phase().startHeartbeat();
    }

    /** The fields of the answer. */
    Headers headers() {
        return accepted.headers();
    }

    /**
     * Lets everything go, unless the application closed in the meantime.
     *
     * @param early bytes that came behind the request
     */
    void complete(ByteBuffer early) {
        List<NegotiatedExtension> negotiated =
                accepted.extensions().stream().map(ActiveExtension::negotiated).toList();
        SessionPhase phase = session.phase();
        connection.become(phase);
        if (session.becomeOpen(accepted.protocol(), negotiated)) {
            connection.cork(false);
            phase.input().apply();
            phase.open();
            session.closeIfOverflowed();
            if (early.hasRemaining() && session.readyState() != ReadyState.CLOSED) {
                phase.onBytes(early);
            }
        }
    }

    /** The answer will not be sent: the session ends before it was open. */
    void discard() {
        connection.discardOutput();
        session.phase().discard();
    }
}
