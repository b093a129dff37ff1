package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.OverflowPolicy;
import io.jackfield.api.PreparedMessage;
import io.jackfield.api.WebSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md group G: sending, from the loop and from other threads. */
class SendingTest {

    private static void await(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    private static Throwable failureOf(CompletionStage<Void> stage) {
        return assertThrows(ExecutionException.class, () -> await(stage)).getCause();
    }

    @Test
    @DisplayName("S-77 S-78 S-83 S-86: send and write answer true, and each makes one frame")
    void sendAnswersTrue() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            assertTrue(socket.send("text"));
            assertTrue(socket.send(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2)));
            assertTrue(socket.send(new byte[] {3}));
            assertTrue(socket.write("write"));
            assertTrue(socket.write(ByteBuffer.wrap(new byte[] {4})));
            assertTrue(socket.write(new byte[] {5}));
            assertTrue(socket.send(""));
            client.expectText("text");
            assertEquals("82:0102", client.readFrame().hex());
            assertEquals("82:03", client.readFrame().hex());
            client.expectText("write");
            assertEquals("82:04", client.readFrame().hex());
            assertEquals("82:05", client.readFrame().hex());
            assertEquals("81:", client.readFrame().hex());
        }
    }

    @Test
    @DisplayName("S-83: end(message) sends it and closes, end() closes")
    void endSendsAndCloses() throws Exception {
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> {
            switch (event.data().toString()) {
                case "text" -> socket.end("bye");
                case "bytes" -> socket.end(new byte[] {1});
                case "buffer" -> socket.end(ByteBuffer.wrap(new byte[] {1}));
                default -> socket.end();
            }
        }))) {
            for (String how : List.of("text", "bytes", "buffer", "nothing")) {
                try (RawClient client = server.open()) {
                    client.sendText(how);
                    switch (how) {
                        case "text" -> client.expectText("bye");
                        case "nothing" -> assertEquals("nothing", how);
                        default -> assertEquals("82:01", client.readFrame().hex());
                    }
                    client.expectClose("1000:").sendClose(1000, "").expectEof();
                }
            }
        }
    }

    @Test
    @DisplayName("S-79: null throws")
    void nullThrows() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            assertThrows(NullPointerException.class, () -> socket.send((CharSequence) null));
            assertThrows(NullPointerException.class, () -> socket.send((ByteBuffer) null));
            assertThrows(NullPointerException.class, () -> socket.send((byte[]) null));
            assertThrows(NullPointerException.class, () -> socket.sendAsync((CharSequence) null));
            assertThrows(NullPointerException.class, () -> socket.sendAsync((ByteBuffer) null));
            socket.send("still there");
            client.expectText("still there");
        }
    }

    @Test
    @DisplayName("S-86: lengths take 1, 2 or 8 bytes, and one message is one frame whatever its size")
    void everyMessageIsOneFrame() throws Exception {
        int[] lengths = {0, 125, 126, 65_535, 65_536, 3_000_000};
        try (TestServer server = TestServer.start(socket -> socket.onOpen(event -> {
                    for (int length : lengths) {
                        socket.send("x".repeat(length));
                        socket.send(new byte[length]);
                    }
                }));
                RawClient client = server.open()) {
            for (int length : lengths) {
                WireFrame text = client.readFrame();
                assertEquals(0x81, text.b0());
                assertEquals("x".repeat(length), text.text());
                WireFrame binary = client.readFrame();
                assertEquals(0x82, binary.b0());
                assertEquals(length, binary.payload().length);
            }
        }
    }

    @Test
    @DisplayName("S-78: sendAsync completes when the message has left, on the loop and off it")
    void sendAsyncCompletes() throws Exception {
        BlockingQueue<CompletionStage<Void>> stages = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> {
                    stages.add(socket.sendAsync("while connecting"));
                    socket.onMessage(event -> stages.add(socket.sendAsync("on the loop")));
                });
                RawClient client = server.open()) {
            client.expectText("while connecting");
            await(stages.poll(15, TimeUnit.SECONDS));
            client.sendText("go").expectText("on the loop");
            await(stages.poll(15, TimeUnit.SECONDS));
            WebSocket socket = server.next().socket();
            await(socket.sendAsync("off the loop"));
            await(socket.sendAsync(ByteBuffer.wrap(new byte[1_000_000])));
            client.expectText("off the loop");
            assertEquals(1_000_000, client.readFrame().payload().length);
        }
    }

    @Test
    @DisplayName("S-78 S-111: sendAsync fails where the message was not accepted, or did not leave")
    void sendAsyncFails() throws Exception {
        CountDownLatch backedUp = new CountDownLatch(1);
        // On the loop, which finds out at once what the network takes.
        try (TestServer server = TestServer.start(socket -> socket.onOpen(event -> {
                    while (socket.send(new byte[1 << 20])) {
                        // Until it backs up.
                    }
                    backedUp.countDown();
                }));
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            WebSocket socket = server.next().expect("open").socket();
            assertTrue(backedUp.await(15, TimeUnit.SECONDS));
            CompletionStage<Void> stuck = socket.sendAsync("stuck");
            CompletionStage<Void> stuckBytes = socket.sendAsync(ByteBuffer.allocate(1));
            client.reset();
            assertInstanceOf(IOException.class, failureOf(stuck));
            assertInstanceOf(IOException.class, failureOf(stuckBytes));
            assertInstanceOf(IllegalStateException.class, failureOf(socket.sendAsync("too late")));
            assertInstanceOf(IllegalStateException.class, failureOf(socket.sendAsync(ByteBuffer.allocate(1))));
        }
    }

    @Test
    @DisplayName("S-80: messages and pings of the handler leave in call order right behind the handshake")
    void whatIsSentWhileConnectingIsQueued() throws Exception {
        BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> {
                    answers.add(socket.send("1"));
                    answers.add(socket.ping("2", null));
                    answers.add(socket.send(new byte[] {3}));
                    answers.add(socket.pong(ByteBuffer.wrap(new byte[] {4})));
                });
                RawClient client = server.open()) {
            client.expectText("1").expectFrame(WireFrame.PING, "2");
            assertEquals("82:03", client.readFrame().hex());
            assertEquals("8a:04", client.readFrame().hex());
        }
        assertEquals("[true, true, true, true]", answers.toString());
    }

    @Test
    @DisplayName("S-81 S-22: what is queued while CONNECTING counts against maxBufferedAmount")
    void theQueueWhileConnectingIsBounded() throws Exception {
        BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .maxBufferedAmount(10)
                .overflowPolicy(OverflowPolicy.DROP_NEWEST)
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    answers.add(socket.bufferedAmount());
                    answers.add(socket.send("123456"));
                    answers.add(socket.bufferedAmount());
                    answers.add(socket.send("78901"));
                    answers.add(socket.send("7890"));
                    answers.add(socket.bufferedAmount());
                });
                RawClient client = server.open()) {
            client.expectText("123456").expectText("7890");
            assertEquals("[0, true, 6, false, true, 10]", answers.toString());
            EventLog log = server.next().expect("open", "drain");
            assertEquals(0, log.socket().bufferedAmount());
        }
    }

    @Test
    @DisplayName("S-82: what was queued is dropped silently when close() comes before open; its stage fails")
    void theQueueIsDroppedByClose() throws Exception {
        BlockingQueue<CompletionStage<Void>> stages = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> {
                    stages.add(socket.sendAsync("dropped"));
                    socket.close();
                });
                RawClient client = RawClient.connect(server.port(), "/")) {
            client.expectEof();
            assertInstanceOf(IOException.class, failureOf(stages.poll(15, TimeUnit.SECONDS)));
            server.next().expectClosed("close 1000: unclean LOCAL sent nothing");
        }
    }

    @Test
    @DisplayName("S-87: buffers are not modified, their positions stay, and they may be reused at once")
    void buffersAreNotModified() throws Exception {
        BlockingQueue<String> checks = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> checks.add(reuse(socket))));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.sendText("on the loop");
            assertEquals("1 3 ok", checks.poll(15, TimeUnit.SECONDS));
            assertBuffersArrive(client);
            assertEquals("1 3 ok", reuse(log.socket()));
            assertBuffersArrive(client);
        }
    }

    private static String reuse(WebSocket socket) {
        byte[] bytes = {1, 2, 3, 4};
        ByteBuffer buffer = ByteBuffer.wrap(bytes).position(1).limit(3);
        socket.send(buffer);
        socket.sendAsync(buffer);
        socket.ping(buffer, null);
        socket.pong(buffer);
        StringBuilder text = new StringBuilder("text");
        socket.send(text);
        boolean untouched = Arrays.equals(bytes, new byte[] {1, 2, 3, 4});
        Arrays.fill(bytes, (byte) 9);
        text.setLength(0);
        return buffer.position() + " " + buffer.limit() + (untouched ? " ok" : " modified");
    }

    private static void assertBuffersArrive(RawClient client) throws IOException {
        for (String frame : List.of("82:0203", "82:0203", "89:0203", "8a:0203", "81:74657874")) {
            assertEquals(frame, client.readFrame().hex());
        }
    }

    @Test
    @DisplayName("S-77 A-29: many threads that send at once keep their own order, and messages stay whole")
    void threadsKeepTheirOrder() throws Exception {
        int threads = 8;
        int messages = 500;
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            List<Thread> senders = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = "thread " + thread + " message ";
                Thread sender = new Thread(() -> {
                    for (int i = 0; i < messages; i++) {
                        socket.send(name + i + " " + "x".repeat(i));
                    }
                });
                senders.add(sender);
                sender.start();
            }
            int[] next = new int[threads];
            for (int i = 0; i < threads * messages; i++) {
                String[] words = client.readFrame().text().split(" ", -1);
                int thread = Integer.parseInt(words[1]);
                assertEquals(next[thread], Integer.parseInt(words[3]));
                assertEquals("x".repeat(next[thread]), words[4]);
                next[thread]++;
            }
            for (Thread sender : senders) {
                sender.join();
            }
        }
    }

    @Test
    @DisplayName("S-22 S-77: off the loop a text with an unpaired surrogate is sent as U+FFFD, as on it")
    void unpairedSurrogatesAreReplaced() throws Exception {
        try (TestServer server = TestServer.start(socket -> socket.onOpen(event -> socket.send("a\ud800b")));
                RawClient client = server.open()) {
            client.expectText("a\ufffdb");
            server.next().expect("open").socket().send("\udc00");
            client.expectText("\ufffd");
        }
    }

    @Test
    @DisplayName(
            "S-77 S-86: a prepared message reaches each connection, in its order, from the loop and from elsewhere")
    void preparedMessages() throws Exception {
        PreparedMessage large = PreparedMessage.text("x".repeat(100_000));
        PreparedMessage small = PreparedMessage.binary(ByteBuffer.wrap(new byte[] {1, 2}));
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> {
                    assertTrue(socket.send(small));
                    socket.send(large);
                    socket.send("behind");
                }));
                RawClient first = server.open();
                RawClient second = server.open()) {
            for (RawClient client : List.of(first, second)) {
                WebSocket socket = server.next().expect("open").socket();
                assertTrue(socket.send(small));
                assertEquals("82:0102", client.readFrame().hex());
                client.sendText("go");
                assertEquals("82:0102", client.readFrame().hex());
                client.expectText("x".repeat(100_000)).expectText("behind");
                client.sendClose(1000, "").expectClose("1000:");
                assertFalse(socket.send(small));
            }
        }
    }

    @Test
    @DisplayName("S-77: send answers false when the output is backed up, although the message is accepted")
    void falseMeansBackedUp() throws Exception {
        CompletableFuture<Integer> sent = new CompletableFuture<>();
        byte[] payload = new byte[1 << 20];
        // On the loop, which finds out at once what the network takes.
        try (TestServer server = TestServer.start(socket -> socket.onOpen(event -> {
                    int messages = 1;
                    while (socket.send(payload)) {
                        messages++;
                    }
                    assertFalse(socket.send("accepted all the same"));
                    assertTrue(socket.bufferedAmount() > 0);
                    sent.complete(messages);
                }));
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            for (int i = sent.get(15, TimeUnit.SECONDS); i > 0; i--) {
                client.readFrame();
            }
            client.expectText("accepted all the same");
        }
    }
}
