package io.jackfield.documentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.stream.Message;
import io.jackfield.server.WebSocketServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in docs/streams.md do what the page says. */
class StreamsPageTest {

    @TempDir
    private Path folder;

    @Test
    void theEchoThatWaitsEchoes() throws Exception {
        try (WebSocketServer server = page("BlockingEcho").withOwnServer(8080).run(folder)) {
            EchoClient client = new EchoClient(server.url() + "/echo");
            assertEquals("hello", client.send("hello").next());
            assertEquals("again", client.send("again").next());
            client.close();
        }
    }

    @Test
    void uploadsAreKeptAndAnswered() throws Exception {
        Path uploads = Files.createDirectory(folder.resolve("uploads"));
        Handler handler = (Handler) page("Uploads")
                .compileAndLoad(folder)
                .getMethod("to", Path.class)
                .invoke(null, uploads);
        byte[] upload = new byte[300_000];
        new Random(1).nextBytes(upload);
        ExecutorService executor = Executors.newCachedThreadPool();
        try (WebSocketServer server =
                start(handler, Options.builder().executor(executor).build())) {
            EchoClient client = new EchoClient(server.url() + "/");
            assertArrayEquals(upload, (byte[]) client.send(upload).next());
            byte[] second = Arrays.copyOf(upload, 10);
            assertArrayEquals(second, (byte[]) client.send(second).next());
            client.close();
        } finally {
            executor.shutdown();
        }
        try (Stream<Path> kept = Files.list(uploads)) {
            assertEquals(
                    upload.length + 10,
                    kept.mapToLong(file -> file.toFile().length()).sum());
        }
    }

    @Test
    void pricesReachWhoListens() throws Exception {
        try (SubmissionPublisher<Message> prices = new SubmissionPublisher<>()) {
            Handler handler = (Handler) page("Prices")
                    .compileAndLoad(folder)
                    .getConstructor(Publisher.class)
                    .newInstance(prices);
            try (WebSocketServer server = start(handler, Options.defaults())) {
                EchoClient client = new EchoClient(server.url() + "/");
                prices.submit(Message.of("tea 3.20"));
                prices.submit(Message.of("tea 3.25"));
                assertEquals("tea 3.20", client.next());
                assertEquals("tea 3.25", client.next());
                client.close();
            }
        }
    }

    private static Snippet page(String name) throws Exception {
        return Snippet.named(name, Repository.file("docs/streams.md"));
    }

    private static WebSocketServer start(Handler handler, Options options) throws Exception {
        return WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .options(options)
                .endpoint("/", handler)
                .start();
    }
}
