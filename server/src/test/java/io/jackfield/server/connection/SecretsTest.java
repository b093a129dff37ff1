package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jackfield.api.Options;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the log says of hostile and of broken sessions, at its finest level, has none of their credentials. */
class SecretsTest {

    private static final String SECRET = "s3cr3t";
    private static final String PATH = "/chat?token=" + SECRET;
    private static final String[] FIELDS = {
        "Authorization: Bearer " + SECRET, "Cookie: session=" + SECRET, "X-Api-Key: " + SECRET
    };

    private final Logger root = Logger.getLogger("io.jackfield");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Handler capture = new Handler() {
        @Override
        public void publish(LogRecord line) {
            // With the stack trace, which holds the messages of exceptions.
            lines.add(new SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        root.setLevel(Level.ALL);
        root.addHandler(capture);
        capture.setLevel(Level.ALL);
    }

    @AfterEach
    void stopListening() {
        root.removeHandler(capture);
        root.setLevel(null);
    }

    private static RawClient connect(TestServer server, String... more) throws Exception {
        String[] all = new String[FIELDS.length + more.length];
        System.arraycopy(FIELDS, 0, all, 0, FIELDS.length);
        System.arraycopy(more, 0, all, FIELDS.length, more.length);
        return RawClient.connect(server.port(), PATH, all);
    }

    @Test
    @DisplayName("R-27 A-62: neither query, Cookie, Authorization nor messages are logged, whatever goes wrong")
    void nothingOfTheRequestIsLogged() throws Exception {
        Options options = Options.builder()
                .maxControlFramesPerSecond(2)
                .handshakeTimeout(Duration.ofSeconds(3))
                .build();
        try (TestServer server = TestServer.start(
                options,
                socket -> socket.onMessage(event -> {
                    throw new IllegalStateException("a listener's own fault");
                }))) {
            // Refused, for all kinds of reasons.
            connect(server, "Origin: https://elsewhere.example/" + SECRET).expectHttp(403);
            connect(server, "Host: " + SECRET).expectHttp(400);
            connect(server, "Content-Length: 5").expectHttp(413);
            connect(server, "Sec-WebSocket-Extensions: " + SECRET + ";;").expectHttp(400);
            connect(server, "Sec-WebSocket-Protocol: " + SECRET + ",(").expectHttp(400);
            RawClient.dial(server.port())
                    .send(RawClient.head("GET " + PATH + " HTTP/1.1", "Host: x", FIELDS[0], FIELDS[1]))
                    .expectHttp(426);
            RawClient.dial(server.port())
                    .send(("GET " + PATH + " HTTP/1.1\r\n" + FIELDS[0]).getBytes(StandardCharsets.US_ASCII))
                    .expectHttp(408);
            // Open, and then broken, by the peer and by the application.
            try (RawClient client = connect(server)) {
                client.expectHttp(101);
                client.sendText("password=" + SECRET)
                        .send(new byte[] {(byte) 0xff, (byte) 0xff})
                        .expectClose(1002);
                client.expectEof();
            }
            try (RawClient client = connect(server)) {
                client.expectHttp(101);
                client.sendPing(SECRET).sendPing(SECRET).sendPing(SECRET);
                client.drain();
            }
            try (RawClient client = connect(server)) {
                client.expectHttp(101);
                client.sendClose(3000, SECRET);
                client.drain();
            }
            RawClient reset = connect(server);
            reset.expectHttp(101);
            reset.reset();
            for (int i = 0; i < 4; i++) {
                EventLog log = server.next();
                String event = log.next();
                while (!event.startsWith("close ")) {
                    event = log.next();
                }
            }
        }
        assertFalse(lines.isEmpty(), "The log was not captured");
        assertEquals(
                List.of(), lines.stream().filter(line -> line.contains(SECRET)).toList());
    }
}
