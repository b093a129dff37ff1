package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.WebSocket;
import io.jackfield.codec.Driver;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in docs/sans-io.md, as it stands there. */
class SansIoExampleTest {

    private ServerSocket server;
    private Thread serving;

    @BeforeEach
    void startTheExample(@TempDir Path folder) throws Exception {
        Snippet example = Snippet.named("BlockingEcho", Repository.file("docs/sans-io.md"));
        // Nothing but codec and api: the example proves that they are enough.
        assertEquals(
                "", example.compile(folder, location(Driver.class) + File.pathSeparator + location(WebSocket.class)));
        Method serve = example.load(folder).getDeclaredMethod("serve", ServerSocket.class);
        serve.setAccessible(true);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        serving = new Thread(() -> invoke(serve, server), "example");
        serving.start();
    }

    @AfterEach
    void stopTheExample() throws Exception {
        server.close();
        serving.join();
    }

    @Test
    void messagesComeBack() throws Exception {
        EchoClient client = new EchoClient(url("/echo"));
        assertEquals("grüß dich", client.send("grüß dich").next());
        String text = "x".repeat(100_000);
        assertEquals(text, client.send(text).next());
        byte[] bytes = new byte[70_000];
        new Random(1).nextBytes(bytes);
        assertArrayEquals(bytes, (byte[]) client.send(bytes).next());
        client.close();
    }

    @Test
    void messagesBeyondItsLimitCloseTheConnection() throws Exception {
        EchoClient client = new EchoClient(url("/echo"));
        assertEquals(1009, client.send("x".repeat((1 << 20) + 1)).next());
    }

    @Test
    void anotherPathIsNotFound() throws Exception {
        String answer = Http.answer(
                server.getLocalPort(),
                "GET /other HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
    }

    @Test
    void aRequestThatIsNoneIsRefused() throws Exception {
        String answer = Http.answer(server.getLocalPort(), "GET /echo\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    private String url(String path) {
        return "ws://127.0.0.1:" + server.getLocalPort() + path;
    }

    private static void invoke(Method serve, ServerSocket server) {
        try {
            serve.invoke(null, server);
        } catch (InvocationTargetException e) {
            if (!server.isClosed()) {
                throw new AssertionError(e.getCause());
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
