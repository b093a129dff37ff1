package io.jackfield.server.connection;

import static io.jackfield.server.connection.HttpPeer.close;
import static io.jackfield.server.connection.HttpPeer.frame;
import static io.jackfield.server.connection.HttpPeer.get;
import static io.jackfield.server.connection.HttpPeer.upgrade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Event;
import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole connections with TLS. */
@Tag(TestTls.PLAIN) // speaks TLS in any case
class TlsConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<Event.Close> closes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> urls = new LinkedBlockingQueue<>();
    private WebSocketServer server;

    private void start(Options options) throws IOException, GeneralSecurityException {
        start(TestTls.serverContext(), options);
    }

    private void start(SSLContext tls, Options options) throws IOException {
        server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .tls(tls)
                .options(options)
                .endpoint("/echo", (ws, request) -> {
                    requests.add(request);
                    urls.add(ws.url());
                    ws.onMessage(ws::send);
                    ws.onClose(closes::add);
                })
                .start();
    }

    @AfterEach
    void stop() {
        server.close(PATIENCE);
    }

    private HttpPeer connect(String protocol) throws IOException, GeneralSecurityException {
        SSLSocket socket = (SSLSocket) TestTls.clientContext()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setEnabledProtocols(new String[] {protocol});
        return new HttpPeer(socket);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @DisplayName("the JDK's client gets back what it sends over wss, small, many and large")
    void theJdksClientGetsItsEcho(String protocol) throws Exception {
        start(Options.defaults());
        assertTrue(server.url().startsWith("wss://"));
        Echo echo = new Echo();
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        WebSocket client = HttpClient.newBuilder()
                .sslContext(TestTls.clientContext())
                .sslParameters(parameters)
                .build()
                .newWebSocketBuilder()
                .buildAsync(URI.create(server.url() + "/echo"), echo)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (int i = 0; i < 200; i++) {
            client.sendText("message " + i, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        for (int i = 0; i < 200; i++) {
            assertEquals("message " + i, take(echo.texts));
        }
        ByteBuffer large = ByteBuffer.allocate(3 << 20);
        for (int i = 0; i < large.capacity(); i += 1021) {
            large.put(i, (byte) i);
        }
        client.sendBinary(large.duplicate(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(large, take(echo.binaries));
        client.sendClose(3001, "bye").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(3001, echo.closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertTrue(take(closes).wasClean());
    }

    @Test
    @DisplayName("S-8, S-9: a request over TLS is secure, whatever its fields say")
    void aRequestOverTlsIsSecure() throws Exception {
        start(Options.defaults());
        try (HttpPeer peer = connect("TLSv1.3")) {
            assertEquals(
                    101,
                    peer.send(upgrade("/echo?x", "X-Forwarded-Proto: http"))
                            .answer()
                            .status());
            assertTrue(take(requests).isSecure());
            assertEquals("wss://example.org/echo?x", take(urls));
        }
    }

    @Test
    @DisplayName("R-43: frames in one record with the head are not lost")
    void framesBehindTheHeadAreNotLost() throws Exception {
        start(Options.defaults());
        try (HttpPeer peer = connect("TLSv1.3")) {
            peer.send(upgrade("/echo") + frame("one") + frame("two"));
            assertEquals(101, peer.answer().status());
            assertEquals("81:one", peer.frame());
            assertEquals("81:two", peer.frame());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @DisplayName("R-25, R-44: a refusal arrives whole, and ends TLS in order")
    void aRefusalArrivesWhole(String protocol) throws Exception {
        start(Options.defaults());
        try (HttpPeer peer = connect(protocol)) {
            peer.send(get("/echo") + upgrade("/echo"));
            assertEquals(426, peer.answer().status());
            // A missing close_notify would be reported as an exception here.
            assertEquals("", peer.rest());
        }
    }

    @Test
    @DisplayName("R-26: a client that stalls in the TLS handshake is cut off at the handshake timeout")
    void aStalledTlsHandshakeIsCutOff() throws Exception {
        start(Options.builder().handshakeTimeout(Duration.ofMillis(200)).build());
        try (HttpPeer silent = HttpPeer.connectTcp(server);
                HttpPeer halfway = HttpPeer.connectTcp(server)) {
            // The beginning of a ClientHello record of 512 bytes.
            halfway.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
            assertEndsWithoutData(silent);
            assertEndsWithoutData(halfway);
        }
    }

    /** At most an alert, and the end: in order, or by a reset if the server has not read everything. */
    private static void assertEndsWithoutData(HttpPeer peer) throws IOException {
        String rest;
        try {
            rest = peer.rest();
        } catch (SocketException reset) {
            rest = "";
        }
        assertTrue(rest.isEmpty() || rest.charAt(0) == 21, rest);
    }

    @Test
    void aServerThatStopsDoesNotWaitForStalledTlsHandshakes() throws Exception {
        start(Options.defaults());
        try (HttpPeer stalled = HttpPeer.connectTcp(server);
                HttpPeer other = connect("TLSv1.3")) {
            stalled.send(new byte[] {22, 3, 1, 2, 0});
            // Accepted in order: the first is known when the second is answered.
            assertEquals(404, other.send(get("/nowhere")).answer().status());
            other.socket.close();
            assertTrue(server.close(PATIENCE));
            assertEndsWithoutData(stalled);
        }
    }

    @Test
    @DisplayName("R-94, R-95: garbage in place of TLS ends its connection and no other")
    void garbageHarmsNoOther() throws Exception {
        start(Options.defaults());
        try (HttpPeer good = connect("TLSv1.3")) {
            assertEquals(101, good.send(upgrade("/echo")).answer().status());
            String[] garbages = {get("/"), "\0".repeat(500), "\u0016\u0003\u0001\0\u0005hello", "\u00ff".repeat(70_000)
            };
            for (String garbage : garbages) {
                try (HttpPeer bad = HttpPeer.connectTcp(server)) {
                    bad.send(garbage);
                    bad.socket.shutdownOutput();
                    assertEndsWithoutData(bad);
                }
            }
            good.send(frame("still here"));
            assertEquals("81:still here", good.frame());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @DisplayName("R-75: a client that closes TCP without close_notify ends the connection with 1006")
    void aClientThatVanishesIsNoticed(String protocol) throws Exception {
        start(Options.defaults());
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
        SSLSocket tls = (SSLSocket)
                TestTls.clientContext().getSocketFactory().createSocket(tcp, "localhost", server.port(), false);
        tls.setEnabledProtocols(new String[] {protocol});
        HttpPeer peer = new HttpPeer(tls);
        assertEquals(101, peer.send(upgrade("/echo")).answer().status());
        tcp.close();
        assertEquals(1006, take(closes).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @DisplayName("R-66, R-75: a close_notify right behind the close frame does not keep the connection")
    void aCloseNotifyBehindTheCloseFrameEndsTheConnection(String protocol) throws Exception {
        start(Options.builder().closeTimeout(Duration.ofMinutes(30)).build());
        try (HttpPeer peer = connect(protocol)) {
            assertEquals(101, peer.send(upgrade("/echo")).answer().status());
            peer.send(close(3001));
            peer.socket.shutdownOutput();
            Event.Close event = take(closes);
            assertEquals(3001, event.code());
            assertTrue(server.close(PATIENCE));
        }
    }

    @Test
    @DisplayName("R-95: a TLS context that is not usable leaves no socket behind")
    void anUnusableContextClosesItsConnections() throws Exception {
        start(SSLContext.getInstance("TLS"), Options.defaults());
        for (int i = 0; i < 3; i++) {
            try (HttpPeer peer = HttpPeer.connectTcp(server)) {
                assertTrue(peer.endsSilently());
            }
        }
    }

    /** Collects whole messages. */
    private static final class Echo implements WebSocket.Listener {
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final BlockingQueue<ByteBuffer> binaries = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteBuffer binary = ByteBuffer.allocate(4 << 20);

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            binary.put(data);
            if (last) {
                binaries.add(binary.flip());
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }
}
