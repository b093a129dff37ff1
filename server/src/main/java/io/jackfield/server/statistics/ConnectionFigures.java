package io.jackfield.server.statistics;

import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.ReadyState;
import io.jackfield.api.statistics.ConnectionStatistics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The figures of a connection; what each means {@link ConnectionStatistics} says. */
public record ConnectionFigures(
        long id,
        InetSocketAddress remoteAddress,
        boolean isSecure,
        String path,
        String endpoint,
        String protocol,
        List<NegotiatedExtension> extensions,
        ReadyState readyState,
        Duration age,
        long receivedMessages,
        long receivedBytes,
        long sentMessages,
        long sentBytes,
        long bufferedBytes,
        Optional<Duration> roundTripTime)
        implements ConnectionStatistics {}
