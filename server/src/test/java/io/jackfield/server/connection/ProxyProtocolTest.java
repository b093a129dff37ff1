package io.jackfield.server.connection;

import static io.jackfield.server.connection.HttpPeer.frame;
import static io.jackfield.server.connection.HttpPeer.upgrade;
import static io.jackfield.server.proxy.ProxyHeaders.binary;
import static io.jackfield.server.proxy.ProxyHeaders.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that begin with a header of the PROXY protocol; what follows may be TLS. */
class ProxyProtocolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Options LOOPBACK =
            Options.builder().proxyProtocol("127.0.0.0/8").build();
    private static final byte[] LINE = line("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443");
    private static final String TCP4 = "c0000201" + "c6336401" + "dc04" + "01bb";

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> urls = new LinkedBlockingQueue<>();
    private final BlockingQueue<InetSocketAddress> addresses = new LinkedBlockingQueue<>();
    private WebSocketServer server;

    private void start(Options options) throws IOException {
        server = TestServer.builder(options)
                .endpoint("/echo", (socket, request) -> {
                    requests.add(request);
                    urls.add(socket.url());
                    addresses.add(socket.remoteAddress());
                    socket.onMessage(socket::send);
                })
                .start();
    }

    @AfterEach
    void stop() {
        assertTrue(server.close(PATIENCE));
    }

    /** A connection on which a header was sent, through TLS in the run that is for it. */
    private HttpPeer connect(byte[] header) throws IOException {
        Socket tcp = new Socket(InetAddress.getLoopbackAddress(), server.port());
        tcp.getOutputStream().write(header);
        return new HttpPeer(TestTls.isDefault() ? TestTls.over(tcp) : tcp);
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void assertServes(byte[] header, String address) throws Exception {
        try (HttpPeer peer = connect(header)) {
            peer.send(upgrade("/echo") + frame("early"));
            assertEquals(101, peer.answer().status());
            assertEquals("81:early", peer.frame());
            InetSocketAddress expected = address.isEmpty()
                    ? (InetSocketAddress) peer.socket.getLocalSocketAddress()
                    : new InetSocketAddress(address, 56_324);
            assertEquals(expected, take(requests).remoteAddress().orElseThrow());
            assertEquals(expected, take(addresses));
        }
    }

    @Test
    void theClientIsWhoeverTheProxyNames() throws Exception {
        start(LOOPBACK);
        assertServes(LINE, "192.0.2.1");
        assertServes(line("PROXY TCP6 2001:db8::1 ::1 56324 443"), "2001:db8::1");
        assertServes(binary("2111", TCP4), "192.0.2.1");
        assertServes(binary("2111", TCP4 + "030004" + "00000000" + "ee0001" + "00"), "192.0.2.1");
    }

    @Test
    void whatTheProxyDoesNotTellIsTheConnectionsOwn() throws Exception {
        start(LOOPBACK);
        assertServes(line("PROXY UNKNOWN"), "");
        assertServes(line("PROXY UNKNOWN whatever"), "");
        assertServes(binary("2000", ""), "");
        assertServes(binary("2100", "0102"), "");
    }

    @Test
    @DisplayName("R-26: the header comes in pieces, and together with what follows")
    void theHeaderMayBeCutAnywhere() throws Exception {
        start(LOOPBACK);
        for (byte[] header : new byte[][] {LINE, binary("2111", TCP4)}) {
            try (HttpPeer peer = HttpPeer.connectTcp(server)) {
                for (byte b : header) {
                    peer.send(new byte[] {b});
                }
                Socket through = TestTls.isDefault() ? TestTls.over(peer.socket) : peer.socket;
                HttpPeer client = new HttpPeer(through);
                assertEquals(101, client.send(upgrade("/echo")).answer().status());
                assertEquals(
                        "192.0.2.1",
                        take(requests).remoteAddress().orElseThrow().getHostString());
            }
        }
        if (!TestTls.isDefault()) {
            try (HttpPeer peer = HttpPeer.connectTcp(server)) {
                peer.send(new String(LINE, StandardCharsets.ISO_8859_1) + upgrade("/echo") + frame("one packet"));
                assertEquals(101, peer.answer().status());
                assertEquals("81:one packet", peer.frame());
            }
        }
    }

    @Test
    @DisplayName("a proxy that ends TLS says so by a TLV")
    void theProxyTellsOfTls() throws Exception {
        start(LOOPBACK);
        try (HttpPeer peer = connect(binary("2111", TCP4 + "200005" + "01" + "00000000"))) {
            assertEquals(101, peer.send(upgrade("/echo")).answer().status());
            assertTrue(take(requests).isSecure());
            assertEquals("wss://example.org/echo", take(urls));
        }
    }

    @Test
    @DisplayName("S-12: the client behind a header is not the proxy: its forwarding fields are its own")
    void theClientIsNotTrustedForItsProxy() throws Exception {
        start(LOOPBACK.toBuilder().trustedProxies("127.0.0.0/8").build());
        try (HttpPeer peer = connect(LINE)) {
            peer.send(upgrade("/echo", "X-Forwarded-For: 198.51.100.99", "X-Forwarded-Proto: https"));
            assertEquals(101, peer.answer().status());
            assertEquals(
                    "192.0.2.1", take(requests).remoteAddress().orElseThrow().getHostString());
            assertEquals(TestServer.scheme() + "://example.org/echo", take(urls));
        }
    }

    @Test
    @DisplayName("the protocol is never guessed: whoever is not listed cannot connect, with or without a header")
    void othersAreRefused() throws Exception {
        start(Options.builder().proxyProtocol("10.0.0.0/8", "::1").build());
        for (String bytes : new String[] {upgrade("/echo"), new String(LINE, StandardCharsets.ISO_8859_1)}) {
            try (HttpPeer peer = HttpPeer.connectTcp(server)) {
                assertTrue(peer.endsSilently(), bytes);
            }
        }
        assertTrue(requests.isEmpty());
    }

    @ParameterizedTest
    @DisplayName("R-95: whatever else comes in place of a header ends the connection without an answer")
    @ValueSource(
            strings = {
                "GET /echo HTTP/1.1\r\nHost: example.org\r\n\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.1 56324\r\n",
                "PROXY \r\n",
                "\r\n\r\n\0\r\nQUIT\n\u0011\u0011\0\0",
                "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\0\u0001x",
                "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u00ff\u00ff",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
                "\0",
            })
    void garbageIsCutOff(String garbage) throws Exception {
        start(LOOPBACK);
        try (HttpPeer peer = HttpPeer.connectTcp(server)) {
            assertTrue(peer.send(garbage).endsSilently());
        }
        assertServes(LINE, "192.0.2.1");
    }

    @Test
    @DisplayName("R-26: a line without end is cut off, however much comes")
    void aLineWithoutEndIsCutOff() throws Exception {
        start(LOOPBACK);
        try (HttpPeer peer = HttpPeer.connectTcp(server)) {
            assertTrue(peer.send("PROXY UNKNOWN " + "x".repeat(93)).endsSilently());
        }
    }

    @Test
    @DisplayName("R-26, R-93: a header that stalls is cut off at the handshake timeout, at whichever byte")
    void aStalledHeaderIsCutOff() throws Exception {
        start(LOOPBACK.toBuilder().handshakeTimeout(Duration.ofMillis(200)).build());
        for (byte[] header : new byte[][] {LINE, binary("2111", TCP4)}) {
            HttpPeer[] stalled = new HttpPeer[header.length];
            for (int length = 0; length < header.length; length++) {
                stalled[length] = HttpPeer.connectTcp(server);
                stalled[length].send(Arrays.copyOf(header, length));
            }
            for (HttpPeer peer : stalled) {
                assertTrue(peer.endsSilently());
                peer.close();
            }
        }
    }

    @Test
    @DisplayName(
            "R-95: a proxy that only looks whether anybody listens leaves nothing behind, nor one that leaves early")
    void headersThatEndEarlyLeaveNothing() throws Exception {
        start(LOOPBACK);
        for (int length = 0; length < LINE.length; length++) {
            HttpPeer peer = HttpPeer.connectTcp(server);
            peer.send(Arrays.copyOf(LINE, length));
            if (length % 2 == 0) {
                peer.close();
            } else {
                peer.reset();
            }
        }
        assertServes(LINE, "192.0.2.1");
    }

    @Test
    void aServerThatStopsDoesNotWaitForHeaders() throws Exception {
        start(LOOPBACK);
        try (HttpPeer silent = HttpPeer.connectTcp(server);
                HttpPeer halfway = HttpPeer.connectTcp(server)) {
            halfway.send("PROXY TCP4");
            assertServes(LINE, "192.0.2.1");
            assertTrue(server.close(PATIENCE));
            assertTrue(silent.endsSilently());
            assertTrue(halfway.endsSilently());
        }
    }
}
