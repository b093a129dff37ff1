package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Request;
import io.jackfield.codec.handshake.RequestParser;
import io.jackfield.server.WebSocketServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs in the pages for those who come from other libraries do what their pages say. */
class MigrationTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "from-faye-websocket.md,FromFaye,/,hello",
        "from-ws.md,FromWs,/chat,hello",
        "from-java-websocket.md,FromJavaWebSocket,/,hello",
        "from-jetty.md,FromJetty,/echo,hello",
        "from-jakarta-websocket.md,FromJakarta,/rooms/blue,blue: hello"
    })
    void theExampleAnswers(String page, String type, String path, String answer) throws Exception {
        WebSocketServer.Builder builder =
                (WebSocketServer.Builder) load(type, page).getMethod("server").invoke(null);
        try (WebSocketServer server = builder.host("127.0.0.1").port(0).start()) {
            EchoClient client = new EchoClient(server.url() + path);
            assertEquals(answer, client.send("hello").next());
            client.close();
        }
    }

    @Test
    void aConnectionIsHandedOverAsFayeDoes() throws Exception {
        Class<?> example = load("HandedOver", "from-faye-websocket.md");
        try (WebSocketServer server =
                        WebSocketServer.builder().host("127.0.0.1").port(0).start();
                ServerSocketChannel elsewhere =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String url = "ws://127.0.0.1:" + elsewhere.socket().getLocalPort() + "/";
            CompletableFuture<EchoClient> client = CompletableFuture.supplyAsync(() -> connect(url));
            SocketChannel channel = elsewhere.accept();
            ByteBuffer input = ByteBuffer.allocate(8192);
            Request request = read(channel, input);
            example.getMethod("take", WebSocketServer.class, Request.class, SocketChannel.class, ByteBuffer.class)
                    .invoke(null, server, request, channel, input);
            EchoClient opened = client.get(20, TimeUnit.SECONDS);
            assertEquals("hello", opened.send("hello").next());
            opened.close();
        }
    }

    /** What a page says of options holds for the whole map of them. */
    @Test
    void theOptionsOfFayeAreTaken() {
        WebSocketServer.builder()
                .options(
                        Map.of("headers", Map.of("X-A", "1"), "extensions", List.of(), "maxLength", 65536, "ping", 15));
    }

    private Class<?> load(String type, String page) throws Exception {
        return Snippet.named(type, Repository.file("docs/" + page)).compileAndLoad(folder);
    }

    private static Request read(SocketChannel channel, ByteBuffer input) throws Exception {
        RequestParser parser = new RequestParser(16_384, 100);
        while (true) {
            input.clear();
            channel.read(input);
            input.flip();
            if (parser.parse(input) instanceof RequestParser.Complete complete) {
                return complete.request();
            }
        }
    }

    private static EchoClient connect(String url) {
        try {
            return new EchoClient(url);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
