package io.jackfield.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The shortest use, from a client's side. */
class EchoTest {

    @Test
    void aTextComesBack() throws Exception {
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .onConnection(ws -> ws.onMessage(ws::send))
                .start()) {
            CompletableFuture<String> received = new CompletableFuture<>();
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(server.url() + "/echo"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                            received.complete(data.toString());
                            socket.request(1);
                            return null;
                        }

                        @Override
                        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                            closed.complete(code);
                            return null;
                        }
                    })
                    .get(5, TimeUnit.SECONDS);
            client.sendText("grüß dich", true).get(5, TimeUnit.SECONDS);
            assertEquals("grüß dich", received.get(5, TimeUnit.SECONDS));
            client.sendPing(ByteBuffer.allocate(4)).get(5, TimeUnit.SECONDS);
            client.sendClose(3001, "bye").get(5, TimeUnit.SECONDS);
            assertEquals(3001, closed.get(5, TimeUnit.SECONDS));
            assertTrue(server.close(Duration.ofSeconds(5)));
        }
    }
}
