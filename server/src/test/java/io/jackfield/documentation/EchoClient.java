package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Talks to an echo with the JDK's client. Keeps what comes back: texts, binary messages as arrays, close codes. */
final class EchoClient implements WebSocket.Listener {

    private static final int SECONDS = 20;

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final WebSocket socket;

    EchoClient(String url) throws Exception {
        this(HttpClient.newHttpClient().newWebSocketBuilder(), url);
    }

    /** Over TLS. */
    EchoClient(SSLContext tls, String url) throws Exception {
        this(HttpClient.newBuilder().sslContext(tls).build().newWebSocketBuilder(), url);
    }

    EchoClient(WebSocket.Builder builder, String url) throws Exception {
        socket = builder.buildAsync(URI.create(url), this).get(SECONDS, TimeUnit.SECONDS);
    }

    EchoClient send(String message) throws Exception {
        socket.sendText(message, true).get(SECONDS, TimeUnit.SECONDS);
        return this;
    }

    EchoClient send(byte[] message) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(message), true).get(SECONDS, TimeUnit.SECONDS);
        return this;
    }

    Object next() throws InterruptedException {
        return received.poll(SECONDS, TimeUnit.SECONDS);
    }

    /** The closing handshake with a code of the application, which comes back. */
    void close() throws Exception {
        socket.sendClose(3001, "bye").get(SECONDS, TimeUnit.SECONDS);
        assertEquals(3001, next());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        binary.writeBytes(part);
        if (last) {
            received.add(binary.toByteArray());
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        received.add(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        received.add(error);
    }
}
