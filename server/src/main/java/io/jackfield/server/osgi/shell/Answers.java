package io.jackfield.server.osgi.shell;

import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.statistics.ServerStatistics;
import io.jackfield.server.Endpoint;
import io.jackfield.server.WebSocketServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** What the commands answer, as text. Thread-safe. */
final class Answers {

    private final RunningServers servers;

    Answers(RunningServers servers) {
        this.servers = servers;
    }

    /** The servers and their figures. */
    String servers() {
        Table table = new Table()
                .text("server")
                .text("url")
                .number("uptime")
                .number("loops")
                .number("open")
                .number("opening")
                .number("accepted")
                .number("refused")
                .number("received")
                .number("bytes")
                .number("sent")
                .number("bytes")
                .number("buffered")
                .number("loop lag");
        servers.all().forEach((name, server) -> {
            ServerStatistics figures = server.statistics();
            table.row(
                    name,
                    server.url(),
                    Quantity.age(figures.uptime()),
                    figures.eventLoops(),
                    figures.openConnections(),
                    figures.openingConnections(),
                    figures.acceptedHandshakes(),
                    sum(figures.refusedHandshakes()),
                    figures.receivedMessages(),
                    Quantity.bytes(figures.receivedBytes()),
                    figures.sentMessages(),
                    Quantity.bytes(figures.sentBytes()),
                    Quantity.bytes(figures.bufferedBytes()),
                    Quantity.millis(figures.loopLag()));
        });
        return table.toString();
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The endpoints of all servers; of several with one path the first gets the connections. */
    String endpoints() {
        Table table = new Table()
                .text("server")
                .text("path")
                .text("subprotocols")
                .number("ranking")
                .number("open")
                .text("bundle")
                .text("handler");
        servers.all().forEach((name, server) -> {
            Map<String, Long> open = server.connections().stream()
                    .collect(Collectors.groupingBy(ConnectionStatistics::endpoint, Collectors.counting()));
            for (Endpoint endpoint : server.endpoints()) {
                table.row(
                        name,
                        endpoint.path(),
                        words(endpoint.protocols().stream()),
                        endpoint.ranking(),
                        open.getOrDefault(endpoint.path(), 0L),
                        bundle(endpoint.handler()),
                        type(endpoint.handler()));
            }
        });
        return table.toString();
    }

    /** The extensions that all servers offer, in the order in which they are negotiated. */
    String extensions() {
        Table table = new Table()
                .text("server")
                .text("extension")
                .text("reserved bits")
                .number("open")
                .text("bundle")
                .text("class");
        servers.all().forEach((name, server) -> {
            Map<String, Long> open = server.connections().stream()
                    .flatMap(connection -> connection.extensions().stream())
                    .collect(Collectors.groupingBy(NegotiatedExtension::name, Collectors.counting()));
            for (Extension extension : server.extensions()) {
                table.row(
                        name,
                        extension.name(),
                        reservedBits(extension),
                        open.getOrDefault(extension.name(), 0L),
                        bundle(extension),
                        type(extension));
            }
        });
        return table.toString();
    }

    private static String reservedBits(Extension extension) {
        return words(Stream.of(
                        extension.rsv1() ? "RSV1" : "", extension.rsv2() ? "RSV2" : "", extension.rsv3() ? "RSV3" : "")
                .filter(bit -> !bit.isEmpty()));
    }

    /** The connections of all servers. */
    String connections() {
        return table(servers.all());
    }

    /**
     * The connections of a server.
     *
     * @param server its name
     */
    String connections(String server) {
        return table(Map.of(server, servers.require(server)));
    }

    private static String table(Map<String, WebSocketServer> shown) {
        Table table = new Table()
                .text("connection")
                .text("remote address")
                .text("path")
                .text("subprotocol")
                .text("extensions")
                .text("state")
                .number("age")
                .number("received")
                .number("bytes")
                .number("sent")
                .number("bytes")
                .number("buffered")
                .number("round trip");
        shown.forEach((name, server) -> {
            for (ConnectionStatistics connection : server.connections()) {
                table.row(
                        new ConnectionName(name, connection.id()),
                        address(connection),
                        connection.path(),
                        words(Stream.of(connection.protocol()).filter(protocol -> !protocol.isEmpty())),
                        words(connection.extensions().stream().map(NegotiatedExtension::toString)),
                        connection.readyState(),
                        Quantity.age(connection.age()),
                        connection.receivedMessages(),
                        Quantity.bytes(connection.receivedBytes()),
                        connection.sentMessages(),
                        Quantity.bytes(connection.sentBytes()),
                        Quantity.bytes(connection.bufferedBytes()),
                        connection.roundTripTime().map(Quantity::millis).orElse("-"));
            }
        });
        return table.toString();
    }

    /**
     * Closes a connection, behind what was sent on it before.
     *
     * @param connection its name as {@link #connections()} shows it; without the server's if there is only one
     * @param code what a close frame may carry: 1000 to 1003, 1007 to 1014, 3000 to 4999
     * @param reason words for the peer, 123 bytes in all; may be left out
     * @return what was done
     * @throws IllegalArgumentException if there is no such server or connection, or the code or reason is not legal
     */
    String close(String connection, int code, String... reason) {
        ConnectionName name = ConnectionName.parse(connection, servers);
        if (!servers.require(name.server()).close(name.id(), code, String.join(" ", reason))) {
            throw new IllegalArgumentException("There is no open connection " + name);
        }
        return "Closing " + name + " with " + code;
    }

    private static String address(ConnectionStatistics connection) {
        return connection.remoteAddress() == null
                ? "-"
                : connection.remoteAddress().getAddress().getHostAddress() + ":"
                        + connection.remoteAddress().getPort();
    }

    /** The name of its class; what a lambda's has behind the slash says nothing. */
    private static String type(Object service) {
        String name = service.getClass().getName();
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    private static String bundle(Object service) {
        Bundle bundle = FrameworkUtil.getBundle(service.getClass());
        return bundle == null ? "-" : bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
    }

    private static String words(Stream<String> words) {
        List<String> list = words.toList();
        return list.isEmpty() ? "-" : String.join(", ", list);
    }
}
