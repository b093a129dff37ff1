package io.jackfield.server.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.api.Option;
import io.jackfield.api.statistics.ConnectionObserver;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.api.statistics.RefusedHandshake;
import io.jackfield.api.statistics.ServerStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final RefusedHandshake NO_ENDPOINT =
            new RefusedHandshake(RefusalReason.NO_ENDPOINT, 404, "/nowhere", null);

    private final Journal journal = new Journal();

    private ServerStatistics statistics() {
        return journal.statistics(Duration.ZERO, 0, 0, 0);
    }

    @Test
    void loopsAreAddedUp() {
        LoopCounters first = journal.newLoop();
        LoopCounters second = journal.newLoop();
        first.messageReceived();
        second.messageReceived();
        second.messageReceived();
        first.bytesReceived(10);
        second.bytesSent(40);
        second.messagesSent(4);
        ServerStatistics statistics = statistics();
        assertEquals(2, statistics.eventLoops());
        assertEquals(3, statistics.receivedMessages());
        assertEquals(10, statistics.receivedBytes());
        assertEquals(4, statistics.sentMessages());
        assertEquals(40, statistics.sentBytes());
    }

    @Test
    void whatNeverHappenedIsLeftOut() {
        assertEquals(Map.of(), statistics().limitHits());
        journal.limitHit(Option.MAX_LENGTH, 1);
        journal.limitHit(Option.MAX_LENGTH, 2);
        journal.limitHit(Option.PING_TIMEOUT, 2);
        assertEquals(
                Map.of(Option.MAX_LENGTH, 2L, Option.PING_TIMEOUT, 1L),
                statistics().limitHits());
    }

    @Test
    void aSnapshotDoesNotChange() {
        journal.limitHit(Option.MAX_LENGTH, 1);
        ServerStatistics before = statistics();
        journal.limitHit(Option.MAX_LENGTH, 1);
        assertEquals(Map.of(Option.MAX_LENGTH, 1L), before.limitHits());
        assertThrows(
                UnsupportedOperationException.class, () -> before.limitHits().clear());
    }

    @Test
    void anObserverThatThrowsHarmsNobody() {
        List<RefusedHandshake> heard = new ArrayList<>();
        journal.add(new ConnectionObserver() {
            @Override
            public void refused(RefusedHandshake handshake) {
                throw new IllegalStateException("on purpose");
            }
        });
        ConnectionObserver listening = new ConnectionObserver() {
            @Override
            public void refused(RefusedHandshake handshake) {
                heard.add(handshake);
            }
        };
        journal.add(listening);
        journal.handshakeRefused(NO_ENDPOINT);
        journal.remove(listening);
        journal.handshakeRefused(NO_ENDPOINT);
        assertEquals(List.of(NO_ENDPOINT), heard);
        assertEquals(Map.of(RefusalReason.NO_ENDPOINT, 2L), statistics().refusedHandshakes());
    }
}
