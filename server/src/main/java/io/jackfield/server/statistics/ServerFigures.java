package io.jackfield.server.statistics;

import io.jackfield.api.Option;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.api.statistics.ServerStatistics;
import java.time.Duration;
import java.util.Map;

/** The figures of a server; what each means {@link ServerStatistics} says. */
record ServerFigures(
        Duration uptime,
        int eventLoops,
        int openConnections,
        int openingConnections,
        long acceptedConnections,
        long acceptedHandshakes,
        Map<RefusalReason, Long> refusedHandshakes,
        long plainRequests,
        long receivedMessages,
        long receivedBytes,
        long sentMessages,
        long sentBytes,
        long bufferedBytes,
        Map<Integer, Long> closeCodes,
        Map<Option, Long> limitHits,
        long extensionFailures,
        Duration loopLag,
        Duration loopBusy)
        implements ServerStatistics {}
