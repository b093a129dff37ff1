package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Handler;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The programs in the pages for newcomers do what their pages say. Where a shell is part of it, see PagesIT. */
class FirstStepsTest {

    private static final String UPGRADE =
            " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @TempDir
    private Path folder;

    @Test
    void theGuardLetsInWhoKnowsTheKey() throws Exception {
        Handler guarded = (Handler)
                load("Guarded", "first-ten-minutes.md").getConstructor().newInstance();
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .endpoint("/rooms/{room}", guarded)
                .start()) {
            String answer = Http.answer(server.port(), "GET /rooms/blue" + UPGRADE + "\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
            EchoClient client = new EchoClient(server.url() + "/rooms/blue?key=secret");
            assertEquals("blue: hello", client.send("hello").next());
            client.close();
        }
    }

    @Test
    void theChatTellsEverybody() throws Exception {
        try (WebSocketServer server = (WebSocketServer) load("ChatServer", "standalone.md")
                .getMethod("server", String.class, int.class)
                .invoke(null, "127.0.0.1", 0)) {
            server.start();
            EchoClient ann = new EchoClient(server.url() + "/chat");
            assertEquals("hello", ann.send("hello").next());
            EchoClient bob = new EchoClient(server.url() + "/chat");
            assertEquals("me too", bob.send("me too").next());
            assertEquals("me too", ann.next());
            ann.close();
            bob.close();

            String answer =
                    Http.answer(server.port(), "GET /chat" + UPGRADE + "Origin: https://other.example.org\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        }
    }

    @Test
    void theActivatorRegistersAnEcho() throws Exception {
        BundleActivator activator =
                (BundleActivator) load("Activator", "felix.md").getConstructor().newInstance();
        Map<String, Object> registered = new HashMap<>();
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    registered.put("handler", arguments[1]);
                    registered.put("path", ((Dictionary<?, ?>) arguments[2]).get(Handler.PATH));
                    return null;
                });
        activator.start(context);
        try (WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .endpoint((String) registered.get("path"), (Handler) registered.get("handler"))
                .start()) {
            EchoClient client = new EchoClient(server.url() + "/hello");
            assertEquals("hello", client.send("hello").next());
            client.close();
        }
        activator.stop(context);
    }

    /** What Karaf's page shows is what the integration tests install. */
    @Test
    void theHandlerForKarafIsTheExample() throws IOException {
        String example = Files.readString(
                Repository.file("examples/hello-endpoint/src/main/java/org/example/hello/HelloEndpoint.java"));
        assertTrue(Files.readString(Repository.file("docs/karaf.md")).contains("```java\n" + example + "```\n"));
    }

    private Class<?> load(String type, String page) throws Exception {
        return Snippet.named(type, Repository.file("docs/" + page)).compileAndLoad(folder);
    }
}
