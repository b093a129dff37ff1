package io.jackfield.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.AcceptedWebSocket;
import io.jackfield.api.Event;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections whose request somebody else has read: faye's own way to a WebSocket. */
class HandOverTest {

    private static final HexFormat HEX = HexFormat.of();

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private WebSocketServer server;
    private Socket client;
    private SocketChannel channel;

    @BeforeEach
    void connect() throws IOException {
        server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .discoverExtensions(false)
                .start();
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
            client = new Socket(InetAddress.getLoopbackAddress(), port);
            client.setSoTimeout(20_000);
            channel = listening.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        channel.close();
        server.close();
    }

    @Test
    @DisplayName("S-14 S-20 S-21 S-7 S-8: before the start it has address and version, and nothing else")
    void isConnectingUntilItIsStarted() {
        AcceptedWebSocket socket = server.accept(request().build(), channel, null, null, null);

        assertEquals(ReadyState.CONNECTING, socket.readyState());
        assertEquals(0, socket.bufferedAmount());
        assertEquals("", socket.protocol());
        assertEquals("ws://example.org:1/path?q=1", socket.url());
        assertEquals("hybi-13", socket.version());
    }

    @Test
    @DisplayName("S-8: the address of a secure request begins with wss")
    void secureRequestsHaveASecureAddress() {
        Request secure = request().secure(true).build();
        assertEquals(
                "wss://example.org:1/path?q=1",
                server.accept(secure, channel, null, null, null).url());
    }

    @Test
    @DisplayName("S-23 S-24 S-37 S-58 S-60: events begin with the start; what came with the request is a message")
    void startOpensIt() throws Exception {
        ByteBuffer head = ByteBuffer.wrap(HEX.parseHex("8182" + "00000000" + "6869")); // masked text "hi"
        AcceptedWebSocket socket = server.accept(request().build(), channel, head, List.of("xmpp", "irc"), null);
        socket.onOpen(event -> events.add("open " + socket.protocol() + " " + socket.readyState()));
        socket.on(Event.Text.class, event -> events.add(event.data()));

        assertTrue(socket.start());
        assertFalse(socket.start());

        assertTrue(readHead().startsWith("HTTP/1.1 101 "));
        assertEquals("open irc OPEN", next());
        assertEquals("hi", next());
        assertFalse(socket.start());
    }

    @Test
    @DisplayName("S-80 S-108 S-23: closed before the start it writes nothing, not even what was sent")
    void closedBeforeTheStartItWritesNothing() throws Exception {
        AcceptedWebSocket socket = server.accept(request().build(), channel, null, null, null);
        record(socket);
        assertTrue(socket.send("queued"));

        socket.close(3000, "no");

        assertEquals(-1, client.getInputStream().read());
        assertEquals("close 3000 no CLOSED", next());
        assertFalse(socket.start());
    }

    @Test
    @DisplayName("S-52 S-47 S-37: a request that fails is an error in CONNECTING, then close 1002 with its message")
    void requestsThatFailAreReported() throws Exception {
        Request plain =
                Request.builder("GET", "/path").header("Host", "example.org").build();
        AcceptedWebSocket socket = server.accept(plain, channel, null, null, null);
        record(socket);

        assertFalse(socket.start());

        String answer = readHead();
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
        assertEquals("Not a WebSocket request", readToEnd());
        assertEquals("error Not a WebSocket request CONNECTING", next());
        client.close();
        assertEquals("close 1002 Not a WebSocket request CLOSED", next());
    }

    @Test
    @DisplayName("S-19 S-25: options that are not valid throw, and the socket is the application's as before")
    void invalidOptionsLeaveTheSocketAlone() throws Exception {
        Map<String, Object> invalid = Map.of("tls", true);
        assertThrows(
                IllegalArgumentException.class, () -> server.accept(request().build(), channel, null, null, invalid));

        assertTrue(channel.isOpen());
        assertTrue(channel.isBlocking());
        channel.write(ByteBuffer.wrap(new byte[] {42}));
        assertEquals(42, client.getInputStream().read());
    }

    @Test
    @DisplayName("S-25: a socket that is closed throws, behind options that are not valid")
    void closedSocketsAreRefused() throws Exception {
        channel.close();
        assertThrows(
                IllegalArgumentException.class,
                () -> server.accept(request().build(), channel, null, null, Map.of("tls", true)));
        assertThrows(IllegalStateException.class, () -> server.accept(request().build(), channel, null, null, null));
    }

    @Test
    @DisplayName("S-26: small writes leave at once, and there is no idle timeout")
    void theSocketIsMadeReady() throws Exception {
        server.accept(request().build(), channel, null, null, null);

        assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
        assertEquals(Duration.ZERO, Options.defaults().idleTimeout());
    }

    @Test
    @DisplayName("S-30 S-44: fields for the answer come with the options")
    void optionsBelongToTheConnection() throws Exception {
        Map<String, Object> options = Map.of("headers", Map.of("X-Room", "blue"));
        server.accept(request().build(), channel, null, null, options).start();

        assertTrue(readHead().contains("\r\nX-Room: blue\r\n"));
    }

    private static Request.Builder request() {
        return Request.builder("GET", "/path?q=1")
                .header("Host", "example.org:1")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .header("Sec-WebSocket-Protocol", "foo, irc, xmpp");
    }

    private void record(AcceptedWebSocket socket) {
        socket.onOpen(event -> events.add("open"));
        socket.onError(event -> events.add("error " + event.message() + " " + socket.readyState()));
        socket.onClose(event -> events.add("close " + event.code() + " " + event.reason() + " " + socket.readyState()));
    }

    private String next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS);
    }

    private String readHead() throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            assertTrue(octet >= 0, () -> "ended behind: " + head);
            head.append((char) octet);
        }
        return head.toString();
    }

    private String readToEnd() throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
