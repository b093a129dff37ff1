package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many connections a server takes, and that those that are refused cost it nothing. */
class ConnectionLimitTest {

    private static void expectReset(TestServer server) throws Exception {
        try (RawClient refused = RawClient.dial(server.port())) {
            refused.expectReset();
        }
    }

    /** The end of a connection is counted on its loop, soon after the peer sees it. */
    private static RawClient openWhenThereIsRoom(TestServer server) throws Exception {
        long deadline = System.nanoTime() + 15_000_000_000L;
        while (true) {
            RawClient client = RawClient.connect(server.port(), "/");
            try {
                client.expectHttp(101);
                return client;
            } catch (IOException | AssertionError e) {
                client.close();
                assertTrue(System.nanoTime() < deadline, "There is never room again");
            }
        }
    }

    @Test
    @DisplayName("A-33 R-93 R-95: one connection more than the limit is reset; when one has ended another may come")
    void oneTooMany() throws Exception {
        Options options = Options.builder().maxConnections(2).build();
        try (TestServer server = TestServer.start(options);
                RawClient first = RawClient.dial(server.port());
                RawClient open = server.open()) {
            expectReset(server);
            expectReset(server);
            open.sendPing("alive").expectFrame(WireFrame.PONG, "alive");
            first.reset();
            try (RawClient next = openWhenThereIsRoom(server)) {
                expectReset(server);
                next.sendPing("alive").expectFrame(WireFrame.PONG, "alive");
            }
        }
    }

    @Test
    @DisplayName("A-33: one connection more from an address than allowed is reset")
    void oneTooManyFromAnAddress() throws Exception {
        Options options = Options.builder().maxConnectionsPerAddress(1).build();
        try (TestServer server = TestServer.start(options)) {
            try (RawClient first = server.open()) {
                expectReset(server);
                first.sendClose(1000, "").expectClose("1000:").expectEof();
            }
            openWhenThereIsRoom(server).close();
        }
    }

    @Test
    @DisplayName("A-33: connections that are handed over count, and one too many is refused with its socket untouched")
    void handedOverOnes() throws Exception {
        Options options = Options.builder().maxConnections(1).build();
        try (TestServer server = TestServer.start(options);
                ServerSocketChannel other = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                SocketChannel client = SocketChannel.open(other.getLocalAddress());
                SocketChannel handedOver = other.accept()) {
            assertTrue(client.isConnected());
            Request request = Request.builder("GET", "/")
                    .header("Host", "localhost")
                    .header("Upgrade", "websocket")
                    .header("Connection", "Upgrade")
                    .header("Sec-WebSocket-Key", RawClient.KEY)
                    .header("Sec-WebSocket-Version", "13")
                    .build();
            try (RawClient first = server.open()) {
                IllegalStateException refusal = assertThrows(
                        IllegalStateException.class,
                        () -> server.server().accept(request, handedOver, null, List.of(), null));
                assertEquals("The server has as many connections as it may", refusal.getMessage());
                assertTrue(handedOver.isOpen());
                assertTrue(handedOver.isBlocking());
                first.sendClose(1000, "").expectClose("1000:").expectEof();
            }
            openWhenThereIsRoom(server).close();
        }
    }
}
