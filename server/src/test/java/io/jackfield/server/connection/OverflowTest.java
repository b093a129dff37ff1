package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.OverflowPolicy;
import io.jackfield.api.ReadyState;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code maxBufferedAmount} with a peer that does not read, and what the overflow policies make of it. */
class OverflowTest {

    private static final int LIMIT = 1 << 20;
    private static final int MESSAGE = 64 << 10;

    private static Options options(OverflowPolicy policy) {
        return Options.builder().maxBufferedAmount(LIMIT).overflowPolicy(policy).build();
    }

    private static RawClient openNarrow(TestServer server) throws Exception {
        RawClient client = RawClient.dialNarrow(server.port());
        client.send(RawClient.handshake("/")).expectHttp(101);
        return client;
    }

    /** Sends messages that begin with their number until one is not accepted; how many were. */
    private static int fill(WebSocket socket) {
        int accepted = 0;
        while (true) {
            byte[] message = ByteBuffer.allocate(MESSAGE).putInt(accepted).array();
            if (socket.sendAsync(ByteBuffer.wrap(message)).toCompletableFuture().isCompletedExceptionally()) {
                return accepted;
            }
            accepted++;
            assertTrue(socket.bufferedAmount() <= LIMIT, "bufferedAmount passes its limit");
        }
    }

    private static void expectMessages(RawClient client, int number) throws Exception {
        for (int i = 0; i < number; i++) {
            assertEquals(i, ByteBuffer.wrap(client.readFrame().payload()).getInt());
        }
    }

    @Test
    @DisplayName("R-91 A-29: CLOSE ends the connection with 1013, behind all that was accepted")
    void closeComesBehindWhatWasAccepted() throws Exception {
        try (TestServer server = TestServer.start(options(OverflowPolicy.CLOSE));
                RawClient client = openNarrow(server)) {
            EventLog log = server.next().withoutDrains().expect("open");
            int accepted = fill(log.socket());
            assertEquals(ReadyState.CLOSING, log.socket().readyState());
            assertFalse(log.socket().send("refused"));
            expectMessages(client, accepted);
            client.expectClose(1013).sendClose(1013, "").expectEof();
            log.expectClosed("close 1013: clean LOCAL sent 1013");
        }
    }

    @Test
    @DisplayName("R-91 S-74: on the loop CLOSE goes behind what was accepted, and ends delivery")
    void closeOnTheLoop() throws Exception {
        BlockingQueue<Integer> accepted = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(
                        options(OverflowPolicy.CLOSE),
                        socket -> socket.onMessage(event -> accepted.add(fill(socket))));
                RawClient client = openNarrow(server)) {
            EventLog log = server.next().withoutDrains();
            client.send(WireFrame.frame(WireFrame.TEXT, "fill"), WireFrame.frame(WireFrame.TEXT, "not delivered"));
            log.expect("open", "text fill");
            expectMessages(client, accepted.poll(15, TimeUnit.SECONDS));
            client.expectClose(1013).sendClose(1000, "").expectEof();
            log.expectClosed("close 1000: clean LOCAL sent 1013");
        }
    }

    @Test
    @DisplayName("R-91 S-81: CLOSE while CONNECTING closes as soon as the connection is open")
    void overflowWhileConnecting() throws Exception {
        BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
        Options options = Options.builder().maxBufferedAmount(4).build();
        try (TestServer server = TestServer.start(options, socket -> {
                    answers.add(socket.send("1234"));
                    answers.add(socket.send("56"));
                    answers.add(socket.send(""));
                });
                RawClient client = server.open()) {
            client.expectText("1234").expectClose(1013).sendClose(1000, "").expectEof();
            assertEquals("[true, false, false]", answers.toString());
            server.next().expect("open").expectClosed("close 1000: clean LOCAL sent 1013");
        }
    }

    @Test
    @DisplayName("R-91: DROP_NEWEST drops the message, goes on, and tells when the output has drained")
    void dropNewestGoesOn() throws Exception {
        try (TestServer server = TestServer.start(options(OverflowPolicy.DROP_NEWEST));
                RawClient client = openNarrow(server)) {
            EventLog log = server.next().expect("open");
            int accepted = fill(log.socket());
            assertEquals(ReadyState.OPEN, log.socket().readyState());
            expectMessages(client, accepted);
            log.expect("drain");
            assertTrue(log.socket().send("goes on"));
            client.expectText("goes on");
        }
    }

    @Test
    @DisplayName("S-73: drain does not come while messages are on their way to a loop that is busy")
    void drainWaitsForWhatIsOnItsWay() throws Exception {
        CountDownLatch inListener = new CountDownLatch(1);
        CountDownLatch filled = new CountDownLatch(1);
        BlockingQueue<Long> bufferedAtDrain = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(options(OverflowPolicy.DROP_NEWEST), socket -> {
                    socket.onDrain(event -> bufferedAtDrain.add(socket.bufferedAmount()));
                    socket.onMessage(event -> {
                        inListener.countDown();
                        assertTrue(filled.await(15, TimeUnit.SECONDS));
                    });
                });
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            client.sendText("busy");
            assertTrue(inListener.await(15, TimeUnit.SECONDS));
            int accepted = fill(socket);
            assertFalse(socket.send("dropped"));
            filled.countDown();
            expectMessages(client, accepted);
            assertEquals(0, bufferedAtDrain.poll(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("R-91: REFUSE throws at the call, lets the stage fail, and goes on")
    void refuseThrows() throws Exception {
        try (TestServer server = TestServer.start(options(OverflowPolicy.REFUSE));
                RawClient client = openNarrow(server)) {
            EventLog log = server.next().expect("open");
            WebSocket socket = log.socket();
            int accepted = fill(socket);
            String refusal = null;
            while (refusal == null) {
                try {
                    // The network may have taken more in the meantime.
                    socket.send(ByteBuffer.allocate(MESSAGE).putInt(0, accepted));
                    accepted++;
                } catch (IllegalStateException e) {
                    refusal = e.getMessage();
                }
            }
            assertEquals("More than maxBufferedAmount (" + LIMIT + " bytes) would wait to be sent", refusal);
            assertThrows(IllegalStateException.class, () -> socket.end(new byte[LIMIT + 1]));
            assertEquals(ReadyState.OPEN, socket.readyState());
            Throwable failure = assertThrows(
                            ExecutionException.class,
                            () -> socket.sendAsync(ByteBuffer.allocate(LIMIT + 1))
                                    .toCompletableFuture()
                                    .get(15, TimeUnit.SECONDS))
                    .getCause();
            assertInstanceOf(IllegalStateException.class, failure);
            expectMessages(client, accepted);
            socket.send("goes on");
            client.expectText("goes on");
        }
    }

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    @DisplayName("R-91 A-29: one message larger than the limit is not accepted, on the loop nor off it")
    void oneMessageTooLarge(OverflowPolicy policy) throws Exception {
        Options options =
                Options.builder().maxBufferedAmount(3).overflowPolicy(policy).build();
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(
                options,
                socket -> socket.onMessage(event -> {
                    answers.add(attempt(() -> socket.send("1234")));
                    answers.add(attempt(() -> socket.send(new byte[4])));
                }))) {
            try (RawClient client = server.open()) {
                client.sendText("on the loop");
                String expected = policy == OverflowPolicy.REFUSE ? "refused" : "false";
                assertEquals(expected, answers.poll(15, TimeUnit.SECONDS));
                assertEquals(expected, answers.poll(15, TimeUnit.SECONDS));
                server.next().expect("open", "text on the loop");
            }
            try (RawClient client = server.open()) {
                EventLog log = server.next().expect("open");
                assertEquals(
                        policy == OverflowPolicy.REFUSE ? "refused" : "false",
                        attempt(() -> log.socket().send("1234")));
                assertEquals(
                        policy == OverflowPolicy.CLOSE ? ReadyState.CLOSING : ReadyState.OPEN,
                        log.socket().readyState());
                if (policy == OverflowPolicy.CLOSE) {
                    client.expectClose(1013);
                } else {
                    log.socket().send("123");
                    client.expectText("123");
                }
            }
        }
    }

    @Test
    @DisplayName("R-91: on the loop a text counts with its bytes in UTF-8: as many as the limit go, one more does not")
    void textsCountWithTheirBytes() throws Exception {
        BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .maxBufferedAmount(6)
                .overflowPolicy(OverflowPolicy.DROP_NEWEST)
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    // Nothing leaves before the handler returns.
                    answers.add(socket.send("\u20ac\u20ac1"));
                    answers.add(socket.send("\u20ac\u20ac"));
                    answers.add(socket.send("1"));
                });
                RawClient client = server.open()) {
            client.expectText("\u20ac\u20ac");
            assertEquals("[false, true, false]", answers.toString());
        }
    }

    @Test
    @DisplayName("R-91: a text that an extension keeps for later counts with its bytes in UTF-8, too")
    void textsThatWaitForAnExtensionCountWithTheirBytes() throws Exception {
        CompletableFuture<Void> letGo = new CompletableFuture<>();
        BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .maxBufferedAmount(12)
                .overflowPolicy(OverflowPolicy.DROP_NEWEST)
                .extensions(new Watching("slow") {
                    @Override
                    public Optional<AcceptedExtension> accept(
                            List<ExtensionParameters> offers, ExtensionContext context) {
                        return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new DeferredSession() {
                            @Override
                            public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                                return CompletableFuture.completedStage(message);
                            }

                            @Override
                            public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
                                return letGo.thenApply(ignored -> message);
                            }
                        }));
                    }
                })
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    // The sign of three bytes, then one of two and a pair of surrogates that has four.
                    answers.add(socket.send("\u20ac"));
                    answers.add(socket.bufferedAmount());
                    answers.add(socket.send("\u00e4\ud83d\ude00"));
                    answers.add(socket.bufferedAmount());
                    answers.add(socket.send("1234"));
                    answers.add(socket.send("\ud83d"));
                });
                RawClient client = server.open("Sec-WebSocket-Extensions: slow")) {
            EventLog log = server.next().expect("open");
            // S-73: what the extension holds has not drained.
            client.sendText("a turn goes by");
            log.expect("text a turn goes by");
            letGo.complete(null);
            log.expect("drain");
            client.expectText("\u20ac").expectText("\u00e4\ud83d\ude00").expectText("\ufffd");
            assertEquals("[true, 3, true, 9, false, true]", answers.toString());
        }
    }

    @Test
    @DisplayName("R-91: empty messages count as well: a peer that does not read cannot gather them without end")
    void emptyMessagesCount() throws Exception {
        BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .maxBufferedAmount(2)
                .overflowPolicy(OverflowPolicy.DROP_NEWEST)
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    for (int i = 0; i < 5; i++) {
                        answers.add(socket.send(""));
                    }
                });
                RawClient client = server.open()) {
            client.expectText("").expectText("").expectText("");
            assertEquals("[true, true, true, false, false]", answers.toString());
        }
    }

    private static String attempt(BooleanSupplier send) {
        try {
            return Boolean.toString(send.getAsBoolean());
        } catch (IllegalStateException e) {
            return "refused";
        }
    }
}
