package io.jackfield.server.management;

import io.jackfield.api.statistics.ServerMonitor;
import io.jackfield.api.statistics.ServerStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks the server for each attribute that is read. */
final class ServerBean implements ServerMXBean {

    private final ServerMonitor server;
    private final String url;

    ServerBean(ServerMonitor server, String url) {
        this.server = server;
        this.url = url;
    }

    private ServerStatistics figures() {
        return server.statistics();
    }

    @Override
    public String getUrl() {
        return url;
    }

    @Override
    public long getUptimeMillis() {
        return figures().uptime().toMillis();
    }

    @Override
    public int getEventLoops() {
        return figures().eventLoops();
    }

    @Override
    public int getOpenConnections() {
        return figures().openConnections();
    }

    @Override
    public int getOpeningConnections() {
        return figures().openingConnections();
    }

    @Override
    public long getAcceptedConnections() {
        return figures().acceptedConnections();
    }

    @Override
    public long getAcceptedHandshakes() {
        return figures().acceptedHandshakes();
    }

    @Override
    public Map<String, Long> getRefusedHandshakes() {
        return named(figures().refusedHandshakes(), Enum::name);
    }

    @Override
    public long getPlainRequests() {
        return figures().plainRequests();
    }

    @Override
    public long getReceivedMessages() {
        return figures().receivedMessages();
    }

    @Override
    public long getReceivedBytes() {
        return figures().receivedBytes();
    }

    @Override
    public long getSentMessages() {
        return figures().sentMessages();
    }

    @Override
    public long getSentBytes() {
        return figures().sentBytes();
    }

    @Override
    public long getBufferedBytes() {
        return figures().bufferedBytes();
    }

    @Override
    public Map<Integer, Long> getCloseCodes() {
        return figures().closeCodes();
    }

    @Override
    public Map<String, Long> getLimitHits() {
        return named(figures().limitHits(), option -> option.key());
    }

    @Override
    public long getExtensionFailures() {
        return figures().extensionFailures();
    }

    @Override
    public long getLoopLagMicros() {
        return TimeUnit.NANOSECONDS.toMicros(figures().loopLag().toNanos());
    }

    @Override
    public long getLoopBusyMillis() {
        return figures().loopBusy().toMillis();
    }

    private static <K> Map<String, Long> named(Map<K, Long> counts, Function<K, String> name) {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((kind, count) -> named.put(name.apply(kind), count));
        return named;
    }
}
