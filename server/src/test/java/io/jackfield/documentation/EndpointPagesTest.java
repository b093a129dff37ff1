package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Fallback;
import io.jackfield.api.Handler;
import io.jackfield.server.WebSocketServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handlers in docs/broadcast.md and docs/osgi.md, each at a server, do what their pages say. */
class EndpointPagesTest {

    @TempDir
    private Path folder;

    @Test
    void theRoomTellsEverybody() throws Exception {
        try (WebSocketServer server =
                start(WebSocketServer.builder().endpoint("/", (Handler) make("Room", "broadcast.md")))) {
            EchoClient ann = new EchoClient(server.url() + "/");
            EchoClient bob = new EchoClient(server.url() + "/");
            assertEquals("hello", ann.send("hello").next());
            assertEquals("hello", bob.next());
            ann.close();
            bob.close();
        }
    }

    @Test
    void theChatComponentEchoes() throws Exception {
        try (WebSocketServer server =
                start(WebSocketServer.builder().endpoint("/chat", (Handler) make("Chat", "osgi.md"), "chat.v1"))) {
            EchoClient client = new EchoClient(server.url() + "/chat");
            assertEquals("hello", client.send("hello").next());
            client.close();
        }
    }

    @Test
    void theFallbackTellsItsHealthAndNothingElse() throws Exception {
        try (WebSocketServer server = start(WebSocketServer.builder().fallback((Fallback) make("Health", "osgi.md")))) {
            String fine = Http.answer(server.port(), get("/health"));
            assertTrue(fine.startsWith("HTTP/1.1 200 ") && fine.endsWith("\r\n\r\nfine"), fine);
            String other = Http.answer(server.port(), get("/other"));
            assertTrue(other.startsWith("HTTP/1.1 404 "), other);
        }
    }

    private Object make(String name, String page) throws Exception {
        return Snippet.named(name, Repository.file("docs/" + page))
                .compileAndLoad(folder)
                .getConstructor()
                .newInstance();
    }

    private static WebSocketServer start(WebSocketServer.Builder builder) throws Exception {
        return builder.host("127.0.0.1").port(0).start();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }
}
