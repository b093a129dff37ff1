package io.jackfield.server.osgi.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.WebSocketServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers to commands, on servers that are not services; OsgiShellIT runs them in frameworks. */
class AnswersTest {

    private static final int PATIENCE_SECONDS = 15;

    private final Map<String, WebSocketServer> servers = new TreeMap<>();
    private final Answers commands = new Answers(() -> servers);

    @BeforeEach
    void start() throws Exception {
        servers.put(
                "main",
                WebSocketServer.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .loops(1)
                        .endpoint("/rooms/{room}", (socket, request) -> socket.onMessage(socket::send), "chat")
                        .start());
    }

    @AfterEach
    void stop() {
        servers.values().forEach(WebSocketServer::close);
    }

    /** A client that tells the code with which it was closed. */
    private static final class Client implements WebSocket.Listener {
        private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
        private final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closeCode.complete(code);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            return null;
        }
    }

    private Client connect() throws Exception {
        Client client = new Client();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("chat")
                .buildAsync(URI.create(servers.get("main").url() + "/rooms/7"), client)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertEquals("hello", client.text.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return client;
    }

    /** The cells of a line. */
    private static List<String> cells(String table, int line) {
        return Arrays.asList(table.split("\n")[line].trim().split(" {2,}"));
    }

    /** The client may read a message before the loop has counted that it left. */
    private void awaitNothingBuffered() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (servers.get("main").statistics().bufferedBytes() > 0) {
            assertTrue(System.nanoTime() < deadline, "A message stays buffered");
            Thread.onSpinWait();
        }
    }

    @Test
    void connectionsAreListedAndClosed() throws Exception {
        Client client = connect();
        awaitNothingBuffered();
        String table = commands.connections();
        assertEquals(
                "[connection, remote address, path, subprotocol, extensions, state, age, received, bytes, sent, bytes, "
                        + "buffered, round trip]",
                cells(table, 0).toString());
        List<String> cells = cells(table, 1);
        assertEquals("main/1", cells.get(0));
        assertTrue(cells.get(1).startsWith("127.0.0.1:"), table);
        assertEquals(List.of("/rooms/7", "chat", "-", "OPEN"), cells.subList(2, 6));
        assertEquals("1", cells.get(7));
        assertEquals("1", cells.get(9));
        assertEquals(List.of("0 B", "-"), cells.subList(11, 13));
        assertEquals("main/1", cells(commands.connections("main"), 1).get(0));

        assertEquals("Closing main/1 with 4002", commands.close("1", 4002, "have", "a", "rest"));
        assertEquals(4002, client.closeCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void serversAndEndpointsAreListed() throws Exception {
        connect();
        List<String> server = cells(commands.servers(), 1);
        assertEquals(List.of("main", servers.get("main").url()), server.subList(0, 2));
        assertEquals(List.of("1", "1", "0", "1", "0", "1"), server.subList(3, 9));
        List<String> endpoint = cells(commands.endpoints(), 1);
        assertEquals(List.of("main", "/rooms/{room}", "chat", "0", "1", "-"), endpoint.subList(0, 6));
        assertTrue(endpoint.get(6).startsWith(AnswersTest.class.getName()), endpoint::toString);
    }

    @Test
    void extensionsAreListed() {
        // Discovered: it is on the class path of the tests.
        assertEquals(
                List.of("main", "permessage-deflate", "RSV1", "0", "-", "io.jackfield.ext.deflate.PermessageDeflate"),
                cells(commands.extensions(), 1));
    }

    @Test
    void aConnectionIsNamedWithItsServerWhereThereAreSeveral() {
        servers.put("admin", WebSocketServer.builder().host("127.0.0.1").port(0).build());
        assertEquals(
                "Name the server as well, server/number; there are [admin, main]",
                assertThrows(IllegalArgumentException.class, () -> commands.close("1", 1000))
                        .getMessage());
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertEquals(
                "There is no open connection main/5",
                assertThrows(IllegalArgumentException.class, () -> commands.close("main/5", 1000))
                        .getMessage());
        assertEquals(
                "There is no server other, only [main]",
                assertThrows(IllegalArgumentException.class, () -> commands.close("other/5", 1000))
                        .getMessage());
        assertEquals(
                "A connection is named as in 8080/17, not five",
                assertThrows(IllegalArgumentException.class, () -> commands.close("five", 1000))
                        .getMessage());
    }
}
