package org.example.consumer;

import io.jackfield.api.Event;
import io.jackfield.server.WebSocketServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Starts a server with the extensions that ServiceLoader finds, and has two conversations with it. */
public final class Consumer {

    private static final String EXTENSIONS = "Sec-WebSocket-Extensions: ";

    private Consumer() {}

    /**
     * Prints what happens.
     *
     * @param arguments the extensions to offer, permessage-deflate if nothing is said
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .onConnection("/negotiate", socket -> socket.onMessage(socket::send))
                .onConnection("/echo", socket -> {
                    socket.onMessage(socket::send);
                    socket.on(Event.Close.class, event -> closed.complete(event.code()));
                })
                .start()) {
            System.out.println("extensions: "
                    + negotiate(server.port(), arguments.length == 0 ? "permessage-deflate" : arguments[0]));
            CompletableFuture<String> echo = new CompletableFuture<>();
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(server.url() + "/echo"), new FirstText(echo))
                    .get(20, TimeUnit.SECONDS);
            client.sendText("hello", true);
            System.out.println("echo: " + echo.get(20, TimeUnit.SECONDS));
            client.sendClose(1000, "");
            System.out.println("close: " + closed.get(20, TimeUnit.SECONDS));
        }
    }

    /** Offers extensions, which the JDK's client does not know, and returns what the server answers. */
    private static String negotiate(int port, String offer) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String head = String.join(
                    "\r\n",
                    "GET /negotiate HTTP/1.1",
                    "Host: localhost",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13",
                    EXTENSIONS + offer,
                    "",
                    "");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
                if (line.startsWith(EXTENSIONS)) {
                    return line.substring(EXTENSIONS.length());
                }
            }
            return "none";
        }
    }

    private record FirstText(CompletableFuture<String> message) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            message.complete(text.toString());
            return null;
        }
    }
}
