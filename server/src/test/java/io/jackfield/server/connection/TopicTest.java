package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.OverflowPolicy;
import io.jackfield.api.PreparedMessage;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.WebSocketServer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.Inflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics over real sockets: who gets what, in which order, and what is left. */
class TopicTest {

    private final Topic topic = new Topic();

    /** Sends what it receives to the topic. */
    private void publishing(WebSocket socket) {
        socket.subscribe(topic);
        socket.onMessage(event -> topic.publish(event.data().toString()));
    }

    private static PreparedMessage numbered(int number, int length) {
        return PreparedMessage.binary(ByteBuffer.allocate(length).putInt(0, number));
    }

    private static int number(WireFrame frame) {
        return ByteBuffer.wrap(frame.payload()).getInt();
    }

    // -- who gets it --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("All subscribers get what one of them publishes, text as text and bytes as bytes, on every loop")
    void reachesAll(int loops) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (WebSocketServer server = TestServer.builder(Options.defaults())
                .loops(loops)
                .onConnection(this::publishing)
                .start()) {
            for (int i = 0; i < 5; i++) {
                RawClient client = RawClient.connect(server.port(), "/");
                client.expectHttp(101);
                clients.add(client);
            }
            assertEquals(5, topic.size());
            clients.get(0).send(WireFrame.frame(WireFrame.TEXT, "one"), WireFrame.frame(WireFrame.TEXT, "two"));
            for (RawClient client : clients) {
                client.expectText("one").expectText("two");
            }
            topic.publish(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2));
            topic.publish(PreparedMessage.text("\ud800"));
            topic.publish("");
            for (RawClient client : clients) {
                assertEquals("82:0102", client.readFrame().hex());
                client.expectText("\ufffd").expectText("");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    @DisplayName("The one that is excepted gets all but that message, others all")
    void excepted() throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    socket.subscribe(topic);
                    socket.onMessage(event -> {
                        topic.publish("before");
                        topic.publish(PreparedMessage.text("not to you"), socket);
                        topic.publish("behind");
                    });
                });
                RawClient author = server.open();
                RawClient other = server.open()) {
            author.sendText("go");
            author.expectText("before").expectText("behind");
            other.expectText("before").expectText("not to you").expectText("behind");
        }
    }

    @Test
    @DisplayName("Who subscribes twice gets each message once, and is gone when it unsubscribes once")
    void subscribingTwice() throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    socket.subscribe(topic);
                    socket.subscribe(topic);
                });
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            topic.publish("once");
            socket.unsubscribe(topic);
            topic.publish("never");
            socket.unsubscribe(topic);
            socket.send("end");
            client.expectText("once").expectText("end");
            assertEquals(0, topic.size());
        }
    }

    @Test
    @DisplayName("A connection in several topics gets what is for each, and leaves the one that it unsubscribes from")
    void severalTopics() throws Exception {
        Topic second = new Topic();
        Topic third = new Topic();
        try (TestServer server = TestServer.start(socket -> {
                    socket.subscribe(topic);
                    socket.subscribe(second);
                    socket.subscribe(third);
                });
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            topic.publish("1");
            third.publish("2");
            second.publish("3");
            socket.unsubscribe(second);
            second.publish("lost");
            third.publish("4");
            topic.publish("5");
            client.expectText("1")
                    .expectText("2")
                    .expectText("3")
                    .expectText("4")
                    .expectText("5");
            assertEquals("1 0 1", topic.size() + " " + second.size() + " " + third.size());
        }
        assertEquals("0 0 0", topic.size() + " " + second.size() + " " + third.size());
    }

    @Test
    @DisplayName("What is published while it is CONNECTING leaves behind the handshake")
    void whileConnecting() throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    socket.subscribe(topic);
                    topic.publish("early");
                    socket.send("own");
                });
                RawClient client = server.open()) {
            client.expectText("early").expectText("own");
        }
    }

    // -- order --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("On the loop what is published keeps its order among what is sent, pinged and closed")
    void orderOnTheLoop() throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    socket.subscribe(topic);
                    socket.onMessage(event -> {
                        topic.publish("1");
                        socket.send("2");
                        topic.publish("3");
                        socket.send(new byte[] {4});
                        topic.publish("5");
                        topic.publish("6");
                        socket.send(PreparedMessage.text("7"));
                        topic.publish("8");
                        socket.close(4000, "done");
                        topic.publish("too late");
                    });
                });
                RawClient client = server.open();
                RawClient other = server.open()) {
            client.sendText("go");
            client.expectText("1").expectText("2").expectText("3");
            assertEquals("82:04", client.readFrame().hex());
            client.expectText("5")
                    .expectText("6")
                    .expectText("7")
                    .expectText("8")
                    .expectClose("4000:done");
            for (String text : List.of("1", "3", "5", "6", "8", "too late")) {
                other.expectText(text);
            }
        }
    }

    @Test
    @DisplayName("From another thread too, behind its subscription and in front of its close")
    void orderOfAnotherThread() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            topic.publish("too early");
            socket.subscribe(topic);
            topic.publish("1");
            socket.send("2");
            topic.publish("3");
            socket.unsubscribe(topic);
            topic.publish("between");
            socket.subscribe(topic);
            topic.publish("4");
            socket.close(4000, "done");
            client.expectText("1")
                    .expectText("2")
                    .expectText("3")
                    .expectText("4")
                    .expectClose("4000:done");
        }
    }

    @Test
    @DisplayName("What many threads publish arrives whole at all, in each thread's order, while others come and go")
    void manyPublishers() throws Exception {
        int publishers = 4;
        int messages = 1500;
        List<RawClient> clients = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(publishers + 1);
        try (WebSocketServer server = TestServer.builder(Options.defaults())
                .loops(2)
                .onConnection(socket -> socket.subscribe(topic))
                .start()) {
            for (int i = 0; i < 4; i++) {
                RawClient client = RawClient.connect(server.port(), "/");
                client.expectHttp(101);
                clients.add(client);
            }
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> work = new ArrayList<>();
            for (int publisher = 0; publisher < publishers; publisher++) {
                int own = publisher;
                work.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < messages; i++) {
                        topic.publish(
                                ByteBuffer.allocate(8 + i % 700).putInt(0, own).putInt(4, i));
                    }
                    return null;
                }));
            }
            work.add(threads.submit(() -> {
                start.await();
                for (int i = 0; i < 20; i++) {
                    RawClient passing = RawClient.connect(server.port(), "/");
                    passing.expectHttp(101);
                    if (i % 2 == 0) {
                        passing.reset();
                    }
                    passing.close();
                }
                return null;
            }));
            start.countDown();
            for (RawClient client : clients) {
                int[] next = new int[publishers];
                for (int i = 0; i < publishers * messages; i++) {
                    ByteBuffer payload = ByteBuffer.wrap(client.readFrame().payload());
                    int publisher = payload.getInt();
                    assertEquals(next[publisher], payload.getInt());
                    assertEquals(8 + next[publisher] % 700, payload.capacity());
                    next[publisher]++;
                }
            }
            for (Future<?> each : work) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
            for (RawClient client : clients) {
                client.close();
            }
        }
        assertEquals(0, topic.size());
    }

    // -- sizes and slow peers -----------------------------------------------------------------------------------------

    @Test
    @DisplayName("Messages of all sizes in one turn arrive whole, also at one that reads only later")
    void sizes() throws Exception {
        List<byte[]> messages = new ArrayList<>();
        for (int length :
                new int[] {0, 1, 125, 126, 511, 512, 1024, 5000, 32_764, 32_768, 65_536, 1_000_000, 7, 40_000, 9}) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (i * 31 + length);
            }
            messages.add(bytes);
        }
        try (TestServer server = TestServer.start(socket -> {
                    socket.subscribe(topic);
                    socket.onMessage(event -> {
                        for (int i = 0; i < 3; i++) {
                            messages.forEach(bytes -> topic.publish(ByteBuffer.wrap(bytes)));
                        }
                    });
                });
                RawClient client = server.open();
                RawClient slow = RawClient.dialNarrow(server.port())) {
            slow.send(RawClient.handshake("/")).expectHttp(101);
            client.sendText("go");
            for (RawClient each : List.of(client, slow)) {
                for (int i = 0; i < 3; i++) {
                    for (byte[] bytes : messages) {
                        assertArrayEquals(bytes, each.readFrame().payload());
                    }
                }
            }
            client.sendClose(1000, "").expectClose("1000:").expectEof();
        }
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    @DisplayName("One that does not read is closed or misses messages by its own policy, and others get all")
    void slowSubscriber(OverflowPolicy policy) throws Exception {
        int messages = 20_000;
        int length = 1024;
        Options options = Options.builder()
                .maxBufferedAmount(1 << 20)
                .overflowPolicy(policy)
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    socket.subscribe(topic);
                    socket.onMessage(event -> socket.send("alive"));
                });
                RawClient slow = RawClient.dialNarrow(server.port())) {
            slow.send(RawClient.handshake("/")).expectHttp(101);
            EventLog slowLog = server.next().withoutDrains().expect("open");
            try (RawClient quick = server.open()) {
                for (int i = 0; i < messages; i++) {
                    topic.publish(numbered(i, length));
                    assertEquals(i, number(quick.readFrame()));
                    assertTrue(slowLog.socket().bufferedAmount() <= 1 << 20, "bufferedAmount passes its limit");
                }
                int got = 0;
                int last = -1;
                boolean endIsPublished = policy == OverflowPolicy.CLOSE;
                WireFrame frame = slow.readFrame();
                for (; frame.opcode() == WireFrame.BINARY; frame = slow.readFrame()) {
                    assertTrue(number(frame) == last + 1 || policy != OverflowPolicy.CLOSE && number(frame) > last);
                    last = number(frame);
                    got++;
                    if (!endIsPublished && slowLog.socket().bufferedAmount() < 500_000) {
                        endIsPublished = true;
                        topic.publish("end");
                    }
                }
                assertTrue(got >= 1000 && got < messages, "It got " + got);
                if (policy == OverflowPolicy.CLOSE) {
                    assertEquals(WireFrame.CLOSE, frame.opcode());
                    assertTrue(frame.closeStatus().startsWith("1013:"));
                    slow.sendClose(1013, "").expectEof();
                    slowLog.expectClosed("close 1013: clean LOCAL sent 1013");
                    assertEquals(1, topic.size());
                } else {
                    assertEquals("end", frame.text());
                    assertEquals(2, topic.size());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    @DisplayName("Who publishes faster than a loop takes it fills no memory: the policy holds, behind what was taken")
    void loopThatLags(OverflowPolicy policy) throws Exception {
        CountDownLatch isBlocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Options options = Options.builder()
                .maxBufferedAmount(10_000)
                .overflowPolicy(policy)
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    socket.subscribe(topic);
                    socket.onMessage(event -> {
                        if (isBlocked.getCount() > 0) {
                            isBlocked.countDown();
                            release.await();
                        } else {
                            socket.send("end");
                        }
                    });
                });
                RawClient client = server.open()) {
            client.sendText("block");
            isBlocked.await();
            for (int i = 0; i < 1000; i++) {
                topic.publish(numbered(i, 1000));
            }
            release.countDown();
            for (int i = 0; i < 10; i++) {
                assertEquals(i, number(client.readFrame()));
            }
            if (policy == OverflowPolicy.CLOSE) {
                client.expectClose(1013).sendClose(1000, "").expectEof();
            } else {
                // Answered on the loop: to others what has left may still seem to wait.
                client.sendText("end").expectText("end");
            }
        } finally {
            release.countDown();
        }
    }

    // -- compression --------------------------------------------------------------------------------------------------

    /** A peer with permessage-deflate, context takeover and a window of 15 bits. */
    private static final class Inflating {
        private final RawClient client;
        private final Inflater inflater = new Inflater(true);

        Inflating(RawClient client) {
            this.client = client;
        }

        String next() throws Exception {
            WireFrame frame = client.readFrame();
            if ((frame.b0() & 0x40) == 0) {
                return frame.text();
            }
            // RFC 7692 section 7.2.2
            byte[] payload = Arrays.copyOf(frame.payload(), frame.payload().length + 4);
            payload[payload.length - 2] = (byte) 0xff;
            payload[payload.length - 1] = (byte) 0xff;
            inflater.setInput(payload);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] part = new byte[1000];
            for (int length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
                text.write(part, 0, length);
            }
            return text.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName(
            "Compressed subscribers understand what is published and what is sent to each alone, beside a plain one")
    void compressed() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        Options options = Options.builder()
                .extensions(PermessageDeflate.builder().build())
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
            socket.subscribe(topic);
            socket.onMessage(event -> {
                topic.publish("published: " + event.data());
                socket.send("only to you: " + event.data());
                topic.publish("x");
            });
        })) {
            List<Inflating> peers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(i == 0 ? server.open() : server.open("Sec-WebSocket-Extensions: permessage-deflate"));
                peers.add(new Inflating(clients.get(i)));
            }
            for (int round = 0; round < 40; round++) {
                int author = round % 4;
                String text = ("round " + round % 7 + ", ").repeat(1 + 20 * round);
                clients.get(author).sendText(text);
                for (int i = 0; i < 4; i++) {
                    assertEquals("published: " + text, peers.get(i).next());
                    if (i == author) {
                        assertEquals("only to you: " + text, peers.get(i).next());
                    }
                    assertEquals("x", peers.get(i).next());
                }
            }
            peers.forEach(peer -> peer.inflater.end());
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    // -- the end ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "end", "server", "handler"})
    @DisplayName("However it ends, a connection leaves its topics, and others go on")
    void leavesWhenItEnds(String how) throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    socket.subscribe(topic);
                    if (topic.size() == 2 && how.equals("handler")) {
                        socket.close();
                    }
                });
                RawClient stays = server.open();
                RawClient goes = RawClient.connect(server.port(), "/")) {
            server.next().expect("open");
            EventLog log = server.next();
            switch (how) {
                case "close" -> {
                    goes.expectHttp(101);
                    goes.sendClose(1000, "").expectClose("1000:").expectEof();
                }
                case "reset" -> {
                    goes.expectHttp(101);
                    goes.reset();
                }
                case "end" -> {
                    goes.expectHttp(101);
                    goes.finishOutput();
                }
                case "server" -> {
                    goes.expectHttp(101);
                    log.socket().close(4000, "");
                    goes.expectClose("4000:").sendClose(4000, "").expectEof();
                }
                default -> goes.drain();
            }
            log.awaitClose();
            assertEquals(1, topic.size());
            topic.publish("others go on");
            stays.expectText("others go on");
        }
        assertEquals(0, topic.size());
    }

    @Test
    @DisplayName("A topic outlives servers: the connections of the next one get what is published")
    void outlivesServers() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (TestServer server = TestServer.start(socket -> socket.subscribe(topic));
                    RawClient client = server.open()) {
                topic.publish("hello");
                client.expectText("hello");
                WebSocket socket = server.next().socket();
                server.server().close(Duration.ZERO);
                assertEquals(0, topic.size());
                socket.subscribe(topic);
                assertEquals(0, topic.size());
                topic.publish("nobody is there");
            }
        }
    }

    @Test
    @DisplayName("Listeners may publish, send, subscribe and close while messages are being written")
    void listenersInAPass() throws Exception {
        Options options = Options.builder()
                .maxBufferedAmount(200_000)
                .overflowPolicy(OverflowPolicy.DROP_NEWEST)
                .build();
        Topic drained = new Topic();
        try (TestServer server = TestServer.start(options, socket -> {
                    socket.subscribe(topic);
                    socket.onDrain(event -> {
                        socket.unsubscribe(topic);
                        drained.publish("drained");
                        socket.send("own");
                        topic.publish("to the others");
                    });
                });
                RawClient watching = server.open();
                RawClient slow = RawClient.dialNarrow(server.port())) {
            server.next().expect("open").socket().subscribe(drained);
            slow.send(RawClient.handshake("/")).expectHttp(101);
            WebSocket socket = server.next().withoutDrains().expect("open").socket();
            while (socket.send(new byte[10_000])) {
                topic.publish("tick");
            }
            WireFrame frame = slow.readFrame();
            while (!"own".equals(frame.text())) {
                frame = slow.readFrame();
            }
            List<String> others = new ArrayList<>();
            while (others.size() < 2) {
                String text = watching.readFrame().text();
                if (!text.equals("tick")) {
                    others.add(text);
                }
            }
            assertEquals(List.of("drained", "to the others"), others);
            assertEquals(1, topic.size());
        }
    }

    @Test
    @DisplayName("Extensions that only watch, and handlers on an executor, change nothing in it")
    void extensionsAndExecutors() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Options options = Options.builder()
                    .extensions(new Watching("x-watch"))
                    .executor(executor)
                    .build();
            try (TestServer server = TestServer.start(options, socket -> {
                        socket.subscribe(topic);
                        socket.onMessage(event -> {
                            topic.publish("1");
                            socket.send("2");
                            topic.publish("3".repeat(2000));
                        });
                    });
                    RawClient plain = server.open();
                    RawClient extended = server.open("Sec-WebSocket-Extensions: x-watch")) {
                extended.sendText("go");
                extended.expectText("1").expectText("2").expectText("3".repeat(2000));
                plain.expectText("1").expectText("3".repeat(2000));
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
