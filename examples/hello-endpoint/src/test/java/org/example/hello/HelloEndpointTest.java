package org.example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Handler;
import io.jackfield.server.WebSocketServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HelloEndpointTest {

    @Test
    void whoSaysANameIsGreeted() throws Exception {
        Handler endpoint = new HelloEndpoint();
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .endpoint("/hello", endpoint)
                .start()) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(server.url() + "/hello"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                            answer.complete(text.toString());
                            return null;
                        }
                    })
                    .join();
            client.sendText("Ada", true);
            assertEquals("Hello, Ada", answer.get(20, TimeUnit.SECONDS));
        }
    }
}
