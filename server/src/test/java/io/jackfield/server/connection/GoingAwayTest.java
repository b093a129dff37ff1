package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Decision;
import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.Registration;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import io.jackfield.server.Endpoint;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server, an endpoint or an extension goes away: its connections close in good order. */
class GoingAwayTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static FutureTask<Boolean> closing(WebSocketServer server, Duration timeout) {
        FutureTask<Boolean> result = new FutureTask<>(() -> server.close(timeout));
        new Thread(result).start();
        return result;
    }

    private static List<Thread> threadsOf(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jackfield-" + port))
                .toList();
    }

    @Test
    @DisplayName("R-95: close tells everybody 1001, waits for the answers, and leaves no thread")
    void closeTellsEverybody() throws Exception {
        WebSocketServer server = TestServer.builder(Options.defaults())
                .loops(3)
                .onConnection(socket -> {})
                .start();
        int port = server.port();
        assertEquals(3, threadsOf(port).size());
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            RawClient client = RawClient.connect(port, "/");
            client.expectHttp(101);
            clients.add(client);
        }
        FutureTask<Boolean> closed = closing(server, LONG);
        for (RawClient client : clients) {
            client.expectClose("1001:The server goes away");
        }
        assertFalse(closed.isDone());
        for (RawClient client : clients) {
            client.sendClose(1001, "").expectEof();
            client.close();
        }
        assertTrue(closed.get(15, TimeUnit.SECONDS));
        assertEquals(List.of(), threadsOf(port));
        assertThrows(ConnectException.class, () -> RawClient.dial(port).close());
        assertTrue(server.close(LONG), "Closing again does nothing");
        assertThrows(IllegalStateException.class, server::start);
        assertThrows(IllegalStateException.class, server::port);
    }

    @Test
    @DisplayName("S-71 S-106: 1001 goes behind everything that other threads have had accepted")
    void goingAwayIsBehindWhatWasAccepted() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().withoutDrains().expect("open");
            CountDownLatch sending = new CountDownLatch(100);
            FutureTask<Integer> sender = new FutureTask<>(() -> {
                int accepted = 0;
                while (!log.socket()
                        .sendAsync(ByteBuffer.allocate(4).putInt(0, accepted))
                        .toCompletableFuture()
                        .isCompletedExceptionally()) {
                    accepted++;
                    sending.countDown();
                }
                return accepted;
            });
            Thread thread = new Thread(sender);
            thread.start();
            assertTrue(sending.await(15, TimeUnit.SECONDS));
            FutureTask<Boolean> closed = closing(server.server(), LONG);
            int received = 0;
            WireFrame frame = client.readFrame();
            while (frame.opcode() == WireFrame.BINARY) {
                assertEquals(received, ByteBuffer.wrap(frame.payload()).getInt());
                received++;
                frame = client.readFrame();
            }
            assertEquals("1001:The server goes away", frame.closeStatus());
            assertEquals(sender.get(15, TimeUnit.SECONDS), received);
            client.sendClose(1001, "").expectEof();
            assertTrue(closed.get(15, TimeUnit.SECONDS));
            log.expectClosed("close 1001: clean LOCAL sent 1001");
        }
    }

    @Test
    @DisplayName("R-95: who does not answer is cut off after the timeout, and close answers false")
    void whoDoesNotAnswerIsCutOff() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            int port = server.port();
            EventLog log = server.next().expect("open");
            assertFalse(server.server().close(Duration.ofMillis(100)));
            assertEquals(List.of(), threadsOf(port));
            log.expectClosed("close 1006: unclean LOCAL sent 1001");
            client.expectClose(1001);
            client.drain();
        }
    }

    @Test
    @DisplayName("S-84: a paused connection ends in good order, too")
    void aPausedConnectionEndsInGoodOrder() throws Exception {
        try (TestServer server = TestServer.start(WebSocket::pause);
                RawClient client = server.open()) {
            FutureTask<Boolean> closed = closing(server.server(), LONG);
            client.expectClose(1001).sendClose(1001, "").expectEof();
            assertTrue(closed.get(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("R-95: handshakes under way get 503: without a request, with half of one, and undecided")
    void handshakesUnderWayGet503() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Decision> never = new CompletableFuture<>();
        try (WebSocketServer server = TestServer.builder(Options.defaults())
                        .endpoint("/", deciding(asked, never))
                        .start();
                RawClient silent = RawClient.dial(server.port());
                RawClient half = RawClient.dial(server.port());
                RawClient undecided = RawClient.connect(server.port(), "/")) {
            half.send("GET / HT".getBytes(StandardCharsets.US_ASCII));
            assertTrue(asked.await(15, TimeUnit.SECONDS));
            FutureTask<Boolean> closed = closing(server, LONG);
            for (RawClient client : List.of(half, undecided)) {
                client.expectHttp(503);
                client.expectEof();
                client.close();
            }
            // Who has not asked gets no answer.
            silent.expectSilentEnd();
            assertTrue(closed.get(15, TimeUnit.SECONDS));
            never.complete(Decision.accept());
        }
    }

    private static Handler deciding(CountDownLatch asked, CompletableFuture<Decision> decision) {
        return new Handler() {
            @Override
            public void onConnection(WebSocket socket, Request request) {
                throw new AssertionError("It was not accepted");
            }

            @Override
            public Decision decide(Request request) {
                asked.countDown();
                return Decision.later(decision);
            }
        };
    }

    @Test
    @DisplayName("R-95: close from a listener on the loop does not block it, and everything ends all the same")
    void closeFromAListener() throws Exception {
        BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
        BlockingQueue<WebSocketServer> self = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket ->
                        socket.onMessage(event -> answers.add(self.take().close(LONG))));
                RawClient client = server.open()) {
            List<Thread> threads = threadsOf(server.port());
            self.add(server.server());
            client.sendText("close");
            assertEquals(false, answers.poll(15, TimeUnit.SECONDS));
            client.expectClose(1001).sendClose(1001, "").expectEof();
            server.next().expect("open", "text close").expectClosed("close 1001: clean LOCAL sent 1001");
            for (Thread thread : threads) {
                thread.join(15_000);
                assertFalse(thread.isAlive());
            }
        }
    }

    @Test
    @DisplayName("S-59: an endpoint that is withdrawn closes its connections with 1001, and no others")
    void aWithdrawnEndpointCloses() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient other = server.open()) {
            BlockingQueue<EventLog> logs = new LinkedBlockingQueue<>();
            Registration endpoint = server.server()
                    .addEndpoint(Endpoint.of("/gone", (socket, request) -> logs.add(EventLog.of(socket))));
            try (RawClient client = RawClient.connect(server.port(), "/gone")) {
                client.expectHttp(101);
                EventLog log = logs.poll(15, TimeUnit.SECONDS).expect("open");
                log.socket().send("before");
                endpoint.close();
                client.expectText("before").expectClose("1001:The endpoint was withdrawn");
                client.sendClose(1001, "").expectEof();
                log.expectClosed("close 1001: clean LOCAL sent 1001");
                endpoint.close();
            }
            other.sendText("still here");
            server.next().expect("open", "text still here");
        }
    }

    @Test
    @DisplayName("S-59: a handshake that waits for a withdrawn endpoint gets 503")
    void aHandshakeOfAWithdrawnEndpointGets503() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Decision> decision = new CompletableFuture<>();
        try (TestServer server = TestServer.start()) {
            Registration endpoint = server.server().addEndpoint(Endpoint.of("/gone", deciding(asked, decision)));
            try (RawClient client = RawClient.connect(server.port(), "/gone")) {
                assertTrue(asked.await(15, TimeUnit.SECONDS));
                endpoint.close();
                client.expectHttp(503);
                decision.complete(Decision.accept());
                client.expectEof();
            }
        }
    }

    @Test
    @DisplayName("DESIGN: an extension that is withdrawn closes the connections that use it with 1012, and no others")
    void aWithdrawnExtensionCloses() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient without = server.open()) {
            EventLog other = server.next().expect("open");
            Registration extension = server.server().addExtension(new Watching("gone"), 0);
            try (RawClient client = openWith(server, "gone")) {
                EventLog log = server.next().expect("open");
                log.socket().send("before");
                extension.close();
                client.expectText("before").expectClose("1012:An extension was withdrawn");
                client.sendClose(1012, "").expectEof();
                log.expectClosed("close 1012: clean LOCAL sent 1012");
            }
            without.sendText("still here");
            other.expect("text still here");
            try (RawClient late = RawClient.connect(server.port(), "/", "Sec-WebSocket-Extensions: gone")) {
                String answer = late.expectHttp(101);
                assertFalse(answer.contains("gone"), answer);
            }
        }
    }

    private static RawClient openWith(TestServer server, String extension) throws IOException {
        RawClient client = RawClient.connect(server.port(), "/", "Sec-WebSocket-Extensions: " + extension);
        String answer = client.expectHttp(101);
        assertTrue(answer.contains("Sec-WebSocket-Extensions: " + extension), answer);
        return client;
    }
}
