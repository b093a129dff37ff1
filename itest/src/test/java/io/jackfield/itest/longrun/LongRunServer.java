package io.jackfield.itest.longrun;

import io.jackfield.api.MessageListener;
import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.WebSocketServer;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The server of the long run, in a process of its own: two ports, plain and TLS, on which it echoes until its input ends. */
final class LongRunServer {

    private LongRunServer() {}

    private static final class Echo implements MessageListener {

        @Override
        public void onText(WebSocket socket, String text) {
            socket.send(text);
        }

        @Override
        public void onBinary(WebSocket socket, ByteBuffer payload) {
            socket.send(payload);
        }
    }

    /**
     * Runs until the input ends.
     *
     * @param arguments the key store and its password
     */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.builder()
                .extensions(PermessageDeflate.builder().threshold(0).build())
                .maxLength(1 << 20)
                // Thousands of peers on one thread do not all get to speak in ten seconds.
                .handshakeTimeout(Duration.ofMinutes(2))
                .ping(Duration.ofSeconds(20))
                .pingTimeout(Duration.ofMinutes(5))
                .build();
        WebSocketServer plain = builder(options).start();
        WebSocketServer secure = builder(options)
                .tls(context(Path.of(arguments[0]), arguments[1]))
                .start();
        System.out.println(plain.port() + " " + secure.port());
        while (System.in.read() >= 0) {
            // Whoever started it goes on.
        }
        plain.close(Duration.ofSeconds(5));
        secure.close(Duration.ofSeconds(5));
    }

    private static WebSocketServer.Builder builder(Options options) {
        return WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(2)
                .backlog(4096)
                .discoverExtensions(false)
                .options(options)
                .onConnection(socket -> socket.messageListener(new Echo()));
    }

    private static SSLContext context(Path file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, password.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
