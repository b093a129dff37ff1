package io.jackfield.server.connection;

import static io.jackfield.server.connection.HttpPeer.frame;
import static io.jackfield.server.connection.HttpPeer.get;
import static io.jackfield.server.connection.HttpPeer.upgrade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jackfield.api.Options;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TLS handshakes that are cut, damaged, slow or never meant. */
@Tag(TestTls.PLAIN) // speaks TLS in any case
class HostileTlsTest {

    private static final int ALERT = 21;

    private WebSocketServer server;

    private void start(Options options) throws Exception {
        server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .tls(TestTls.serverContext())
                .options(options)
                .onConnection("/echo", socket -> socket.onMessage(socket::send))
                .start();
    }

    @AfterEach
    void stop() {
        assertTrue(server.close(Duration.ofSeconds(20)), "connections are left over");
    }

    private static byte[] clientHello() throws Exception {
        SSLEngine engine = TestTls.clientContext().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer record = ByteBuffer.allocate(20_000);
        engine.wrap(ByteBuffer.allocate(0), record);
        return Arrays.copyOf(record.array(), record.position());
    }

    private void assertServes() throws Exception {
        try (HttpPeer peer = new HttpPeer(TestTls.over(HttpPeer.connectTcp(server).socket))) {
            peer.send(upgrade("/echo") + frame("served"));
            assertEquals(101, peer.answer().status());
            assertEquals("81:served", peer.frame());
        }
    }

    /** Reads to the end, where TLS may have said something, but no record of data. */
    private static void assertEnds(HttpPeer peer) throws IOException {
        try {
            peer.rest();
        } catch (SocketTimeoutException e) {
            fail("The connection is still there");
        } catch (IOException reset) {
            // An end, too.
        }
    }

    @Test
    @DisplayName("R-95: a ClientHello that ends at whichever byte ends its connection alone")
    void aClientHelloMayEndAnywhere() throws Exception {
        start(Options.defaults());
        byte[] hello = clientHello();
        for (int length = 0; length < hello.length; length++) {
            try (HttpPeer peer = HttpPeer.connectTcp(server)) {
                peer.send(Arrays.copyOf(hello, length));
                peer.socket.shutdownOutput();
                assertEnds(peer);
            }
        }
        assertServes();
    }

    @Test
    @DisplayName("R-26, R-93: a ClientHello that stalls at whichever byte is cut off at the handshake timeout")
    void aClientHelloMayStallAnywhere() throws Exception {
        start(Options.builder().handshakeTimeout(Duration.ofMillis(500)).build());
        byte[] hello = clientHello();
        List<HttpPeer> stalled = new ArrayList<>();
        for (int length = 0; length <= hello.length; length += 3) {
            HttpPeer peer = HttpPeer.connectTcp(server);
            peer.send(Arrays.copyOf(hello, length));
            stalled.add(peer);
        }
        for (HttpPeer peer : stalled) {
            assertEnds(peer);
            peer.close();
        }
    }

    @Test
    @DisplayName("R-94, R-95: a damaged ClientHello ends its connection and harms no other")
    void damagedClientHellosHarmNoOther() throws Exception {
        start(Options.builder().handshakeTimeout(Duration.ofSeconds(2)).build());
        byte[] hello = clientHello();
        Random random = new Random(8446);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = hello.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try (HttpPeer peer = HttpPeer.connectTcp(server)) {
                peer.send(damaged);
                peer.socket.shutdownOutput();
                assertEnds(peer);
            }
        }
        assertServes();
    }

    @Test
    @DisplayName("plain HTTP at a TLS port gets an alert and the end")
    void plainHttpGetsAnAlert() throws Exception {
        start(Options.defaults());
        try (HttpPeer peer = HttpPeer.connectTcp(server)) {
            String answer = peer.send(get("/echo")).rest();
            assertEquals(ALERT, answer.charAt(0));
            assertEquals(7, answer.length(), "one alert, and nothing of HTTP");
        }
    }

    @Test
    @DisplayName("RFC 7301: HTTP/1.1 is chosen among others, and who speaks no HTTP/1.1 is refused in the handshake")
    void theApplicationProtocolIsHttp11() throws Exception {
        start(Options.defaults());
        assertEquals("http/1.1", agreed("h2", "http/1.1"));
        assertEquals("", agreed());
        assertThrows(SSLHandshakeException.class, () -> agreed("h2"));
    }

    private String agreed(String... protocols) throws Exception {
        try (SSLSocket socket = (SSLSocket) TestTls.over(HttpPeer.connectTcp(server).socket)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(protocols);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getApplicationProtocol();
        }
    }
}
