package io.jackfield.itest;

import io.jackfield.api.Event;
import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import io.jackfield.server.Tls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A server in the test's own process, on a port that the system chose:
 *
 * <ul>
 *   <li>{@code /echo} echoes, and speaks the subprotocols {@code echo} and {@code chat}
 *   <li>{@code /close?code=&reason=} closes as soon as it is open
 *   <li>{@code /ping?payload=} sends a ping, and a text when the pong is there
 *   <li>{@code /who} sends what it knows of its client: address, port and url
 *   <li>{@code /room} publishes bytes to all that are in it, and echoes texts
 *   <li>{@code /flood} sends messages of 64 KiB for ever, as long as it may go on
 *   <li>a plain request to {@code /page} is answered with a text
 * </ul>
 */
final class TestServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebSocketServer server;
    private final BlockingQueue<WebSocket> opened;
    private final BlockingQueue<Event.Close> closed;
    private final AtomicBoolean received;

    private TestServer(
            WebSocketServer server,
            BlockingQueue<WebSocket> opened,
            BlockingQueue<Event.Close> closed,
            AtomicBoolean received) {
        this.server = server;
        this.opened = opened;
        this.closed = closed;
        this.received = received;
    }

    static TestServer start() throws IOException {
        return start(Options.defaults());
    }

    static TestServer start(Options options) throws IOException {
        return start(options, (Tls) null);
    }

    /** @param tls the keys of a server that speaks TLS, or null */
    static TestServer start(Options options, SSLContext tls) throws IOException {
        return start(options, tls == null ? null : Tls.of(tls));
    }

    /** @param tls how a server speaks TLS, or null */
    static TestServer start(Options options, Tls tls) throws IOException {
        BlockingQueue<WebSocket> opened = new LinkedBlockingQueue<>();
        BlockingQueue<Event.Close> closed = new LinkedBlockingQueue<>();
        AtomicBoolean received = new AtomicBoolean();
        WebSocketServer.Builder builder = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .options(options)
                .discoverExtensions(true)
                .endpoint(
                        "/echo",
                        (socket, request) -> {
                            socket.onOpen(event -> opened.add(socket));
                            socket.onMessage(event -> {
                                received.set(true);
                                socket.send(event);
                            });
                            socket.onClose(closed::add);
                        },
                        "echo",
                        "chat")
                .endpoint("/close", TestServer::closeWhenOpen)
                .endpoint("/ping", TestServer::pingWhenOpen)
                .endpoint("/who", TestServer::tellWho)
                .endpoint("/room", room())
                .endpoint("/flood", TestServer::flood)
                .fallback(request ->
                        request.path().equals("/page") ? Optional.of(Response.text(200, "a page")) : Optional.empty());
        return new TestServer(builder.tls(tls).start(), opened, closed, received);
    }

    int port() {
        return server.port();
    }

    /** The WebSocket address of a path. */
    String url(String path) {
        return server.url() + path;
    }

    /** The next connection to {@code /echo} that opens. */
    WebSocket awaitOpen() throws InterruptedException {
        return await(opened);
    }

    /** The next close event at {@code /echo}. */
    Event.Close awaitClose() throws InterruptedException {
        return await(closed);
    }

    /** Whether {@code /echo} has received any message. */
    boolean hasReceived() {
        return received.get();
    }

    private static <E> E await(BlockingQueue<E> events) throws InterruptedException {
        E event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing happened within " + PATIENCE);
        }
        return event;
    }

    @Override
    public void close() {
        server.close();
    }

    private static Handler room() {
        Topic topic = new Topic();
        return (socket, request) -> {
            socket.subscribe(topic);
            socket.on(Event.Binary.class, event -> topic.publish(event.data()));
            socket.on(Event.Text.class, socket::send);
        };
    }

    private static void closeWhenOpen(WebSocket socket, Request request) {
        Map<String, String> query = query(request);
        socket.onOpen(event -> socket.close(Integer.parseInt(query.get("code")), query.getOrDefault("reason", "")));
    }

    private static void pingWhenOpen(WebSocket socket, Request request) {
        String payload = query(request).get("payload");
        socket.onOpen(event -> socket.ping(payload, () -> socket.send("pong: " + payload)));
    }

    private static void tellWho(WebSocket socket, Request request) {
        InetSocketAddress client = request.remoteAddress().orElseThrow();
        String known = client.getAddress().getHostAddress() + " " + client.getPort() + " " + socket.url();
        socket.onOpen(event -> socket.send(known));
    }

    private static void flood(WebSocket socket, Request request) {
        ByteBuffer message = ByteBuffer.allocate(65_536);
        socket.onOpen(event -> sendWhilePossible(socket, message));
        socket.onDrain(event -> sendWhilePossible(socket, message));
    }

    private static void sendWhilePossible(WebSocket socket, ByteBuffer message) {
        boolean goOn = true;
        while (goOn) {
            goOn = socket.send(message);
        }
    }

    private static Map<String, String> query(Request request) {
        return Arrays.stream(request.query().orElse("").split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
