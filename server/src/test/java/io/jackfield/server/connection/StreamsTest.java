package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.stream.Message;
import io.jackfield.api.stream.MessagePart;
import io.jackfield.api.stream.MessageWriter;
import io.jackfield.api.stream.WebSocketStream;
import io.jackfield.server.ConnectionListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections as publishers and subscribers. */
class StreamsTest {

    private static final int CONTINUATION = 0x00;

    private static byte[] part(int b0, String text) {
        return WireFrame.encode(b0, text.getBytes(StandardCharsets.ISO_8859_1), true);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Streams the first connection alone: others are there to wait for the loop. */
    private static ConnectionListener first(Consumer<WebSocketStream> streaming) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        return socket -> {
            if (isFirst.getAndSet(false)) {
                streaming.accept(WebSocketStream.of(socket));
            }
        };
    }

    /** Reads a frame that does not end its message. */
    private static void expectPart(RawClient client, int opcode, String text) throws IOException {
        WireFrame frame = client.readFrame();
        assertEquals(opcode, frame.b0());
        assertEquals(text, frame.text());
    }

    private static void awaitLoop(TestServer server) throws Exception {
        // There is one loop: it answers this handshake behind all that it was asked for.
        server.open().close();
        server.next().expect("open");
    }

    /** What was written in a turn of the loop is settled at its end, which may be behind what is seen of the turn. */
    private static void awaitBuffered(TestServer server, WebSocket socket, long amount) throws Exception {
        for (int turns = 0; turns < 100 && socket.bufferedAmount() != amount; turns++) {
            awaitLoop(server);
        }
        assertEquals(amount, socket.bufferedAmount());
    }

    // -- receiving ----------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-85: what is not requested is not delivered, and pings are answered until a message waits")
    void onlyWhatIsRequestedIsDelivered() throws Exception {
        RecordingSubscriber<Message> subscriber = new RecordingSubscriber<>();
        try (TestServer server =
                        TestServer.start(first(stream -> stream.messages().subscribe(subscriber)));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.sendPing("1").expectFrame(WireFrame.PONG, "1");
            client.send(WireFrame.frame(WireFrame.TEXT, "a"), WireFrame.frame(WireFrame.BINARY, "b"));
            client.sendText("").sendPing("2");
            awaitLoop(server);
            subscriber.expectNothing();
            subscriber.request(1).expect("text a");
            awaitLoop(server);
            subscriber.expectNothing();
            subscriber.request(1).expect("binary b");
            awaitLoop(server);
            subscriber.expectNothing();
            assertFalse(client.hasInput());
            subscriber.request(1).expect("text ");
            client.expectFrame(WireFrame.PONG, "2");
            client.sendClose(1000, "done").expectClose("1000:done");
            subscriber.expect("complete");
            log.expect("ping 31", "ping 32").expectClosed("close 1000:done clean PEER sent 1000");
        }
    }

    @Test
    @DisplayName("S-63 S-72: a stream takes the messages of the listeners; it completes before the close event")
    void theStreamCompletesBeforeTheCloseEvent() throws Exception {
        RecordingSubscriber<Message> subscriber = new RecordingSubscriber<>();
        BlockingQueue<String> atClose = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> {
                    WebSocketStream.of(socket).messages().subscribe(subscriber);
                    socket.onClose(event -> atClose.add(subscriber.next() + ", " + subscriber.next()));
                });
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            subscriber.request(5);
            client.sendText("taken").sendClose(1000, "");
            log.expectClosed("close 1000: clean PEER sent 1000");
            assertEquals("text taken, complete", atClose.poll(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("S-85: a connection that is lost, or closed within a message, fails the stream")
    void anUncleanEndFails() throws Exception {
        for (boolean withinMessage : new boolean[] {false, true}) {
            RecordingSubscriber<MessagePart> subscriber = new RecordingSubscriber<>();
            try (TestServer server =
                            TestServer.start(first(stream -> stream.parts().subscribe(subscriber)));
                    RawClient client = server.open()) {
                subscriber.request(9);
                if (withinMessage) {
                    client.send(part(WireFrame.TEXT, "begun")).sendClose(1000, "");
                    subscriber.expect("text begun …", "closed 1000");
                } else {
                    client.sendText("whole").reset();
                    subscriber.expect("text whole", "closed 1006");
                }
            }
        }
    }

    @Test
    @DisplayName("S-85 R-53: parts come as they arrive, with control frames between them")
    void partsComeAsTheyArrive() throws Exception {
        RecordingSubscriber<MessagePart> subscriber = new RecordingSubscriber<>();
        try (TestServer server = TestServer.start(first(stream -> stream.parts().subscribe(subscriber)));
                RawClient client = server.open()) {
            subscriber.request(Long.MAX_VALUE);
            client.send(part(WireFrame.TEXT, "one"));
            subscriber.expect("text one …");
            client.sendPing("between").expectFrame(WireFrame.PONG, "between");
            byte[] frame = part(0x80, "two three");
            client.send(Arrays.copyOf(frame, frame.length - 5));
            subscriber.expect("text two  …");
            client.send(Arrays.copyOfRange(frame, frame.length - 5, frame.length));
            subscriber.expect("text three");
            client.sendFrame(WireFrame.BINARY, new byte[0], true);
            subscriber.expect("binary ");
        }
    }

    @Test
    @DisplayName(
            "S-85: a second subscriber is refused; after cancel messages go to the listeners, and another may subscribe")
    void oneSubscriberAtATime() throws Exception {
        RecordingSubscriber<MessagePart> first = new RecordingSubscriber<>();
        RecordingSubscriber<Message> second = new RecordingSubscriber<>();
        RecordingSubscriber<Message> third = new RecordingSubscriber<>();
        try (TestServer server = TestServer.start(first(stream -> stream.parts().subscribe(first)));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            WebSocketStream stream = WebSocketStream.of(log.socket());
            assertSame(stream, WebSocketStream.of(log.socket()));
            assertSame(log.socket(), stream.socket());
            stream.messages().subscribe(second);
            assertTrue(second.next().contains("IllegalStateException"));
            first.request(1);
            client.send(part(WireFrame.TEXT, "half"));
            first.expect("text half …");
            first.subscription.cancel();
            awaitLoop(server);
            client.send(part(0x80, " of it")).sendText("for listeners");
            log.expect("text for listeners");
            stream.messages().subscribe(third);
            awaitLoop(server);
            third.request(9);
            client.sendText("for the third");
            third.expect("text for the third");
            first.expectNothing();
        }
    }

    @Test
    @DisplayName("S-155 R-60: maxStreamedLength binds parts, maxLength whole messages")
    void limits() throws Exception {
        Options options = Options.builder().maxLength(5).maxStreamedLength(10).build();
        RecordingSubscriber<MessagePart> parts = new RecordingSubscriber<>();
        try (TestServer server =
                        TestServer.start(options, first(stream -> stream.parts().subscribe(parts)));
                RawClient client = server.open()) {
            parts.request(9);
            client.sendText("1234567890");
            parts.expect("text 1234567890");
            client.sendText("12345678901").expectClose(1009);
            parts.expect("closed 1009");
        }
        RecordingSubscriber<Message> messages = new RecordingSubscriber<>();
        try (TestServer server = TestServer.start(
                        options, first(stream -> stream.messages().subscribe(messages)));
                RawClient client = server.open()) {
            messages.request(9);
            client.sendText("12345");
            messages.expect("text 12345");
            client.sendText("123456").expectClose(1009);
            messages.expect("closed 1009");
        }
        // Without streams nothing changes.
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            client.sendText("123456").expectClose(1009);
        }
    }

    @Test
    @DisplayName("S-85: with an executor, signals come on it in the order of the events")
    void signalsComeOnTheExecutor() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "of the user"));
        try {
            StringBuffer threads = new StringBuffer();
            RecordingSubscriber<Message> recording = new RecordingSubscriber<>();
            Options options = Options.builder().executor(executor).build();
            try (TestServer server = TestServer.start(
                            options,
                            socket -> WebSocketStream.of(socket).messages().subscribe(new Flow.Subscriber<>() {
                                @Override
                                public void onSubscribe(Flow.Subscription subscription) {
                                    recording.onSubscribe(subscription);
                                    subscription.request(Long.MAX_VALUE);
                                }

                                @Override
                                public void onNext(Message item) {
                                    threads.append(Thread.currentThread().getName())
                                            .append('\n');
                                    recording.onNext(item);
                                }

                                @Override
                                public void onError(Throwable failure) {
                                    recording.onError(failure);
                                }

                                @Override
                                public void onComplete() {
                                    recording.onComplete();
                                }
                            }));
                    RawClient client = server.open()) {
                client.sendText("1").sendText("2").sendClose(1000, "");
                recording.expect("text 1", "text 2", "complete");
                assertEquals("of the user\nof the user\n", threads.toString());
            }
        } finally {
            executor.shutdown();
        }
    }

    @Test
    @DisplayName("S-85: what a subscriber throws is reported and cancels it")
    void whatASubscriberThrowsIsReported() throws Exception {
        RecordingSubscriber<String> reported = new RecordingSubscriber<>();
        Options options = Options.builder()
                .uncaughtExceptionHandler((socket, thrown) -> reported.onError(thrown))
                .build();
        try (TestServer server = TestServer.start(
                        options,
                        socket -> WebSocketStream.of(socket).messages().subscribe(new Flow.Subscriber<>() {
                            @Override
                            public void onSubscribe(Flow.Subscription subscription) {
                                subscription.request(Long.MAX_VALUE);
                            }

                            @Override
                            public void onNext(Message item) {
                                throw new IllegalStateException("thrown for " + item);
                            }

                            @Override
                            public void onError(Throwable failure) {}

                            @Override
                            public void onComplete() {}
                        }));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.sendText("a");
            assertTrue(reported.next().contains("thrown for"));
            client.sendText("b");
            log.expect("text b");
            reported.expectNothing();
        }
    }

    // -- sending ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-85: pipe is an echo, whole messages and fragments, until the peer closes")
    void pipeIsAnEcho() throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    WebSocketStream stream = WebSocketStream.of(socket);
                    stream.pipe(stream);
                });
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.sendText("whole").expectText("whole");
            client.send(part(WireFrame.BINARY, "a"), part(CONTINUATION, "b"), part(0x80, ""));
            assertEquals("02:61", client.readFrame().hex());
            assertEquals("00:62", client.readFrame().hex());
            assertEquals("80:", client.readFrame().hex());
            client.sendClose(1000, "").expectClose("1000:");
            log.withoutDrains().expectClosed("close 1000: clean PEER sent 1000");
        }
    }

    @Test
    @DisplayName("R-52: what a topic publishes waits for the end of a message that is sent in parts")
    void topicsWaitForAMessageInParts() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            Topic topic = new Topic();
            socket.subscribe(topic);
            MessageWriter message = WebSocketStream.of(socket).openText();
            assertTrue(message.write(bytes("one ")));
            expectPart(client, WireFrame.TEXT, "one ");
            topic.publish("waits");
            socket.ping("behind the publishing", null);
            client.expectFrame(WireFrame.PING, "behind the publishing");
            assertTrue(message.end(bytes("two")));
            client.expectFrame(CONTINUATION, "two").expectText("waits");
        }
    }

    @Test
    @DisplayName("S-85 R-52: other messages wait for the end of one that is sent in parts, control frames do not")
    void othersWaitForAMessageInParts() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            WebSocketStream stream = WebSocketStream.of(socket);
            MessageWriter message = stream.openText();
            assertTrue(message.write(bytes("one ")));
            assertThrows(IllegalStateException.class, stream::openBinary);
            assertTrue(socket.send("waits"));
            var waits = socket.sendAsync(bytes("too"));
            socket.ping("does not", null);
            assertTrue(message.write(bytes("")));
            expectPart(client, WireFrame.TEXT, "one ");
            client.expectFrame(WireFrame.PING, "does not");
            awaitBuffered(server, socket, 8);
            assertFalse(waits.toCompletableFuture().isDone());
            assertTrue(message.end(bytes("two")));
            client.expectFrame(CONTINUATION, "two").expectText("waits").expectFrame(WireFrame.BINARY, "too");
            waits.toCompletableFuture().get(15, TimeUnit.SECONDS);
            awaitBuffered(server, socket, 0);
            assertThrows(IllegalStateException.class, () -> message.write(bytes("late")));
            assertThrows(IllegalStateException.class, message::end);
            stream.openBinary().end();
            client.expectFrame(WireFrame.BINARY, "");
        }
    }

    @Test
    @DisplayName("S-73: drain comes between the parts of a message, although another waits for its end")
    void drainBetweenParts() throws Exception {
        ByteBuffer part = ByteBuffer.allocate(1 << 20);
        BlockingQueue<Integer> written = new LinkedBlockingQueue<>();
        BlockingQueue<MessageWriter> messages = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> {
                    // On the loop: a thread that is faster than the loop fills maxBufferedAmount.
                    MessageWriter message = WebSocketStream.of(socket).openBinary();
                    int parts = 1;
                    while (message.write(part)) {
                        parts++;
                    }
                    socket.send("behind it");
                    messages.add(message);
                    written.add(parts);
                }));
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            client.sendText("begin");
            int parts = written.poll(15, TimeUnit.SECONDS);
            for (int i = 0; i < parts; i++) {
                assertEquals(part.remaining(), client.readFrame().payload().length);
            }
            server.next().expect("open", "text begin", "drain");
            messages.remove().end(ByteBuffer.allocate(1));
            assertEquals(1, client.readFrame().payload().length);
            client.expectText("behind it");
        }
    }

    @Test
    @DisplayName("S-106 R-53: close() within a message abandons it and what waits behind it")
    void closeAbandonsAMessageInParts() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            MessageWriter message = WebSocketStream.of(log.socket()).openBinary();
            message.write(bytes("begun"));
            var waits = log.socket().sendAsync("waits");
            log.socket().close(1000, "enough");
            expectPart(client, WireFrame.BINARY, "begun");
            client.expectClose("1000:enough");
            assertFalse(message.write(bytes("late")));
            assertThrows(
                    ExecutionException.class,
                    () -> message.endAsync(bytes("late")).toCompletableFuture().get(15, TimeUnit.SECONDS));
            client.sendClose(1000, "");
            log.expectClosed("close 1000: clean LOCAL sent 1000");
            assertTrue(waits.toCompletableFuture().isCompletedExceptionally());
        }
    }

    @Test
    @DisplayName(
            "S-85: the end of a source closes with 1000, its failure with 1011; the close of the connection cancels it")
    void sourcesEnd() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open();
                RawClient other = server.open();
                RawClient third = server.open()) {
            Flow.Subscriber<Message> first =
                    WebSocketStream.of(server.next().socket()).messageSubscriber();
            first.onSubscribe(new Demand());
            first.onNext(Message.of("last"));
            first.onComplete();
            client.expectText("last").expectClose("1000:");
            Flow.Subscriber<MessagePart> second =
                    WebSocketStream.of(server.next().socket()).partSubscriber();
            second.onSubscribe(new Demand());
            second.onNext(new MessagePart(true, bytes("half"), false));
            second.onError(new IOException("for the test"));
            expectPart(other, WireFrame.TEXT, "half");
            other.expectClose("1011:internal error");
            Demand demand = new Demand();
            WebSocketStream.of(server.next().socket()).messageSubscriber().onSubscribe(demand);
            assertEquals("request 1", demand.calls.take());
            third.reset();
            assertEquals("cancel", demand.calls.poll(15, TimeUnit.SECONDS));
        }
    }

    /** A subscription that keeps what is asked of it. */
    static final class Demand implements Flow.Subscription {

        final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

        @Override
        public void request(long n) {
            calls.add("request " + n);
        }

        @Override
        public void cancel() {
            calls.add("cancel");
        }
    }

    @Test
    @DisplayName("S-73 S-85: a peer that does not read holds up the source, at a window of some messages")
    void aSlowPeerHoldsUpTheSource() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            WebSocket socket = server.next().expect("open").socket();
            Flow.Subscriber<Message> subscriber = WebSocketStream.of(socket).messageSubscriber();
            Demand demand = new Demand();
            subscriber.onSubscribe(demand);
            byte[] payload = new byte[16 * 1024];
            int sent = 0;
            // What is buffered although the loop has done all it was asked for, the network does not take.
            while (!demand.calls.isEmpty() || socket.bufferedAmount() == 0) {
                assertEquals("request 1", demand.calls.poll(15, TimeUnit.SECONDS));
                subscriber.onNext(Message.of(ByteBuffer.wrap(payload)));
                sent++;
                assertTrue(socket.bufferedAmount() <= 128 * 1024, "buffered: " + socket.bufferedAmount());
                awaitLoop(server);
            }
            assertTrue(sent < 10_000, "sent: " + sent);
            for (int i = 0; i < sent; i++) {
                assertEquals(payload.length, client.readFrame().payload().length);
            }
            assertEquals("request 1", demand.calls.poll(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("S-85: a subscriber that requests nothing makes the peer's window fill, and little is held")
    void aSlowSubscriberHoldsUpThePeer() throws Exception {
        RecordingSubscriber<MessagePart> subscriber = new RecordingSubscriber<>();
        Options options = Options.builder().maxStreamedLength(Long.MAX_VALUE).build();
        try (TestServer server =
                        TestServer.start(options, first(stream -> stream.parts().subscribe(subscriber)));
                RawClient client = server.open()) {
            int length = 64 << 20;
            Thread sender = new Thread(() -> {
                try {
                    client.sendFrame(WireFrame.BINARY, new byte[length], true);
                } catch (IOException e) {
                    // The test has failed and closed it.
                }
            });
            sender.start();
            EventLog log = server.next().expect("open");
            for (int turns = 0; turns < 10; turns++) {
                awaitLoop(server);
            }
            assertTrue(sender.isAlive());
            long read = server.server().connections().stream()
                    .mapToLong(ConnectionStatistics::receivedBytes)
                    .sum();
            assertTrue(read < 1 << 20, "read: " + read);
            subscriber.request(Long.MAX_VALUE);
            long received = 0;
            String part = subscriber.next();
            while (part.endsWith(" …")) {
                received += part.length() - "binary  …".length();
                part = subscriber.next();
            }
            assertEquals(length, received + part.length() - "binary ".length());
            sender.join();
            log.expectNothing();
        }
    }
}
