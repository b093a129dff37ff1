package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Decision;
import io.jackfield.api.Handler;
import io.jackfield.api.Headers;
import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import io.jackfield.server.upgrade.Upgrade;
import io.jackfield.server.upgrade.UpgradeAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections whose request another HTTP server has read. */
@Tag(TestTls.PLAIN) // the container speaks TLS, if anybody does
class UpgradeTest {

    private static final int PATIENCE_SECONDS = 15;
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    private final BlockingQueue<EventLog> logs = new LinkedBlockingQueue<>();
    private final CompletableFuture<Decision> later = new CompletableFuture<>();
    private WebSocketServer server;

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private void start(Options options) throws IOException {
        server = TestServer.builder(options)
                .onConnection("/echo", socket -> {
                    logs.add(EventLog.of(socket).withoutDrains());
                    socket.onMessage(socket::send);
                })
                .onConnection("/paused", WebSocket::pause)
                .onConnection("/gone", socket -> socket.close(1000, ""))
                .endpoint("/later", new Handler() {
                    @Override
                    public Decision decide(Request request) {
                        return Decision.later(later);
                    }

                    @Override
                    public void onConnection(WebSocket socket, Request request) {
                        logs.add(EventLog.of(socket));
                    }
                })
                .start();
    }

    private static Request.Builder request() {
        return Request.builder("GET", "/app/ws/echo?q=1")
                .header("Host", "ex.com:1")
                .header("Upgrade", "websocket")
                .header("Connection", "keep-alive, Upgrade")
                .header("Sec-WebSocket-Key", RawClient.KEY)
                .header("Sec-WebSocket-Version", "13")
                .remoteAddress(CLIENT);
    }

    private static UpgradeAnswer answer(Upgrade upgrade) throws Exception {
        return upgrade.answer().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static int refusal(Upgrade upgrade) throws Exception {
        return assertInstanceOf(UpgradeAnswer.Respond.class, answer(upgrade))
                .response()
                .status();
    }

    private ContainerPeer open(String path) throws Exception {
        Upgrade upgrade = server.upgrade(request().build(), path);
        assertInstanceOf(UpgradeAnswer.SwitchProtocols.class, answer(upgrade));
        ContainerPeer peer = new ContainerPeer(upgrade);
        upgrade.connect(peer);
        return peer;
    }

    private EventLog log() throws InterruptedException {
        return logs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void theAnswerHasTheFieldsOfTheHandshake() throws Exception {
        start(Options.builder().headers(Headers.of(Map.of("X-Own", "yes"))).build());
        Upgrade upgrade = server.upgrade(request().build(), "/echo");
        UpgradeAnswer.SwitchProtocols answer = assertInstanceOf(UpgradeAnswer.SwitchProtocols.class, answer(upgrade));
        assertEquals("yes", answer.headers().first("X-Own").orElseThrow());
        assertEquals("websocket", answer.headers().first("Upgrade").orElseThrow());
        assertEquals("Upgrade", answer.headers().first("Connection").orElseThrow());
        assertEquals(
                RawClient.ACCEPT, answer.headers().first("Sec-WebSocket-Accept").orElseThrow());
    }

    @Test
    void theSessionOpensWhenTheConnectionIsThere() throws Exception {
        start(Options.defaults());
        Upgrade upgrade = server.upgrade(request().build(), "/echo");
        answer(upgrade);
        EventLog log = log();
        log.expectNothing();
        ContainerPeer peer = new ContainerPeer(upgrade).send(WireFrame.frame(WireFrame.TEXT, "early"));
        upgrade.connect(peer);
        assertEquals("early", peer.readFrame().text());
        log.expect("open", "text early");
        assertEquals("ws://ex.com:1/app/ws/echo?q=1", log.socket().url());
        assertEquals(CLIENT, log.socket().remoteAddress());
    }

    @Test
    void itCountsAsAConnectionOfTheServer() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/echo");
        log().expect("open");
        assertEquals(1, server.statistics().openConnections());
        ConnectionStatistics statistics = server.connections().get(0);
        assertEquals("/echo", statistics.endpoint());
        assertTrue(server.close(statistics.id(), 4000, "by the operator"));
        assertTrue(peer.readFrame().closeStatus().startsWith("4000:"));
    }

    @Test
    void bothClose() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/echo").send(WireFrame.close(1000, "bye"));
        assertTrue(peer.readFrame().closeStatus().startsWith("1000:"));
        peer.awaitClosed();
        log().expect("open", "close 1000:bye clean PEER sent 1000").expectNothing();
        assertEquals(0, server.statistics().openConnections());
    }

    @Test
    void aPeerThatBreaksTheProtocolIsReadToItsEnd() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/echo").send(new byte[] {(byte) 0xf1, 0}); // reserved bits
        assertTrue(peer.readFrame().closeStatus().startsWith("1002:"));
        peer.awaitOutputEnded();
        peer.end();
        peer.awaitClosed();
    }

    @Test
    void theEndOfInputEndsTheSession() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/echo");
        EventLog log = log().expect("open");
        peer.end();
        peer.awaitClosed();
        log.expectClosed("close 1006: unclean NETWORK sent nothing");
    }

    @Test
    void whatTheContainerDoesNotTakeWaits() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/echo");
        EventLog log = log().expect("open");
        peer.room(3);
        peer.send(WireFrame.frame(WireFrame.TEXT, "a longer text"));
        log.expect("text a longer text");
        peer.room(Integer.MAX_VALUE);
        assertEquals("a longer text", peer.readFrame().text());
    }

    @Test
    void whoPausesIsReadNoFurther() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/paused");
        byte[] frame = WireFrame.encode(0x82, new byte[100_000], true);
        for (int i = 0; i < 100; i++) {
            peer.send(frame);
        }
        // The loop has seen all that was told before this.
        ContainerPeer other = open("/echo").send(WireFrame.frame(WireFrame.TEXT, "x"));
        assertEquals("x", other.readFrame().text());
        assertTrue(peer.taken() <= 10 * frame.length, "read although paused: " + peer.taken());
    }

    @Test
    void aServerThatStopsSaysSo() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/echo");
        log().expect("open");
        CompletableFuture<Boolean> stopped =
                CompletableFuture.supplyAsync(() -> server.close(Duration.ofSeconds(PATIENCE_SECONDS)));
        assertTrue(peer.readFrame().closeStatus().startsWith("1001:"));
        peer.send(WireFrame.close(1001, ""));
        assertTrue(stopped.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        peer.awaitClosed();
    }

    @Test
    void whoIsStillToBeHandedOverIsToldToo() throws Exception {
        start(Options.defaults());
        Upgrade upgrade = server.upgrade(request().build(), "/echo");
        answer(upgrade);
        CompletableFuture<Boolean> stopped =
                CompletableFuture.supplyAsync(() -> server.close(Duration.ofSeconds(PATIENCE_SECONDS)));
        while (isRunning()) {
            Thread.onSpinWait();
        }
        ContainerPeer peer = new ContainerPeer(upgrade);
        upgrade.connect(peer);
        assertTrue(peer.readFrame().closeStatus().startsWith("1001:"));
        peer.send(WireFrame.close(1001, ""));
        assertTrue(stopped.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private boolean isRunning() {
        try {
            return server.port() > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void whatIsLeftWhenTheServerEndsIsCutOff() throws Exception {
        start(Options.defaults());
        ContainerPeer peer = open("/echo");
        log().expect("open");
        server.close(Duration.ZERO);
        peer.awaitClosed();
        assertThrows(IllegalStateException.class, () -> server.upgrade(request().build(), "/echo"));
    }

    @Test
    void refusalsAreAnswers() throws Exception {
        start(Options.defaults());
        assertEquals(404, refusal(server.upgrade(request().build(), "/nothing")));
        assertEquals(
                403,
                refusal(server.upgrade(
                        request().header("Origin", "http://evil.example").build(), "/echo")));
        assertEquals(
                426,
                refusal(server.upgrade(Request.builder("GET", "/app/ws/echo").build(), "/echo")));
        later.complete(Decision.reject(401));
        assertEquals(401, refusal(server.upgrade(request().build(), "/later")));
        assertEquals(0, server.statistics().openConnections());
    }

    @Test
    void anApplicationThatClosesAtOnceHasARefusalAnswered() throws Exception {
        start(Options.defaults());
        assertEquals(503, refusal(server.upgrade(request().build(), "/gone")));
    }

    @Test
    void oneTooManyIsRefused() throws Exception {
        start(Options.builder().maxConnections(1).build());
        open("/echo");
        assertEquals(503, refusal(server.upgrade(request().build(), "/echo")));
    }

    @Test
    void aDecisionThatDoesNotComeIsARefusal() throws Exception {
        start(Options.builder().handshakeTimeout(Duration.ofMillis(50)).build());
        assertEquals(408, refusal(server.upgrade(request().build(), "/later")));
    }

    @Test
    void aContainerThatKeepsTheConnectionEndsTheSession() throws Exception {
        start(Options.builder().handshakeTimeout(Duration.ofMillis(50)).build());
        Upgrade upgrade = server.upgrade(request().build(), "/echo");
        answer(upgrade);
        log().expect("close 1006: unclean NETWORK sent nothing");
        ContainerPeer late = new ContainerPeer(upgrade);
        upgrade.connect(late);
        late.awaitClosed();
        assertTrue(late.hasReceivedNothing());
    }

    @Test
    void aContainerThatCannotSwitchEndsTheSession() throws Exception {
        start(Options.defaults());
        Upgrade upgrade = server.upgrade(request().build(), "/echo");
        answer(upgrade);
        upgrade.fail(new IOException("no such thing"));
        log().expect("close 1006: unclean NETWORK sent nothing").expectNothing();
        ContainerPeer late = new ContainerPeer(upgrade);
        upgrade.connect(late);
        late.awaitClosed();
        assertEquals(0, server.statistics().openingConnections());
    }

    @Test
    void largeMessagesPassInBothDirections() throws Exception {
        start(Options.defaults());
        byte[] payload = new byte[1 << 20];
        new Random(1).nextBytes(payload);
        ContainerPeer peer = open("/echo").send(WireFrame.encode(0x82, payload, true));
        assertEquals(ByteBuffer.wrap(payload), ByteBuffer.wrap(peer.readFrame().payload()));
    }
}
