package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Headers;
import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md groups B, C and D, as far as a server's own connections show them. */
class OpeningTest {

    private static String urlOf(Options options, String... fields) throws Exception {
        BlockingQueue<String> urls = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(options, socket -> urls.add(socket.url()));
                RawClient client = RawClient.dial(server.port())) {
            String[] lines = new String[fields.length + 5];
            lines[0] = "GET /path?q=1 HTTP/1.1";
            lines[1] = "Upgrade: websocket";
            lines[2] = "Connection: Upgrade";
            lines[3] = "Sec-WebSocket-Key: " + RawClient.KEY;
            lines[4] = "Sec-WebSocket-Version: 13";
            System.arraycopy(fields, 0, lines, 5, fields.length);
            client.send(RawClient.head(lines)).expectHttp(101);
            return urls.poll(15, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("S-7 S-8: url is scheme, Host and target")
    void urlIsSchemeHostAndTarget() throws Exception {
        assertEquals(TestServer.scheme() + "://ex.com:1/path?q=1", urlOf(Options.defaults(), "Host: ex.com:1"));
    }

    @Test
    @DisplayName("S-10 S-11 S-12: four headers of a trusted proxy make it wss, with exactly their values")
    @Tag(TestTls.PLAIN) // through TLS every request is secure, whoever says what
    void headersOfATrustedProxyMakeItSecure() throws Exception {
        Options trusting = Options.builder().trustedProxies("127.0.0.0/8").build();
        for (String secure :
                List.of("https: on", "x-forwarded-ssl: on", "x-forwarded-scheme: https", "X-Forwarded-Proto: https")) {
            assertEquals("wss://h/path?q=1", urlOf(trusting, "Host: h", secure));
            assertEquals("ws://h/path?q=1", urlOf(Options.defaults(), "Host: h", secure));
        }
        for (String insecure : List.of("x-forwarded-proto: https,http", "https: ON", "x-forwarded-ssl: 1")) {
            assertEquals("ws://h/path?q=1", urlOf(trusting, "Host: h", insecure));
        }
    }

    @Test
    @DisplayName("S-13: HTTP/1.1 without Host, and HTTP/1.0, are 400")
    void withoutHostItIs400() throws Exception {
        try (TestServer server = TestServer.start()) {
            for (String version : List.of("HTTP/1.1", "HTTP/1.0")) {
                try (RawClient client = RawClient.dial(server.port())) {
                    client.send(RawClient.head(
                            "GET / " + version,
                            version.endsWith("0") ? "Host: localhost" : "Accept: */*",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Key: " + RawClient.KEY,
                            "Sec-WebSocket-Version: 13"));
                    client.expectHttp(400);
                    client.expectEof();
                }
            }
        }
    }

    @Test
    @DisplayName("S-20 S-21 S-27: in the handler the connection is CONNECTING, with its url and version")
    void inTheHandlerItIsConnecting() throws Exception {
        BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> {
                    seen.add(socket.readyState());
                    seen.add(socket.bufferedAmount());
                    seen.add(socket.protocol());
                    seen.add(socket.version());
                    seen.add(socket.extensions());
                });
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            assertEquals(List.of(ReadyState.CONNECTING, 0L, "", "hybi-13", List.of()), List.copyOf(seen));
            assertEquals(0, ReadyState.CONNECTING.value());
            assertEquals(1, log.socket().readyState().value());
            client.sendText("x");
        }
    }

    @Test
    @DisplayName("S-23 S-24: frames in the packet of the handshake come behind open")
    void framesBehindTheHandshakeComeBehindOpen() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = RawClient.dial(server.port())) {
            client.send(
                    RawClient.handshake("/"),
                    WireFrame.frame(WireFrame.TEXT, "early"),
                    WireFrame.frame(WireFrame.TEXT, "bird"));
            client.expectHttp(101);
            server.next().expect("open", "text early", "text bird");
        }
    }

    @Test
    @DisplayName("S-30: the headers of the options are in the 101, in their order, in front of the handshake's")
    void headersOfTheOptionsAreInTheAnswer() throws Exception {
        Options options = Options.builder()
                .headers(Headers.EMPTY
                        .with("X-One", "1")
                        .with("Set-Cookie", "a=b")
                        .with("X-Two", "2"))
                .build();
        try (TestServer server = TestServer.start(options);
                RawClient client = RawClient.connect(server.port(), "/")) {
            assertEquals(
                    "HTTP/1.1 101 Switching Protocols\r\nX-One: 1\r\nSet-Cookie: a=b\r\nX-Two: 2\r\n"
                            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + RawClient.ACCEPT
                            + "\r\n\r\n",
                    client.expectHttp(101));
        }
    }

    @Test
    @DisplayName("S-31: two extensions of one name are refused in the options")
    void extensionsOfOneNameAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Options.builder().extensions(new Watching("x"), new Watching("x")));
    }

    @Test
    @DisplayName("S-31: the extensions of the options are negotiated in their order")
    void extensionsAreNegotiatedInTheirOrder() throws Exception {
        Options options = Options.builder()
                .extensions(new Watching("first"), new Watching("second"))
                .build();
        try (TestServer server = TestServer.start(options);
                RawClient client =
                        RawClient.connect(server.port(), "/", "Sec-WebSocket-Extensions: second, unknown, first")) {
            String answer = client.expectHttp(101);
            assertTrue(answer.contains("\r\nSec-WebSocket-Extensions: first, second\r\n"), answer);
            client.sendText("passes");
            EventLog log = server.next().expect("open", "text passes");
            assertEquals(
                    List.of("first", "second"),
                    log.socket().extensions().stream()
                            .map(NegotiatedExtension::name)
                            .toList());
        }
    }

    @Test
    @DisplayName("S-32: maxLength 0 is the default; a message of maxLength passes, a longer one is 1009")
    void maxLengthBindsMessages() throws Exception {
        assertEquals(67_108_863, Options.builder().maxLength(0).build().maxLength());
        try (TestServer server = TestServer.start(Options.builder().maxLength(5).build());
                RawClient client = server.open()) {
            client.sendText("12345").sendText("123456").expectClose(1009).expectEof();
            assertEquals("text 12345", server.next().expect("open").next());
        }
    }

    @Test
    @DisplayName("S-34: the client's preference decides between the endpoint's subprotocols")
    void theClientsPreferenceDecides() throws Exception {
        BlockingQueue<String> protocols = new LinkedBlockingQueue<>();
        try (WebSocketServer server = TestServer.builder(Options.defaults())
                        .endpoint(
                                "/",
                                (socket, request) -> socket.onOpen(event -> protocols.add(socket.protocol())),
                                "xmpp, irc".split(", "))
                        .start();
                RawClient client = RawClient.connect(server.port(), "/", "Sec-WebSocket-Protocol: mqtt, irc, xmpp")) {
            String answer = client.expectHttp(101);
            assertTrue(answer.contains("\r\nSec-WebSocket-Protocol: irc\r\n"), answer);
            assertEquals("irc", protocols.poll(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("S-36 S-45 S-46 S-48 S-50: what is wrong with a handshake is in the answer, and headers stay out")
    void failuresAreAnswered() throws Exception {
        Options options =
                Options.builder().headers(Headers.EMPTY.with("X-Custom", "1")).build();
        try (TestServer server = TestServer.start(options)) {
            assertRefused(server, 400, "Unsupported WebSocket version: (none)");
            assertRefused(server, 426, "Unsupported WebSocket version: 8", "Sec-WebSocket-Version: 8");
            assertRefused(
                    server, 400, "Missing handshake request header: Sec-WebSocket-Key", "Sec-WebSocket-Version: 13");
            assertRefused(
                    server,
                    400,
                    "Invalid Sec-WebSocket-Extensions header: a;b=",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: " + RawClient.KEY,
                    "Sec-WebSocket-Extensions: a;b=");
        }
    }

    private static void assertRefused(TestServer server, int status, String body, String... fields) throws Exception {
        String[] lines = new String[fields.length + 4];
        lines[0] = "GET / HTTP/1.1";
        lines[1] = "Host: localhost";
        lines[2] = "Upgrade: websocket";
        lines[3] = "Connection: Upgrade";
        System.arraycopy(fields, 0, lines, 4, fields.length);
        try (RawClient client = RawClient.dial(server.port())) {
            String answer = client.send(RawClient.head(lines)).expectHttp(status);
            assertTrue(answer.endsWith("\r\n\r\n" + body), answer);
            assertTrue(answer.contains("Content-Type: text/plain"), answer);
            assertFalse(answer.contains("X-Custom"), answer);
            client.expectEof();
        }
    }

    @Test
    @DisplayName("S-49: an extension that throws fails the handshake")
    void anExtensionThatThrowsFailsTheHandshake() throws Exception {
        Watching broken = new Watching("broken") {
            @Override
            public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
                throw new IllegalStateException("secret");
            }
        };
        try (TestServer server =
                        TestServer.start(Options.builder().extensions(broken).build());
                RawClient client = RawClient.connect(server.port(), "/", "Sec-WebSocket-Extensions: broken")) {
            String answer = client.expectHttp(500);
            assertFalse(answer.contains("secret"), answer);
            client.expectEof();
        }
    }
}
