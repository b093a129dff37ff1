package io.jackfield.server.connection;

import static io.jackfield.server.connection.HttpPeer.close;
import static io.jackfield.server.connection.HttpPeer.frame;
import static io.jackfield.server.connection.HttpPeer.get;
import static io.jackfield.server.connection.HttpPeer.upgrade;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Event;
import io.jackfield.api.Options;
import io.jackfield.api.Response;
import io.jackfield.api.WebSocket;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How connections end, through real sockets. */
class EndPhaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** More than the sockets of both sides hold. */
    private static final int LARGE = 16 << 20;

    private final BlockingQueue<WebSocket> sockets = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event.Close> closes = new LinkedBlockingQueue<>();
    private WebSocketServer server;

    private void start(Duration closeTimeout) throws IOException {
        server = TestTls.defaultBuilder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .options(Options.builder()
                        .closeTimeout(closeTimeout)
                        .maxBufferedAmount(2L * LARGE)
                        .build())
                .onConnection("/echo", ws -> {
                    ws.onMessage(ws::send);
                    ws.onClose(closes::add);
                    sockets.add(ws);
                })
                .fallback(request -> Optional.of(Response.of(200).body(new byte[LARGE])))
                .start();
    }

    @AfterEach
    void stop() {
        server.close(PATIENCE);
    }

    private WebSocket open(HttpPeer peer) throws IOException, InterruptedException {
        assertEquals(101, peer.send(upgrade("/echo")).answer().status());
        return sockets.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Event.Close closeEvent() throws InterruptedException {
        Event.Close event = closes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(event != null, "no close event");
        return event;
    }

    /** A peer that is sent to the end of time. */
    private static void sendUntilItFails(HttpPeer peer, byte[] bytes) {
        assertThrows(IOException.class, () -> {
            while (true) {
                peer.send(bytes);
            }
        });
    }

    @Test
    @DisplayName("R-25: a refusal survives that its client is still sending")
    void theResponseSurvivesWhatTheClientStillSends() throws Exception {
        start(PATIENCE);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(upgrade("/nowhere") + "x".repeat(300_000));
            peer.send(new byte[300_000]);
            assertEquals(404, peer.answer().status());
            assertEquals("", peer.rest());
        }
    }

    @Test
    @DisplayName("R-24, R-25: a large response arrives whole at a client that reads late")
    void aLargeResponseArrivesWhole() throws Exception {
        start(PATIENCE);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(get("/"));
            // The server cannot write all of it before somebody reads; another answer shows that it has begun.
            try (HttpPeer other = HttpPeer.connect(server)) {
                assertEquals(404, other.send(upgrade("/nowhere")).answer().status());
            }
            assertEquals(LARGE, peer.answer().body().length());
            assertEquals("", peer.rest());
        }
    }

    @Test
    @DisplayName("R-74, A-27: a client that got its answer and keeps sending is cut off")
    void aClientThatKeepsSendingIsCutOff() throws Exception {
        start(PATIENCE);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            assertEquals(404, peer.send(upgrade("/nowhere")).answer().status());
            sendUntilItFails(peer, new byte[10_000]);
        }
        assertTrue(server.close(PATIENCE));
    }

    @Test
    @DisplayName("R-74, A-27, A-30: a client that got its answer and never closes is cut off")
    void aClientThatNeverClosesIsCutOff() throws Exception {
        start(PATIENCE);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            assertEquals(404, peer.send(upgrade("/nowhere")).answer().status());
            assertEquals("", peer.rest());
            // The server itself waits for connections that are left.
            assertTrue(server.close(PATIENCE));
        }
    }

    @Test
    @DisplayName("R-74, A-29: a client that does not read its answer is cut off at the close timeout")
    void aClientThatDoesNotReadIsCutOff() throws Exception {
        start(Duration.ofMillis(200));
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(get("/"));
            try (HttpPeer other = HttpPeer.connect(server)) {
                assertEquals(404, other.send(upgrade("/nowhere")).answer().status());
            }
            assertTrue(server.close(PATIENCE));
        }
    }

    @Test
    @DisplayName("R-75: a client that vanishes behind its request releases everything")
    void aClientThatVanishesReleasesEverything() throws Exception {
        start(PATIENCE);
        for (int i = 0; i < 20; i++) {
            HttpPeer peer = HttpPeer.connect(server);
            peer.send(get("/"));
            peer.reset();
        }
        assertTrue(server.close(PATIENCE));
    }

    @Test
    @DisplayName("R-24: a client that ends its side behind the request gets the answer")
    void aHalfClosedClientGetsItsAnswer() throws Exception {
        start(PATIENCE);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            peer.send(get("/"));
            peer.socket.shutdownOutput();
            assertEquals(LARGE, peer.answer().body().length());
            assertEquals("", peer.rest());
        }
    }

    @Test
    @DisplayName("R-64, R-66, R-67: behind both close frames the server closes TCP")
    void theServerClosesFirst() throws Exception {
        start(PATIENCE);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            open(peer);
            peer.send(close(3001));
            assertEquals("88:\u000b\u00b9", peer.frame());
            assertEquals("", peer.rest());
            Event.Close event = closeEvent();
            assertEquals(3001, event.code());
            assertTrue(event.wasClean());
        }
    }

    @Test
    @DisplayName("R-69, A-25: a failed connection gets its close frame, whatever it goes on sending")
    void theCloseFrameSurvivesWhatTheClientStillSends() throws Exception {
        start(PATIENCE);
        try (HttpPeer peer = HttpPeer.connect(server)) {
            open(peer);
            // Unmasked: 1002. What follows would be good frames.
            peer.send("\u0081\u0001x" + frame("never seen").repeat(20_000));
            assertEquals("88:\u0003\u00ea", peer.frame().substring(0, 5));
            assertEquals("", peer.rest());
        }
        assertEquals(1002, closeEvent().code());
    }

    @Test
    @DisplayName("R-74, S-110: a peer that does not answer a close frame is cut off with 1006")
    void aPeerThatNeverAnswersTheCloseIsCutOff() throws Exception {
        start(Duration.ofMillis(200));
        try (HttpPeer peer = HttpPeer.connect(server)) {
            open(peer).close(3001, "");
            assertEquals("88:\u000b\u00b9", peer.frame());
            Event.Close event = closeEvent();
            assertEquals(1006, event.code());
            assertTrue(peer.endsSilently());
        }
    }

    @Test
    @DisplayName("R-75: a peer that resets instead of answering a close frame is known to be gone at once")
    void aResetInsteadOfAnAnswerEndsAtOnce() throws Exception {
        start(Duration.ofMinutes(30));
        HttpPeer peer = HttpPeer.connect(server);
        WebSocket socket = open(peer);
        socket.close(3001, "");
        assertEquals("88:\u000b\u00b9", peer.frame());
        peer.reset();
        assertEquals(1006, closeEvent().code());
        assertTrue(server.close(PATIENCE));
    }

    @Test
    @DisplayName("R-75: a peer that ends instead of answering a close frame is known to be gone at once")
    void anEndInsteadOfAnAnswerEndsAtOnce() throws Exception {
        start(Duration.ofMinutes(30));
        try (HttpPeer peer = HttpPeer.connect(server)) {
            open(peer).close(3001, "");
            assertEquals("88:\u000b\u00b9", peer.frame());
            peer.socket.shutdownOutput();
            assertEquals(1006, closeEvent().code());
        }
    }

    @Test
    @DisplayName("R-75: a peer that resets while much waits for it releases everything")
    void aResetWhileOutputWaitsReleasesEverything() throws Exception {
        start(Duration.ofMinutes(30));
        HttpPeer peer = HttpPeer.connect(server, 64 * 1024);
        WebSocket socket = open(peer);
        socket.send(ByteBuffer.allocate(LARGE));
        socket.close(3001, "");
        peer.reset();
        assertEquals(1006, closeEvent().code());
        assertTrue(server.close(PATIENCE));
    }
}
