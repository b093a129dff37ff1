package io.jackfield.itest;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** The JDK's own WebSocket client, with its callbacks turned into queues. */
final class JdkClient implements WebSocket.Listener, AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<ByteBuffer> binary = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private WebSocket socket;

    private JdkClient() {}

    static JdkClient connect(String url, String... subprotocols) {
        return connect(HttpClient.newHttpClient(), url, subprotocols);
    }

    static JdkClient connectTrusting(SSLContext tls, String url) {
        return connect(HttpClient.newBuilder().sslContext(tls).build(), url);
    }

    private static JdkClient connect(HttpClient http, String url, String... subprotocols) {
        JdkClient client = new JdkClient();
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            String[] others = Arrays.copyOfRange(subprotocols, 1, subprotocols.length);
            builder.subprotocols(subprotocols[0], others);
        }
        try {
            client.socket = builder.buildAsync(URI.create(url), client).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return client;
    }

    WebSocket socket() {
        return socket;
    }

    /** Sends, and waits until the client has handed it over. */
    JdkClient sendText(CharSequence part, boolean last) {
        join(socket.sendText(part, last));
        return this;
    }

    JdkClient sendBinary(ByteBuffer part, boolean last) {
        join(socket.sendBinary(part, last));
        return this;
    }

    JdkClient ping(String payload) {
        join(socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))));
        return this;
    }

    JdkClient pong(String payload) {
        join(socket.sendPong(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))));
        return this;
    }

    JdkClient close(int code, String reason) {
        join(socket.sendClose(code, reason));
        return this;
    }

    /** The next event: {@code text: …}, {@code pong: …}, {@code close: code reason} or {@code error: …}. */
    String next() throws InterruptedException {
        String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
        }
        return event;
    }

    /** The next binary message. */
    ByteBuffer nextBinary() throws InterruptedException {
        ByteBuffer message = binary.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no binary message within " + PATIENCE_SECONDS + " s, but " + events);
        }
        return message;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static void join(CompletableFuture<?> sent) {
        sent.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    // -- called by the client
    // ------------------------------------------------------------------------------------------

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            events.add("text: " + text);
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer part, boolean last) {
        bytes = ByteBuffer.allocate(bytes.remaining() + part.remaining())
                .put(bytes)
                .put(part)
                .flip();
        if (last) {
            binary.add(bytes);
            bytes = ByteBuffer.allocate(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer payload) {
        events.add("pong: " + StandardCharsets.UTF_8.decode(payload));
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        events.add("close: " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        events.add("error: " + error);
    }
}
