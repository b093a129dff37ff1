package io.jackfield.server.connection;

import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.statistics.ServerStatistics;
import io.jackfield.server.loop.LoopGroup;
import io.jackfield.server.statistics.Journal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at the connections of all loops from any thread, and waits for no loop: what it reads of a connection is final,
 * volatile or counted for others to see.
 */
public final class Survey {

    private final LoopGroup loops;

    /**
     * @param loops the server's loops
     */
    public Survey(LoopGroup loops) {
        this.loops = loops;
    }

    /**
     * The figures of a server.
     *
     * @param journal what it has counted
     * @param uptime how long it has been listening
     * @return a snapshot
     */
    public ServerStatistics server(Journal journal, Duration uptime) {
        int open = 0;
        int opening = 0;
        long buffered = 0;
        for (Connection connection : (Iterable<Connection>) all()::iterator) {
            Phase phase = connection.phase();
            if (phase instanceof SessionPhase session) {
                open++;
                buffered += session.session().bufferedAmount();
            } else if (!(phase instanceof EndPhase)) {
                opening++;
            }
        }
        return journal.statistics(uptime, open, opening, buffered);
    }

    /** The figures of each WebSocket connection, the oldest first. */
    public List<ConnectionStatistics> connections() {
        return sessions()
                .map(WebSocketSession::statistics)
                .sorted(Comparator.comparingLong(ConnectionStatistics::id))
                .toList();
    }

    /**
     * Closes a connection behind what was sent on it before.
     *
     * @param id its number
     * @param code a code that a close frame may carry
     * @param reason the reason
     * @return false if there is none that is open
     * @throws IllegalArgumentException for another code or a longer reason
     */
    public boolean close(long id, int code, String reason) {
        WebSocketSession.requireLegal(code, reason);
        Optional<WebSocketSession> found =
                sessions().filter(session -> session.connectionId() == id).findFirst();
        return found.isPresent() && found.get().closeFromOutside(code, reason);
    }

    private Stream<WebSocketSession> sessions() {
        return all().flatMap(connection ->
                connection.phase() instanceof SessionPhase phase ? Stream.of(phase.session()) : Stream.empty());
    }

    private Stream<Connection> all() {
        return loops.all().stream()
                .flatMap(loop -> loop.attachments().stream())
                .filter(Connection.class::isInstance)
                .map(Connection.class::cast);
    }
}
