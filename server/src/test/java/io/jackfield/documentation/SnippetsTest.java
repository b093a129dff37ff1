package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Handler;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionMessage.Type;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Java code in README.md and below docs compiles as it stands there, and does what the text says. */
class SnippetsTest {

    private static final Path README = Repository.file("README.md");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everySnippetCompiles() throws IOException {
        return Repository.pages().stream()
                .flatMap(SnippetsTest::snippetsOf)
                .map(snippet -> DynamicTest.dynamicTest(
                        snippet.page().getFileName() + " " + snippet.name(), () -> assertEquals("", compile(snippet))));
    }

    @Test
    void theReadmesEchoEchoes() throws Exception {
        try (WebSocketServer server =
                Snippet.named("Echo", README).withOwnServer(8080).run(folder)) {
            assertEchoes(server);
        }
    }

    @Test
    void theReadmesComponentEchoes() throws Exception {
        Handler handler = (Handler) make("EchoComponent");
        try (WebSocketServer server = start(WebSocketServer.builder().endpoint("/echo", handler))) {
            assertEchoes(server);
        }
    }

    @Test
    void theReadmesRoomsWelcomeWhoHasACookie() throws Exception {
        Handler rooms = (Handler) make("Rooms");
        try (WebSocketServer server = start(WebSocketServer.builder().endpoint("/rooms/{room}", rooms, "chat"))) {
            String answer = Http.answer(
                    server.port(),
                    "GET /rooms/blue HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            assertEquals("HTTP/1.1 401", answer.substring(0, 12));
            EchoClient guest = new EchoClient(
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .header("Cookie", "known=1")
                            .subprotocols("chat"),
                    server.url() + "/rooms/blue");
            assertEquals("Welcome to blue, you speak chat", guest.next());
            guest.close();
        }
    }

    @Test
    void theReadmesExtensionInvertsMessages() throws Exception {
        Extension invert = (Extension) make("Invert");
        AcceptedExtension accepted =
                invert.accept(List.of(ExtensionParameters.EMPTY), () -> 100L).orElseThrow();
        ImmediateSession session = (ImmediateSession) accepted.session();
        ExtensionMessage message =
                new ExtensionMessage(Type.BINARY, false, false, false, ByteBuffer.wrap(new byte[] {0, 1, (byte) 0xff}));

        ExtensionMessage outgoing = session.outgoing(message);
        assertEquals(true, outgoing.rsv2());
        assertArrayEquals(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, bytes(outgoing));

        ExtensionMessage incoming = session.incoming(outgoing);
        assertEquals(false, incoming.rsv2());
        assertArrayEquals(new byte[] {0, 1, (byte) 0xff}, bytes(incoming));
        assertArrayEquals(bytes(message), bytes(session.incoming(message)), "sent without RSV2");
    }

    private static void assertEchoes(WebSocketServer server) throws Exception {
        EchoClient client = new EchoClient(server.url() + "/echo");
        assertEquals("grüß dich", client.send("grüß dich").next());
        assertArrayEquals(
                new byte[] {1, 2}, (byte[]) client.send(new byte[] {1, 2}).next());
        client.close();
    }

    private static WebSocketServer start(WebSocketServer.Builder builder) throws IOException {
        return builder.host("127.0.0.1").port(0).start();
    }

    private Object make(String name) throws Exception {
        return Snippet.named(name, README)
                .compileAndLoad(folder)
                .getConstructor()
                .newInstance();
    }

    private String compile(Snippet snippet) throws IOException {
        return snippet.compile(folder, System.getProperty("java.class.path"));
    }

    private static Stream<Snippet> snippetsOf(Path page) {
        try {
            return Snippet.of(page).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ExtensionMessage message) {
        ByteBuffer payload = message.payload().duplicate();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }
}
