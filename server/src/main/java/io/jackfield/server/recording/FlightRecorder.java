package io.jackfield.server.recording;

import io.jackfield.api.Event.Close;
import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.Option;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.statistics.RefusedHandshake;
import io.jackfield.server.statistics.Recorder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Makes events of JDK Flight Recorder. One instance of those events that may be frequent serves to ask whether anybody
 * records them, so that nothing is allocated while nobody does.
 */
final class FlightRecorder implements Recorder {

    private final SlowListenerEvent slowListener = new SlowListenerEvent();
    private final SlowConsumerEvent slowConsumer = new SlowConsumerEvent();
    private final HandshakeAcceptedEvent accepted = new HandshakeAcceptedEvent();
    private final ConnectionClosedEvent closed = new ConnectionClosedEvent();

    /** What is not over yet, by the number of the connection. */
    private final Map<Long, SlowConsumerEvent> lagging = new ConcurrentHashMap<>();

    @Override
    public boolean wantsConnections() {
        return accepted.isEnabled() || closed.isEnabled();
    }

    @Override
    public void handshakeAccepted(ConnectionStatistics connection) {
        HandshakeAcceptedEvent event = new HandshakeAcceptedEvent();
        if (event.shouldCommit()) {
            event.connection = connection.id();
            event.remoteAddress = text(connection.remoteAddress());
            event.path = connection.path();
            event.endpoint = connection.endpoint();
            event.subprotocol = connection.protocol();
            event.extensions = text(connection.extensions());
            event.secure = connection.isSecure();
            event.commit();
        }
    }

    @Override
    public void handshakeRefused(RefusedHandshake handshake) {
        HandshakeRefusedEvent event = new HandshakeRefusedEvent();
        if (event.shouldCommit()) {
            event.reason = handshake.reason().name();
            event.status = handshake.status();
            event.remoteAddress = text(handshake.remoteAddress());
            event.path = handshake.path();
            event.commit();
        }
    }

    @Override
    public void connectionClosed(ConnectionStatistics connection, Close close) {
        ConnectionClosedEvent event = new ConnectionClosedEvent();
        if (event.shouldCommit()) {
            event.connection = connection.id();
            event.endpoint = connection.endpoint();
            event.code = close.code();
            event.reason = close.reason();
            event.initiator = close.initiator().name();
            event.clean = close.wasClean();
            event.age = connection.age().toNanos();
            event.receivedMessages = connection.receivedMessages();
            event.receivedBytes = connection.receivedBytes();
            event.sentMessages = connection.sentMessages();
            event.sentBytes = connection.sentBytes();
            event.commit();
        }
    }

    @Override
    public ListenerCall listenerCalled() {
        if (!slowListener.isEnabled()) {
            return null;
        }
        SlowListenerEvent event = new SlowListenerEvent();
        event.begin();
        return event;
    }

    @Override
    public void consumerLags(long connection, InetSocketAddress remoteAddress) {
        if (slowConsumer.isEnabled()) {
            SlowConsumerEvent event = new SlowConsumerEvent();
            event.connection = connection;
            event.remoteAddress = text(remoteAddress);
            event.begin();
            lagging.put(connection, event);
        }
    }

    @Override
    public void consumerCaughtUp(long connection) {
        SlowConsumerEvent event = lagging.remove(connection);
        if (event != null) {
            // Begun, it is recorded if it took longer than the threshold.
            event.commit();
        }
    }

    @Override
    public void limitHit(Option option, long connection) {
        LimitHitEvent event = new LimitHitEvent();
        if (event.shouldCommit()) {
            event.option = option.key();
            event.connection = connection;
            event.commit();
        }
    }

    @Override
    public void extensionFailed(String extension, Throwable thrown, long connection) {
        ExtensionFailedEvent event = new ExtensionFailedEvent();
        if (event.shouldCommit()) {
            event.extension = extension;
            event.exception = thrown.toString();
            event.connection = connection;
            event.commit();
        }
    }

    private static String text(InetSocketAddress address) {
        return address == null ? "" : address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String text(List<NegotiatedExtension> extensions) {
        return extensions.stream().map(NegotiatedExtension::toString).collect(Collectors.joining(", "));
    }
}
