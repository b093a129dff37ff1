package io.jackfield.server.connection;

import static io.jackfield.server.connection.HttpPeer.frame;
import static io.jackfield.server.connection.HttpPeer.get;
import static io.jackfield.server.connection.HttpPeer.upgrade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Decision;
import io.jackfield.api.Event;
import io.jackfield.api.Handler;
import io.jackfield.api.Headers;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Registration;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.WebSocket;
import io.jackfield.server.Endpoint;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import io.jackfield.server.connection.HttpPeer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and what becomes of them, through real sockets. */
class OpeningPhaseTest {

    private static final long PATIENCE_SECONDS = 20;

    /** Decides as the test says, echoes, and records. */
    private static final class Recorder implements Handler {
        private final Decider decider;
        final BlockingQueue<WebSocket> sockets = new LinkedBlockingQueue<>();
        final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        final BlockingQueue<Event.Close> closes = new LinkedBlockingQueue<>();
        final BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        volatile RuntimeException thrown;

        Recorder(Decider decider) {
            this.decider = decider;
        }

        @Override
        public Decision decide(Request request) throws Exception {
            threads.add(Thread.currentThread().getName());
            return decider.decide(request);
        }

        @Override
        public void onConnection(WebSocket socket, Request request) {
            threads.add(Thread.currentThread().getName());
            socket.onMessage(socket::send);
            socket.onClose(closes::add);
            sockets.add(socket);
            requests.add(request);
            if (thrown != null) {
                throw thrown;
            }
        }
    }

    private interface Decider {
        Decision decide(Request request) throws Exception;
    }

    private final Recorder accepting = new Recorder(request -> Decision.accept());
    private WebSocketServer server;

    private void start(WebSocketServer.Builder builder) throws IOException {
        server = builder.host("127.0.0.1").port(0).loops(1).start();
    }

    private void start(Handler handler, Options options) throws IOException {
        start(TestTls.defaultBuilder().options(options).endpoint("/echo", handler, "chat", "superchat"));
    }

    private void start(Handler handler) throws IOException {
        start(handler, Options.defaults());
    }

    /** Starts a server in place of the one before. */
    private void restart(Handler handler, Duration handshakeTimeout) throws IOException {
        stop();
        start(handler, Options.builder().handshakeTimeout(handshakeTimeout).build());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close(Duration.ofSeconds(PATIENCE_SECONDS));
        }
    }

    /** Sends a request and reads the one answer, behind which the connection must end. */
    private Answer askOnce(String request) throws IOException {
        try (HttpPeer peer = HttpPeer.connect(server)) {
            Answer answer = peer.send(request).answer(!request.startsWith("HEAD"));
            assertEquals("", peer.rest());
            return answer;
        }
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        return queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void assertEchoes(HttpPeer peer) throws IOException {
        peer.send(frame("still here"));
        assertEquals("81:still here", peer.frame());
    }

    // -- decisions ----------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "S-7, S-30, S-38, S-58: an accepted request is answered with 101, and the fields of options and decision")
    void anAcceptedRequestIsUpgraded() throws Exception {
        start(
                new Recorder(request -> Decision.accept().header("X-Mine", "decided")),
                Options.builder()
                        .headers(Headers.EMPTY.with("X-Ours", "configured"))
                        .build());
        try (HttpPeer peer = HttpPeer.connect(server)) {
            Answer answer = peer.send(upgrade("/echo", "Sec-WebSocket-Protocol: x, superchat, chat"))
                    .answer();
            assertEquals(101, answer.status());
            assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.field("Sec-WebSocket-Accept"));
            assertEquals("superchat", answer.field("Sec-WebSocket-Protocol"));
            assertEquals("decided", answer.field("X-Mine"));
            assertEquals("configured", answer.field("X-Ours"));
            assertNull(answer.field("Content-Length"));
            assertEchoes(peer);
        }
    }

    @Test
    void theHandlerSeesTheRequestAndTheSocketBeforeItIsOpen() throws Exception {
        start(accepting);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(upgrade("/echo?a=b%20c", "X-Token: abc")).answer();
            Request request = take(accepting.requests);
            WebSocket socket = take(accepting.sockets);
            assertEquals("/echo?a=b%20c", request.target());
            assertEquals(Optional.of("abc"), request.headers().first("X-Token"));
            assertEquals(
                    peer.socket.getLocalSocketAddress(), request.remoteAddress().orElseThrow());
            assertEquals(TestServer.scheme() + "://example.org/echo?a=b%20c", socket.url());
            assertEchoes(peer);
            assertEquals(ReadyState.OPEN, socket.readyState());
        }
    }

    @Test
    void aDecisionMayNameItsOwnSubprotocols() throws Exception {
        start(new Recorder(request -> Decision.accept().protocols("secret")));
        try (HttpPeer peer = HttpPeer.connect(server)) {
            Answer answer = peer.send(upgrade("/echo", "Sec-WebSocket-Protocol: chat, secret"))
                    .answer();
            assertEquals("secret", answer.field("Sec-WebSocket-Protocol"));
        }
    }

    @Test
    @DisplayName("R-24, R-44, A-58: a rejection is answered as it was decided, and ends the connection")
    void aRejectionCarriesStatusFieldsAndBody() throws Exception {
        start(new Recorder(request ->
                Decision.reject(Response.text(401, "Wer da?").header("WWW-Authenticate", "Basic realm=\"x\""))));
        Answer answer = askOnce(upgrade("/echo") + get("/echo"));
        assertEquals(401, answer.status());
        assertEquals("Basic realm=\"x\"", answer.field("WWW-Authenticate"));
        assertEquals("close", answer.field("Connection"));
        assertEquals("Wer da?", answer.body());
    }

    @Test
    void aDecisionMayComeLaterFromAnyThread() throws Exception {
        CompletableFuture<Decision> later = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        Recorder handler = new Recorder(request -> {
            asked.complete(null);
            return Decision.later(later);
        });
        start(handler);
        try (HttpPeer peer = HttpPeer.connect(server);
                HttpPeer other = HttpPeer.connect(server)) {
            peer.send(upgrade("/echo") + frame("early"));
            asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            // The loop serves others meanwhile, in the same read buffer.
            assertEquals(404, other.send(get("/elsewhere")).answer().status());
            peer.send(frame("and more"));
            later.complete(Decision.later(CompletableFuture.completedStage(Decision.accept())));
            assertEquals(101, peer.answer().status());
            assertEquals("81:early", peer.frame());
            assertEquals("81:and more", peer.frame());
        }
    }

    @Test
    void aLaterRejectionIsAnswered() throws Exception {
        CompletableFuture<Decision> later = new CompletableFuture<>();
        start(new Recorder(request -> Decision.later(later)));
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(upgrade("/echo"));
            later.complete(Decision.reject(Response.text(403, "no")));
            assertEquals(403, peer.answer().status());
            assertEquals("", peer.rest());
        }
    }

    @Test
    void whatFailsLaterIsAnsweredWith500() throws Exception {
        CompletionStage<Decision> failed = CompletableFuture.failedStage(new IllegalStateException("on purpose"));
        start(new Recorder(request -> Decision.later(failed)));
        Answer answer = askOnce(upgrade("/echo"));
        assertEquals(500, answer.status());
        assertEquals("Internal server error", answer.body());
    }

    @Test
    void nullIsNoDecision() throws Exception {
        start(new Recorder(request -> null));
        assertEquals(500, askOnce(upgrade("/echo")).status());
    }

    @Test
    void nullIsNoDecisionLaterEither() throws Exception {
        start(new Recorder(request -> Decision.later(CompletableFuture.completedStage(null))));
        assertEquals(500, askOnce(upgrade("/echo")).status());
    }

    @Test
    @DisplayName("A-62: what a handler throws is answered with 500, and tells the peer nothing")
    void aDecisionThatThrowsIsAnsweredWith500() throws Exception {
        start(new Recorder(request -> {
            throw new IOException("the password is xyzzy");
        }));
        Answer answer = askOnce(upgrade("/echo"));
        assertEquals(500, answer.status());
        assertEquals("Internal server error", answer.body());
    }

    @Test
    @DisplayName(
            "S-82, A-62: a handler that throws at the connection is answered with 500, and the socket gets its close event")
    void aHandlerThatThrowsIsAnsweredWith500() throws Exception {
        Recorder handler = new Recorder(request -> Decision.accept());
        handler.thrown = new IllegalStateException("on purpose");
        start((socket, request) -> {
            socket.send("never seen");
            handler.onConnection(socket, request);
        });
        assertEquals(500, askOnce(upgrade("/echo") + frame("early")).status());
        assertEquals(1006, take(handler.closes).code());
        WebSocket socket = take(handler.sockets);
        assertEquals(ReadyState.CLOSED, socket.readyState());
        assertEquals(false, socket.send("too late"));
    }

    @Test
    @DisplayName("S-108: a handler that closes before the connection is open leaves nothing on the wire")
    void closingInTheHandlerWritesNothing() throws Exception {
        Recorder handler = new Recorder(request -> Decision.accept());
        start((socket, request) -> {
            handler.onConnection(socket, request);
            socket.send("never seen");
            socket.close(3001, "changed my mind");
        });
        try (HttpPeer peer = HttpPeer.connect(server)) {
            assertTrue(peer.send(upgrade("/echo")).endsSilently());
        }
        Event.Close close = take(handler.closes);
        assertEquals(3001, close.code());
        assertEquals("changed my mind", close.reason());
    }

    // -- the executor -------------------------------------------------------------------------------------------------

    @Test
    void theExecutorOfTheOptionsRunsDecisionAndHandlerAndFallback() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "users-own"));
        CompletableFuture<String> fallbackThread = new CompletableFuture<>();
        try {
            start(TestTls.defaultBuilder()
                    .options(Options.builder().executor(executor).build())
                    .fallback(request -> {
                        fallbackThread.complete(Thread.currentThread().getName());
                        return Optional.of(Response.text(200, "page"));
                    })
                    .endpoint("/echo", accepting));
            try (HttpPeer peer = HttpPeer.connect(server)) {
                assertEquals(
                        101,
                        peer.send(upgrade("/echo") + frame("early")).answer().status());
                assertEquals("81:early", peer.frame());
                assertEchoes(peer);
            }
            assertEquals("users-own", take(accepting.threads));
            assertEquals("users-own", take(accepting.threads));
            assertEquals("page", askOnce(get("/")).body());
            assertEquals("users-own", fallbackThread.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } finally {
            stop();
            executor.shutdownNow();
        }
    }

    @Test
    void withoutExecutorTheLoopRunsTheHandler() throws Exception {
        start(accepting);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            assertEquals(101, peer.send(upgrade("/echo")).answer().status());
        }
        assertEquals("jackfield-" + server.port() + "-1", take(accepting.threads));
    }

    @Test
    void anExecutorThatRefusesIsAnsweredWith500() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        start(accepting, Options.builder().executor(executor).build());
        assertEquals(500, askOnce(upgrade("/echo")).status());
        assertEquals(500, askOnce(get("/")).status());
    }

    @Test
    void whatThrowsOnTheExecutorIsAnsweredWith500() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            Recorder handler = new Recorder(request -> {
                if (request.query().isPresent()) {
                    throw new IllegalStateException("on purpose");
                }
                return Decision.accept();
            });
            handler.thrown = new IllegalStateException("on purpose too");
            start(handler, Options.builder().executor(executor).build());
            assertEquals(500, askOnce(upgrade("/echo?fail")).status());
            assertEquals(500, askOnce(upgrade("/echo")).status());
            assertEquals(1006, take(handler.closes).code());
        } finally {
            stop();
            executor.shutdownNow();
        }
    }

    // -- origins ------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @DisplayName("R-37, A-64: by default a page must come from the host that it asks")
    @CsvSource({
        "http://example.org, 101",
        "https://example.org:8443, 101",
        "http://example.org.evil.com, 403",
        "http://evil-example.org, 403",
        "null, 403",
        "'', 403",
    })
    void theOriginIsJudged(String origin, int status) throws Exception {
        start(accepting);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            assertEquals(
                    status,
                    peer.send(upgrade("/echo", "Origin: " + origin)).answer().status());
            if (status == 403) {
                assertEquals("", peer.rest());
            }
        }
    }

    @Test
    void anEndpointMayHaveItsOwnOriginPolicy() throws Exception {
        Options own = Options.builder()
                .origins((origin, request) -> request.pathParameters().containsValue(origin.substring(7)))
                .build();
        start(TestTls.defaultBuilder()
                .endpoint(Endpoint.of("/of/{site}", accepting).withOptions(own)));
        assertEquals(403, askOnce(upgrade("/of/a.com", "Origin: http://b.com")).status());
        try (HttpPeer peer = HttpPeer.connect(server)) {
            assertEquals(
                    101,
                    peer.send(upgrade("/of/a.com", "Origin: http://a.com"))
                            .answer()
                            .status());
        }
    }

    @Test
    void anOriginPolicyThatThrowsIsAnsweredWith500() throws Exception {
        start(
                accepting,
                Options.builder()
                        .origins((origin, request) -> {
                            throw new IllegalStateException("on purpose");
                        })
                        .build());
        assertEquals(500, askOnce(upgrade("/echo", "Origin: http://a.com")).status());
    }

    // -- other requests -----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("R-36: no endpoint at the path is 404, for a WebSocket and for a page")
    void nothingThereIs404() throws Exception {
        start(accepting);
        assertEquals(404, askOnce(upgrade("/nowhere")).status());
        assertEquals(404, askOnce(get("/nowhere")).status());
    }

    @Test
    @DisplayName("R-23, A-59: a plain request at an endpoint is told to upgrade, and the connection ends")
    void aPlainRequestAtAnEndpointIs426() throws Exception {
        start(accepting);
        Answer answer = askOnce(get("/echo") + upgrade("/echo"));
        assertEquals(426, answer.status());
        assertEquals("websocket", answer.field("Upgrade"));
        assertEquals("close, Upgrade", answer.field("Connection"));
        assertEquals("13", answer.field("Sec-WebSocket-Version"));
    }

    @ParameterizedTest
    @DisplayName("R-15, R-28, S-3: another method at an endpoint is 405 with Allow, an unknown one 501")
    @CsvSource({"POST, 405", "DELETE, 405", "BREW, 501", "get, 501"})
    void otherMethodsAreRefused(String method, int status) throws Exception {
        start(accepting);
        String plain = method + " /echo HTTP/1.1\r\nHost: example.org\r\n\r\n";
        Answer answer = askOnce(plain);
        assertEquals(status, answer.status());
        assertEquals(status == 405 ? "GET" : null, answer.field("Allow"));
        assertEquals(status, askOnce(upgrade("/echo").replace("GET", method)).status());
    }

    @ParameterizedTest
    @DisplayName(
            "R-29, R-32 to R-35, R-44, S-36, S-45, S-46, S-51, S-53, A-58: a faulty handshake is refused and ends the connection")
    @CsvSource({
        "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 8, 426",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, X-Nothing: y, 400",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, Sec-WebSocket-Key: abc, 400",
        "Host: example.org, X-Nothing: y, 400",
        "Host: example.org, Host: exa mple.org, 400",
    })
    void faultyHandshakesAreRefused(String good, String bad, int status) throws Exception {
        start(accepting);
        Answer answer = askOnce(upgrade("/echo").replace(good, bad) + upgrade("/echo"));
        assertEquals(status, answer.status());
        assertTrue(answer.field("Connection").startsWith("close"));
        assertEquals(status == 426 ? "13" : null, answer.field("Sec-WebSocket-Version"));
        assertTrue(accepting.sockets.isEmpty());
    }

    @Test
    @DisplayName("R-20, S-13: an upgrade in HTTP/1.0 is 400")
    void http10DoesNotUpgrade() throws Exception {
        start(accepting);
        assertEquals(
                400, askOnce(upgrade("/echo").replace("HTTP/1.1", "HTTP/1.0")).status());
    }

    @Test
    @DisplayName("R-17 to R-19, A-57: a request with a body is refused, and nothing of the body is a request")
    void aBodyIsRefused() throws Exception {
        start(accepting);
        String smuggled = upgrade("/echo");
        assertEquals(
                413,
                askOnce(upgrade("/echo", "Content-Length: " + smuggled.length()) + smuggled)
                        .status());
        assertEquals(
                413,
                askOnce(upgrade("/echo", "Transfer-Encoding: chunked") + "0\r\n\r\n" + smuggled)
                        .status());
    }

    @Test
    @DisplayName("R-26, A-48, A-53: a head with too many fields or bytes is refused")
    void tooLargeHeadsAreRefused() throws Exception {
        start(accepting, Options.builder().maxHeaders(10).maxHeadLength(2_000).build());
        assertEquals(
                431,
                askOnce(upgrade("/echo", "A: 1", "B: 2", "C: 3", "D: 4", "E: 5", "F: 6"))
                        .status());
        assertEquals(431, askOnce(upgrade("/echo", "A: " + "x".repeat(3_000))).status());
        assertEquals(414, askOnce(get("/" + "x".repeat(3_000))).status());
    }

    // -- fallbacks ----------------------------------------------------------------------------------------------------

    @Test
    void fallbacksAreAskedInTurnAndTheServerAnswersAtLast() throws Exception {
        start(TestTls.defaultBuilder()
                .endpoint("/echo", accepting)
                .fallback(request -> Optional.of(Response.text(200, "first"))
                        .filter(response -> request.path().equals("/a")))
                .fallback(request -> Optional.of(Response.text(200, "second").header("X-Page", "2"))
                        .filter(response -> !request.path().equals("/c"))));
        assertEquals("first", askOnce(get("/a")).body());
        assertEquals("2", askOnce(get("/b")).field("X-Page"));
        assertEquals(404, askOnce(get("/c")).status());
        // A page may stand at the path of an endpoint.
        assertEquals("second", askOnce(get("/echo")).body());
        assertEquals(404, askOnce(upgrade("/b")).status());
    }

    @Test
    void aFallbackWithdrawnIsNotAsked() throws Exception {
        start(accepting);
        Registration registration = server.addFallback(request -> Optional.of(Response.of(204)), 5);
        assertEquals(204, askOnce(get("/")).status());
        registration.close();
        assertEquals(404, askOnce(get("/")).status());
    }

    @Test
    void aFallbackThatThrowsIsAnsweredWith500() throws Exception {
        start(TestTls.defaultBuilder().fallback(request -> {
            throw new IOException("on purpose");
        }));
        assertEquals(500, askOnce(get("/")).status());
        start(TestTls.defaultBuilder().fallback(request -> null));
        assertEquals(500, askOnce(get("/")).status());
    }

    @Test
    @DisplayName("R-24: the answer to HEAD has the length of the body, and no body")
    void headHasNoBody() throws Exception {
        start(TestTls.defaultBuilder().fallback(request -> Optional.of(Response.text(200, "page"))));
        Answer answer = askOnce("HEAD / HTTP/1.1\r\nHost: example.org\r\n\r\n");
        assertEquals(200, answer.status());
        assertEquals("4", answer.field("Content-Length"));
    }

    // -- time ---------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("R-26, A-52: a head that does not end in time is answered with 408")
    void aSlowHeadIs408() throws Exception {
        Timely.attempt(time -> {
            restart(accepting, time);
            assertEquals(408, askOnce("GET /echo HTTP/1.1\r\nHost: exam").status());
        });
    }

    @Test
    @DisplayName("R-93: a connection on which nothing comes is closed without a word")
    void silenceIsClosedSilently() throws Exception {
        Timely.attempt(time -> {
            restart(accepting, time);
            // Within TLS the handshake has to be over in time.
            try (HttpPeer peer = HttpPeer.connect(server)) {
                assertTrue(peer.endsSilently());
            }
        });
    }

    @Test
    void aDecisionThatNeverComesIs408() throws Exception {
        Timely.attempt(time -> {
            restart(new Recorder(request -> Decision.later(new CompletableFuture<>())), time);
            assertEquals(408, askOnce(upgrade("/echo")).status());
        });
    }

    @Test
    void aDecisionAfterTheTimeoutDoesNothing() throws Exception {
        Timely.attempt(time -> {
            CompletableFuture<Decision> later = new CompletableFuture<>();
            Recorder handler = new Recorder(request -> Decision.later(later));
            restart(handler, time);
            assertEquals(408, askOnce(upgrade("/echo")).status());
            later.complete(Decision.accept());
            assertEquals(404, askOnce(get("/behind/it")).status());
            assertTrue(handler.sockets.isEmpty());
        });
    }

    @Test
    void anOpenConnectionOutlivesTheHandshakeTimeout() throws Exception {
        Timely.attempt(time -> {
            restart(accepting, time);
            try (HttpPeer open = HttpPeer.connect(server);
                    HttpPeer silent = HttpPeer.connect(server)) {
                assertEquals(101, open.send(upgrade("/echo")).answer().status());
                // The timer of the other connection began later.
                assertTrue(silent.endsSilently());
                assertEchoes(open);
            }
        });
    }

    // -- bytes behind the head ----------------------------------------------------------------------------------------

    @Test
    @DisplayName("R-43, S-24: frames behind the head are delivered after the handshake")
    void framesBehindTheHeadAreNotLost() throws Exception {
        start(accepting);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(upgrade("/echo")
                    + frame("one")
                    + frame("two")
                    + frame("three").substring(0, 4));
            assertEquals(101, peer.answer().status());
            assertEquals("81:one", peer.frame());
            assertEquals("81:two", peer.frame());
            peer.send(frame("three").substring(4));
            assertEquals("81:three", peer.frame());
        }
    }

    @Test
    @DisplayName("R-1, A-52: a head may come byte by byte")
    void aHeadMayComeByteByByte() throws Exception {
        start(accepting);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            String bytes = upgrade("/echo") + frame("one");
            for (int i = 0; i < bytes.length(); i++) {
                peer.send(bytes.substring(i, i + 1));
            }
            assertEquals(101, peer.answer().status());
            assertEquals("81:one", peer.frame());
        }
    }

    // -- paths, proxies -----------------------------------------------------------------------------------------------

    @Test
    void pathParametersReachDecisionAndHandler() throws Exception {
        CompletableFuture<Map<String, String>> decided = new CompletableFuture<>();
        Recorder handler = new Recorder(request -> {
            decided.complete(request.pathParameters());
            return Decision.accept();
        });
        start(TestTls.defaultBuilder().endpoint("/rooms/{room}/*", handler));
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(upgrade("/rooms/gr%C3%BCn/a/b?c=d")).answer();
            Map<String, String> expected = Map.of("room", "gr\u00fcn", "*", "a/b");
            assertEquals(expected, decided.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(expected, take(handler.requests).pathParameters());
        }
    }

    @ParameterizedTest
    @DisplayName(
            "S-10, S-11: a trusted proxy says with one of four fields, and its exact value, that its client has TLS")
    @CsvSource(
            delimiter = '|',
            value = {
                "Https: on | true",
                "X-Forwarded-Ssl: on | true",
                "X-Forwarded-Scheme: https | true",
                "X-Forwarded-Proto: https | true",
                "X-Forwarded-Proto: HTTPS | false",
                "X-Forwarded-Proto: https,http | false",
                "X-Forwarded-Proto: http | false",
                "Https: true | false",
                "X-Nothing: https | false",
            })
    @Tag(TestTls.PLAIN) // through TLS every request is secure, whoever says what
    void aTrustedProxyIsBelieved(String field, boolean secure) throws Exception {
        start(accepting, Options.builder().trustedProxies("127.0.0.0/8").build());
        assertSecure(secure, field);
    }

    @Test
    @DisplayName("S-11, R-9: two lines are one list, which is not secure")
    @Tag(TestTls.PLAIN) // through TLS every request is secure, whoever says what
    void twoForwardedLinesAreNotSecure() throws Exception {
        start(accepting, Options.builder().trustedProxies("127.0.0.1").build());
        assertSecure(false, "X-Forwarded-Proto: https", "X-Forwarded-Proto: http");
    }

    @ParameterizedTest
    @DisplayName("S-12: forwarded fields of anyone else are not believed")
    @ValueSource(strings = {"10.0.0.0/8", "::1", "127.0.0.2"})
    @Tag(TestTls.PLAIN) // through TLS every request is secure, whoever says what
    void othersAreNotBelieved(String trusted) throws Exception {
        start(accepting, Options.builder().trustedProxies(trusted).build());
        assertSecure(false, "X-Forwarded-Proto: https");
    }

    @Test
    @DisplayName("S-8, S-12: by default nobody is believed")
    @Tag(TestTls.PLAIN) // through TLS every request is secure, whoever says what
    void nobodyIsBelievedByDefault() throws Exception {
        start(accepting);
        assertSecure(false, "X-Forwarded-Proto: https");
    }

    private void assertSecure(boolean secure, String... fields) throws Exception {
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(upgrade("/echo?q", fields)).answer();
            assertEquals(secure, take(accepting.requests).isSecure());
            assertEquals(
                    (secure ? "wss" : "ws") + "://example.org/echo?q",
                    take(accepting.sockets).url());
        }
    }

    // -- the end of the server ----------------------------------------------------------------------------------------

    @Test
    void aHandshakeUnderWayIsAnsweredWith503WhenTheServerStops() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        start(new Recorder(request -> {
            asked.complete(null);
            return Decision.later(new CompletableFuture<>());
        }));
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(upgrade("/echo"));
            asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            CompletableFuture<Boolean> closed =
                    CompletableFuture.supplyAsync(() -> server.close(Duration.ofSeconds(PATIENCE_SECONDS)));
            assertEquals(503, peer.answer().status());
            assertEquals("", peer.rest());
            peer.socket.close();
            assertTrue(closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void aConnectionOnWhichNothingCameIsClosedWhenTheServerStops() throws Exception {
        start(accepting);
        try (HttpPeer asked = HttpPeer.connect(server);
                HttpPeer silent = HttpPeer.connect(server)) {
            // Connections are accepted in order: when the second is answered, the first is known.
            assertEquals(404, silent.send(get("/")).answer().status());
            assertEquals("", silent.rest());
            silent.socket.close();
            assertTrue(server.close(Duration.ofSeconds(PATIENCE_SECONDS)));
            assertTrue(asked.endsSilently());
        }
    }

    @Test
    void anExtensionWhoseNameThrowsIsAnsweredWith500() throws Exception {
        start(accepting);
        server.addExtension(new BrokenExtension(), 0);
        assertEquals(
                500,
                askOnce(upgrade("/echo", "Sec-WebSocket-Extensions: x-broken")).status());
    }

    @Test
    void refusalsLeaveNoConnectionBehind() throws Exception {
        start(accepting);
        for (String request : List.of(get("/"), upgrade("/nowhere"), "nonsense\r\n\r\n")) {
            askOnce(request);
        }
        assertTrue(server.close(Duration.ofSeconds(PATIENCE_SECONDS)));
    }
}
