package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Decision;
import io.jackfield.api.Event;
import io.jackfield.api.Handler;
import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.WebSocket;
import io.jackfield.api.statistics.ConnectionObserver;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.api.statistics.RefusedHandshake;
import io.jackfield.api.statistics.ServerStatistics;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a server says of itself and its connections: ServerMonitor and ConnectionObserver. */
class FiguresTest {

    private static final int PATIENCE_SECONDS = 15;

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "It does not come about");
            Thread.onSpinWait();
        }
    }

    private static ConnectionStatistics only(TestServer server) {
        List<ConnectionStatistics> connections = server.server().connections();
        assertEquals(1, connections.size(), connections::toString);
        return connections.get(0);
    }

    @Test
    void aConnectionIsDescribed() throws Exception {
        try (WebSocketServer server = TestServer.builder(Options.defaults())
                        .endpoint("/rooms/{room}", (socket, request) -> {}, "chat")
                        .start();
                RawClient client =
                        RawClient.connect(server.port(), "/rooms/7?token=secret", "Sec-WebSocket-Protocol: chat")) {
            server.addExtension(new Watching("x-watching"), 0);
            client.expectHttp(101);
            try (RawClient watched =
                    RawClient.connect(server.port(), "/rooms/8", "Sec-WebSocket-Extensions: x-watching")) {
                watched.expectHttp(101);
                await(() -> server.connections().size() == 2);
                ConnectionStatistics first = server.connections().get(0);
                assertEquals(1, first.id());
                assertEquals("/rooms/7", first.path());
                assertEquals("/rooms/{room}", first.endpoint());
                assertEquals("chat", first.protocol());
                assertEquals(List.of(), first.extensions());
                assertEquals(ReadyState.OPEN, first.readyState());
                assertEquals(TestTls.isDefault(), first.isSecure());
                assertTrue(first.remoteAddress().getAddress().isLoopbackAddress());
                assertTrue(first.age().compareTo(Duration.ZERO) > 0);
                assertTrue(first.roundTripTime().isEmpty());
                ConnectionStatistics second = server.connections().get(1);
                assertEquals(2, second.id());
                assertEquals("x-watching", second.extensions().get(0).name());
            }
        }
    }

    @Test
    void messagesAndBytesAreCountedEachWay() throws Exception {
        try (TestServer server = TestServer.start(socket -> socket.onMessage(socket::send));
                RawClient client = server.open()) {
            // The client may read the response before the loop has counted it.
            await(() ->
                    server.server().connections().size() == 1 && only(server).sentBytes() > 0);
            ConnectionStatistics before = only(server);
            client.sendText("12345").expectText("12345");
            client.sendText("").expectText("");
            await(() -> only(server).sentBytes() == before.sentBytes() + 2 + 5 + 2);
            ConnectionStatistics after = only(server);
            assertEquals(2, after.receivedMessages());
            assertEquals(2, after.sentMessages());
            // A masked frame has four bytes more.
            assertEquals(before.receivedBytes() + 6 + 5 + 6, after.receivedBytes());
            ServerStatistics all = server.server().statistics();
            assertEquals(2, all.receivedMessages());
            assertEquals(2, all.sentMessages());
            assertEquals(after.receivedBytes(), all.receivedBytes());
            assertEquals(after.sentBytes(), all.sentBytes());
            assertEquals(1, all.openConnections());
            assertEquals(1, all.acceptedConnections());
            assertEquals(1, all.acceptedHandshakes());
            assertEquals(1, all.eventLoops());
            assertTrue(all.uptime().compareTo(Duration.ZERO) > 0);
            assertTrue(all.loopBusy().compareTo(Duration.ZERO) > 0);
        }
    }

    @Test
    void whatThePeerDoesNotReadIsBuffered() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        try (TestServer server = TestServer.start(socket -> socket.onOpen(event -> {
                    // On the loop: a thread that is faster than the loop fills maxBufferedAmount.
                    while (socket.send("x".repeat(1 << 16))) {
                        assertTrue(socket.bufferedAmount() < 1 << 26, "The network takes all");
                    }
                    full.countDown();
                }));
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            assertTrue(full.await(15, TimeUnit.SECONDS));
            // The network may still take some between the one figure and the other, but not for ever.
            await(() -> {
                long buffered = only(server).bufferedBytes();
                return buffered > 0 && buffered == server.server().statistics().bufferedBytes();
            });
        }
    }

    @Test
    void theRoundTripIsThatOfAutomaticPings() throws Exception {
        try (TestServer server = TestServer.start(
                        Options.builder().ping(Duration.ofMillis(10)).build());
                RawClient client = server.open()) {
            String payload = client.readFrame().text();
            assertTrue(only(server).roundTripTime().isEmpty());
            client.sendPong("something else").sendPong(payload);
            await(() -> only(server).roundTripTime().isPresent());
            assertTrue(only(server).roundTripTime().orElseThrow().compareTo(Duration.ZERO) > 0);
        }
    }

    @Test
    void figuresAreReadWhileALoopIsStuck() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> {
                    stuck.countDown();
                    release.await();
                }));
                RawClient client = server.open()) {
            client.sendText("stay");
            stuck.await();
            try {
                Duration lag = server.server().statistics().loopLag();
                assertEquals(1, only(server).receivedMessages());
                await(() -> server.server().statistics().loopLag().compareTo(lag) > 0);
            } finally {
                release.countDown();
            }
        }
    }

    @Test
    void figuresAreReadOnALoop() throws Exception {
        CompletableFuture<List<ConnectionStatistics>> seen = new CompletableFuture<>();
        CompletableFuture<WebSocketServer> running = new CompletableFuture<>();
        try (TestServer server = TestServer.start(socket ->
                        socket.onMessage(event -> seen.complete(running.join().connections())));
                RawClient client = server.open()) {
            running.complete(server.server());
            client.sendText("look");
            assertEquals(1, seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS).size());
        }
    }

    @Test
    void aConnectionIsClosedByItsNumber() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            server.next().expect("open");
            long id = only(server).id();
            assertFalse(server.server().close(id + 1, 1001, ""));
            assertTrue(server.server().close(id, 1012, "later"));
            client.expectClose("1012:later").sendClose(1012, "");
            await(() -> server.server().connections().isEmpty());
            assertFalse(server.server().close(id, 1001, ""));
            assertEquals(Map.of(1012, 1L), server.server().statistics().closeCodes());
        }
    }

    @Test
    void codesThatNoFrameCarriesAndLongReasonsAreRefused() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThrows(IllegalArgumentException.class, () -> server.server().close(1, 1006, ""));
            assertThrows(IllegalArgumentException.class, () -> server.server().close(1, 1000, "x".repeat(124)));
        }
    }

    @Test
    void refusalsAreCountedByReason() throws Exception {
        Handler deciding = new Handler() {
            @Override
            public Decision decide(Request request) {
                return switch (request.headers().first("X-Wish").orElse("")) {
                    case "reject" -> Decision.reject(Response.text(401, "No"));
                    case "fail" -> throw new IllegalStateException("on purpose");
                    default -> Decision.accept();
                };
            }

            @Override
            public void onConnection(WebSocket socket, Request request) {
                socket.close(4000, "not wanted");
            }
        };
        BlockingQueue<RefusedHandshake> refused = new LinkedBlockingQueue<>();
        ConnectionObserver observer = new ConnectionObserver() {
            @Override
            public void refused(RefusedHandshake handshake) {
                refused.add(handshake);
            }
        };
        Options options = Options.builder().maxHeaders(8).build();
        try (WebSocketServer server = TestServer.builder(options)
                .endpoint("/deciding", deciding)
                .observer(observer)
                .start()) {
            assertRefused(server, refused, RefusalReason.NO_ENDPOINT, 404, "/other", RawClient.handshake("/other?q"));
            String path = "/deciding";
            assertRefused(
                    server, refused, RefusalReason.HANDLER, 401, path, RawClient.handshake(path, "X-Wish: reject"));
            assertRefused(server, refused, RefusalReason.FAILURE, 500, path, RawClient.handshake(path, "X-Wish: fail"));
            assertRefused(
                    server,
                    refused,
                    RefusalReason.ORIGIN,
                    403,
                    path,
                    RawClient.handshake(path, "Origin: https://elsewhere.example"));
            assertRefused(server, refused, RefusalReason.BAD_REQUEST, 400, "", RawClient.head("nonsense"));
            assertRefused(
                    server,
                    refused,
                    RefusalReason.BAD_HANDSHAKE,
                    400,
                    path,
                    RawClient.head(
                            "GET " + path + " HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: Upgrade"));
            assertRefused(
                    server,
                    refused,
                    RefusalReason.LIMIT,
                    431,
                    "",
                    RawClient.handshake(path, "X-1: 1", "X-2: 2", "X-3: 3", "X-4: 4"));
            try (RawClient client = RawClient.connect(server.port(), path)) {
                client.expectEof();
            }
            assertEquals(
                    new RefusedHandshake(RefusalReason.HANDLER, 0, path, null),
                    withoutAddress(refused.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)));
            ServerStatistics statistics = server.statistics();
            assertEquals(2, statistics.refusedHandshakes().get(RefusalReason.HANDLER));
            assertEquals(1, statistics.refusedHandshakes().get(RefusalReason.LIMIT));
            assertEquals(Map.of(Option.MAX_HEADERS, 1L), statistics.limitHits());
            assertEquals(0, statistics.acceptedHandshakes());
            assertEquals(8, statistics.acceptedConnections());
        }
    }

    private static void assertRefused(
            WebSocketServer server,
            BlockingQueue<RefusedHandshake> refused,
            RefusalReason reason,
            int status,
            String path,
            byte[] request)
            throws Exception {
        try (RawClient client = RawClient.dial(server.port())) {
            client.send(request).expectHttp(status);
            assertEquals(
                    new RefusedHandshake(reason, status, path, null),
                    withoutAddress(refused.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)));
        }
    }

    private static RefusedHandshake withoutAddress(RefusedHandshake handshake) {
        return new RefusedHandshake(handshake.reason(), handshake.status(), handshake.path(), null);
    }

    @Test
    void plainRequestsAreCountedByThemselves() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = RawClient.dial(server.port())) {
            client.send(RawClient.head("GET / HTTP/1.1", "Host: localhost")).expectHttp(426);
            assertEquals(1, server.server().statistics().plainRequests());
            assertEquals(Map.of(), server.server().statistics().refusedHandshakes());
        }
    }

    @Test
    void aHandshakeUnderWayAndItsTimeoutAreCounted() throws Exception {
        Options options =
                Options.builder().handshakeTimeout(Duration.ofMillis(200)).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = RawClient.dial(server.port())) {
            await(() -> server.server().statistics().acceptedConnections() == 1);
            client.expectEof();
            await(() -> server.server().statistics().openingConnections() == 0);
            ServerStatistics statistics = server.server().statistics();
            assertEquals(Map.of(RefusalReason.TIMEOUT, 1L), statistics.refusedHandshakes());
            assertEquals(Map.of(Option.HANDSHAKE_TIMEOUT, 1L), statistics.limitHits());
        }
    }

    @Test
    void messagesThatAreTooLongAreLimitHits() throws Exception {
        try (TestServer server = TestServer.start(
                        Options.builder().maxLength(10).maxFragments(1).build());
                RawClient tooLong = server.open();
                RawClient tooMany = server.open()) {
            tooLong.sendText("x".repeat(11)).expectClose(1009);
            tooMany.send(WireFrame.encode(WireFrame.TEXT, new byte[0], true), WireFrame.encode(0, new byte[0], true))
                    .expectClose(1008);
            await(() -> server.server().statistics().closeCodes().size() == 2);
            assertEquals(
                    Map.of(Option.MAX_LENGTH, 1L, Option.MAX_FRAGMENTS, 1L),
                    server.server().statistics().limitHits());
        }
    }

    @Test
    void peersThatAreSilentAreLimitHits() throws Exception {
        Options options = Options.builder()
                .ping(Duration.ofMillis(20))
                .pingTimeout(Duration.ofMillis(20))
                .build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            client.drain();
            await(() -> !server.server().statistics().closeCodes().isEmpty());
            assertEquals(Map.of(1006, 1L), server.server().statistics().closeCodes());
            assertEquals(
                    Map.of(Option.PING_TIMEOUT, 1L),
                    server.server().statistics().limitHits());
        }
    }

    @Test
    void observersHearOfConnectionsAsTheyComeAndGo() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        ConnectionObserver observer = new ConnectionObserver() {
            @Override
            public void opened(ConnectionStatistics connection) {
                heard.add("opened " + connection.id() + " " + connection.readyState());
            }

            @Override
            public void closed(
                    ConnectionStatistics connection, int code, String reason, Event.Close.Initiator initiator) {
                heard.add("closed " + connection.id() + " " + connection.readyState() + " after "
                        + connection.receivedMessages() + ", " + code + " " + reason + " " + initiator);
            }
        };
        try (TestServer server = TestServer.start();
                RawClient unheard = server.open()) {
            server.next().expect("open");
            var registration = server.server().addObserver(observer);
            try (RawClient client = server.open()) {
                client.sendText("hello").sendClose(4001, "done").expectClose(4001);
                assertEquals("opened 2 OPEN", heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
                assertEquals("closed 2 CLOSED after 1, 4001 done PEER", heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            registration.close();
            unheard.sendClose(1000, "").expectClose(1000);
            await(() -> server.server().connections().isEmpty());
            assertTrue(heard.isEmpty(), heard::toString);
        }
    }

    @Test
    void figuresOutliveTheServer() throws Exception {
        WebSocketServer server = TestServer.builder(Options.defaults())
                .onConnection(socket -> socket.onMessage(socket::send))
                .build();
        assertEquals(0, server.statistics().eventLoops());
        assertEquals(List.of(), server.connections());
        assertFalse(server.close(1, 1000, ""));
        server.start();
        try (RawClient client = RawClient.connect(server.port(), "/")) {
            client.expectHttp(101);
            client.sendText("x").expectText("x").sendClose(1000, "").expectClose(1000);
            client.expectEof();
        }
        server.close();
        ServerStatistics after = server.statistics();
        assertEquals(1, after.receivedMessages());
        assertEquals(Map.of(1000, 1L), after.closeCodes());
        assertEquals(0, after.openConnections());
        assertEquals(Duration.ZERO, after.uptime());
    }
}
