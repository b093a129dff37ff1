package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jackfield.api.Event;
import io.jackfield.api.Options;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own WebSocket client as a peer, plain and over TLS. */
class JdkClientIT {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1_048_576})
    void echoesTextAndBinary(int size) throws Exception {
        try (JdkClient client = JdkClient.connect(server.url("/echo"))) {
            assertEcho(client, size);
        }
    }

    private static void assertEcho(JdkClient client, int size) throws InterruptedException {
        String text = "x".repeat(size);
        assertEquals("text: " + text, client.sendText(text, true).next());
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        assertEquals(
                ByteBuffer.wrap(bytes),
                client.sendBinary(ByteBuffer.wrap(bytes), true).nextBinary());
    }

    @Test
    @DisplayName("R-52, S-148: fragments come back as one message")
    void echoesFragments() throws Exception {
        try (JdkClient client = JdkClient.connect(server.url("/echo"))) {
            client.sendText("Gr\u00fc", false).sendText("", false).sendText("\u00dfe \ud834\udd1e", true);
            assertEquals("text: Gr\u00fc\u00dfe \ud834\udd1e", client.next());
            client.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), false)
                    .sendBinary(ByteBuffer.wrap(new byte[] {3}), true);
            assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), client.nextBinary());
        }
    }

    @Test
    @DisplayName("R-53, R-55: a ping between fragments is answered at once")
    void answersPings() throws Exception {
        try (JdkClient client = JdkClient.connect(server.url("/echo"))) {
            client.sendText("Hel", false).ping("are you there").pong("unsolicited");
            assertEquals("pong: are you there", client.next());
            assertEquals("text: Hello", client.sendText("lo", true).next());
        }
    }

    @Test
    void noticesTheClientsPongs() throws Exception {
        try (JdkClient client = JdkClient.connect(server.url("/ping?payload=hello"))) {
            assertEquals("text: pong: hello", client.next());
        }
    }

    @Test
    @DisplayName("S-55, S-57, S-58: the client's first choice of our subprotocols, or none; both ends know it")
    void agreesOnSubprotocol() throws Exception {
        try (TestServer own = TestServer.start()) {
            try (JdkClient client = JdkClient.connect(own.url("/echo"), "soap", "chat", "echo")) {
                assertEquals("chat", client.socket().getSubprotocol());
                assertEquals("chat", own.awaitOpen().protocol());
            }
            try (JdkClient client = JdkClient.connect(own.url("/echo"))) {
                assertEquals("", client.socket().getSubprotocol());
                assertEquals("", own.awaitOpen().protocol());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 4999})
    @DisplayName("R-64: the client closes")
    void clientCloses(int code) throws Exception {
        try (TestServer own = TestServer.start();
                JdkClient client = JdkClient.connect(own.url("/echo"))) {
            assertEquals(
                    "close: " + code + " ", client.close(code, "bye").next().replace("bye", ""));
            Event.Close close = own.awaitClose();
            assertEquals(code + " bye", close.code() + " " + close.reason());
        }
    }

    @Test
    void serverCloses() throws Exception {
        try (JdkClient client = JdkClient.connect(server.url("/close?code=4321&reason=enough"))) {
            assertEquals("close: 4321 enough", client.next());
        }
    }

    @Test
    void serverThatStopsSaysGoodbye() throws Exception {
        TestServer stopping = TestServer.start();
        try (JdkClient client = JdkClient.connect(stopping.url("/echo"))) {
            stopping.close();
            assertEquals("close: 1001", client.next().substring(0, 11));
        }
    }

    @Test
    @DisplayName("R-36: an unknown path is refused with 404")
    void refusesUnknownPath() {
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> JdkClient.connect(server.url("/nowhere")));
        assertEquals(
                404,
                ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode());
    }

    @Test
    @DisplayName("S-8, S-9, wss: a secure address, echoes of all sizes, and a close, over TLS")
    void speaksTls() throws Exception {
        TestKeys keys = TestKeys.generate();
        try (TestServer secure = TestServer.start(Options.defaults(), keys.serverContext());
                JdkClient client = JdkClient.connectTrusting(keys.clientContext(), secure.url("/echo"))) {
            assertEquals("wss:", secure.url("").substring(0, 4));
            assertEquals(secure.url("/echo"), secure.awaitOpen().url());
            for (int size : new int[] {0, 1, 16_384, 65_536, 1_048_576}) {
                assertEcho(client, size);
            }
            assertEquals("close: 1000 ", client.close(1000, "").next());
            assertEquals(1000, secure.awaitClose().code());
        }
    }

    @Test
    @DisplayName("wss: many messages in flight at once, over TLS")
    void pipelinesOverTls() throws Exception {
        TestKeys keys = TestKeys.generate();
        try (TestServer secure = TestServer.start(Options.defaults(), keys.serverContext());
                JdkClient client = JdkClient.connectTrusting(keys.clientContext(), secure.url("/echo"))) {
            for (int i = 0; i < 1_000; i++) {
                client.sendText("message " + i, true);
            }
            for (int i = 0; i < 1_000; i++) {
                assertEquals("text: message " + i, client.next());
            }
        }
    }
}
