package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.AcceptedWebSocket;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Registration;
import io.jackfield.api.Request;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.LoopProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md groups C and D: faye's own way, a request and a socket that somebody else accepted. */
@Tag(TestTls.PLAIN) // what is handed over is a socket, whatever the server itself speaks
class HandedOverTest {

    private WebSocketServer server;
    private ServerSocketChannel listener;
    private RawClient client;
    private SocketChannel channel;

    @BeforeEach
    void acceptSomewhereElse() throws IOException {
        server = TestServer.builder(Options.defaults()).start();
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = RawClient.dialTcp(((InetSocketAddress) listener.getLocalAddress()).getPort());
        channel = listener.accept();
    }

    @AfterEach
    void closeAll() throws IOException {
        server.close(Duration.ZERO);
        client.close();
        channel.close();
        listener.close();
    }

    private static Request.Builder request() {
        return Request.builder("GET", "/path?q=1")
                .header("Host", "ex.com:1")
                .header("Upgrade", "websocket")
                .header("Connection", "keep-alive, Upgrade")
                .header("Sec-WebSocket-Key", RawClient.KEY)
                .header("Sec-WebSocket-Version", "13");
    }

    private AcceptedWebSocket accept(Request request) {
        return server.accept(request, channel, null, null, null);
    }

    @Test
    @DisplayName("S-14 S-20 S-23 S-37: nothing is written before start(), which answers true once")
    void nothingIsWrittenBeforeStart() throws Exception {
        AcceptedWebSocket socket = accept(request().build());
        assertEquals(ReadyState.CONNECTING, socket.readyState());
        assertEquals("ws://ex.com:1/path?q=1", socket.url());
        assertEquals("hybi-13", socket.version());
        assertEquals("", socket.protocol());
        assertEquals(0, socket.bufferedAmount());
        EventLog log = EventLog.of(socket);
        socket.send("queued");
        client.sendText("early");
        log.expectNothing();
        assertTrue(socket.start());
        assertFalse(socket.start());
        client.expectHttp(101);
        client.expectText("queued");
        log.expect("open", "text early");
        assertFalse(socket.start());
        socket.close();
        client.expectClose("1000:").sendClose(1000, "").expectEof();
        log.expectClosed("close 1000: clean LOCAL sent 1000");
        assertFalse(socket.start());
    }

    @Test
    @DisplayName("S-24: bytes that were read behind the request come behind open, and are copied")
    void headBytesComeBehindOpen() throws Exception {
        ByteBuffer head = ByteBuffer.wrap(WireFrame.frame(WireFrame.TEXT, "head"));
        AcceptedWebSocket socket = server.accept(request().build(), channel, head, null, null);
        Arrays.fill(head.array(), (byte) 0);
        EventLog log = EventLog.of(socket);
        socket.start();
        client.sendText("then");
        log.expect("open", "text head", "text then");
    }

    @Test
    @DisplayName("S-14 S-34: protocols and options go with the call")
    void protocolsAndOptionsGoWithTheCall() throws Exception {
        AcceptedWebSocket socket = server.accept(
                request().header("Sec-WebSocket-Protocol", "irc, xmpp").build(),
                channel,
                null,
                List.of("xmpp", "irc"),
                Map.of(
                        "headers",
                        Map.of("X-Mine", "1"),
                        "maxLength",
                        3,
                        "extensions",
                        new Watching("x"),
                        "ping",
                        0.01));
        EventLog log = EventLog.of(socket);
        assertTrue(socket.start());
        String answer = client.expectHttp(101);
        assertTrue(answer.contains("X-Mine: 1") && answer.contains("Sec-WebSocket-Protocol: irc"), answer);
        client.expectFrame(WireFrame.PING, "1").expectFrame(WireFrame.PING, "2");
        log.expect("open");
        assertEquals("irc", socket.protocol());
        client.sendText("four");
        assertEquals("error ", log.next().substring(0, 6));
    }

    @Test
    @DisplayName("S-15 S-16 S-19 S-25: options are checked first, and then the socket is untouched")
    void badOptionsLeaveTheSocketUntouched() throws Exception {
        assertEquals(
                "Unrecognized option: net",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> server.accept(request().build(), channel, null, null, Map.of("net", 1)))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> server.accept(
                        request().build(),
                        channel,
                        null,
                        null,
                        Map.of("extensions", List.of(new Watching("x"), new Watching("x")))));
        assertTrue(channel.isOpen());
        assertTrue(channel.isBlocking());
        channel.write(ByteBuffer.wrap(RawClient.head("HTTP/1.1 200 OK")));
        client.expectHttp(200);
    }

    @Test
    @DisplayName("S-25: a socket that is closed is refused")
    void aClosedSocketIsRefused() throws Exception {
        channel.close();
        assertThrows(IllegalStateException.class, () -> accept(request().build()));
        assertThrows(
                IllegalArgumentException.class,
                () -> server.accept(request().build(), channel, null, null, Map.of("net", 1)));
    }

    @Test
    @DisplayName("S-26: TCP_NODELAY is on")
    void noDelayIsOn() throws Exception {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, false);
        accept(request().build());
        assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));
    }

    @Test
    @DisplayName("S-37 S-45 S-50 S-52: a wrong version fails: error while CONNECTING, the answer, then close 1002")
    void aWrongVersionFails() throws Exception {
        assertFailsWith(
                426,
                "Unsupported WebSocket version: 8",
                wrong -> wrong.header("Sec-WebSocket-Key", RawClient.KEY).header("Sec-WebSocket-Version", "8"));
    }

    @Test
    @DisplayName("S-46: a missing key fails, its version being checked first")
    void aMissingKeyFails() throws Exception {
        assertFailsWith(
                400,
                "Missing handshake request header: Sec-WebSocket-Key",
                wrong -> wrong.header("Sec-WebSocket-Version", "13"));
    }

    @Test
    @DisplayName("S-48: malformed extensions fail, even where none is registered")
    void malformedExtensionsFail() throws Exception {
        assertFailsWith(
                400,
                "Invalid Sec-WebSocket-Extensions header: a;b=",
                wrong -> wrong.header("Sec-WebSocket-Version", "13")
                        .header("Sec-WebSocket-Key", RawClient.KEY)
                        .header("Sec-WebSocket-Extensions", "a;b="));
    }

    @Test
    @DisplayName("S-47: a request that asks for no WebSocket fails")
    void noWebSocketRequestFails() throws Exception {
        assertRejected(
                400,
                "Not a WebSocket request",
                Request.builder("GET", "/").header("Host", "x").build());
    }

    private void assertFailsWith(int status, String reason, Function<Request.Builder, Request.Builder> wrong)
            throws Exception {
        Request.Builder upgrade = Request.builder("GET", "/")
                .header("Host", "x")
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade");
        assertRejected(status, reason, wrong.apply(upgrade).build());
    }

    private void assertRejected(int status, String reason, Request request) throws Exception {
        BlockingQueue<ReadyState> states = new LinkedBlockingQueue<>();
        AcceptedWebSocket socket = accept(request);
        socket.onError(event -> states.add(socket.readyState()));
        socket.onClose(event -> states.add(socket.readyState()));
        EventLog log = EventLog.of(socket);
        socket.send("dropped");
        assertFalse(socket.start());
        String answer = client.expectHttp(status);
        assertTrue(answer.endsWith("\r\n\r\n" + reason), answer);
        client.expectEof();
        log.expect("error " + reason).expectClosed("close 1002:" + reason + " unclean LOCAL sent nothing");
        assertEquals(List.of(ReadyState.CONNECTING, ReadyState.CLOSED), List.copyOf(states));
        assertFalse(socket.start());
    }

    @Test
    @DisplayName("S-49: what an extension throws is the error, and the answer is 500")
    void anExtensionThatThrowsFails() throws Exception {
        Watching broken = new Watching("broken") {
            @Override
            public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
                throw new IllegalStateException("broken for good");
            }
        };
        AcceptedWebSocket socket = server.accept(
                request().header("Sec-WebSocket-Extensions", "broken").build(),
                channel,
                null,
                null,
                Map.of("extensions", broken));
        EventLog log = EventLog.of(socket);
        assertFalse(socket.start());
        client.expectHttp(500);
        log.expect("error broken for good").expectClosed("close 1002:broken for good unclean LOCAL sent nothing");
    }

    @Test
    @DisplayName("S-59 S-82 S-108: close() before start() writes nothing, and start() answers false")
    void closeBeforeStartWritesNothing() throws Exception {
        AcceptedWebSocket socket = accept(request().build());
        EventLog log = EventLog.of(socket);
        socket.send("dropped");
        socket.close(3001, "no");
        assertEquals(ReadyState.CLOSED, socket.readyState());
        assertFalse(socket.start());
        client.expectEof();
        log.expectClosed("close 3001:no unclean LOCAL sent nothing");
    }

    @Test
    @DisplayName("an extension that is withdrawn before start() ends what was accepted with it, and nothing is written")
    void aWithdrawnExtensionEndsWhatWasNotStarted() throws Exception {
        Registration extension = server.addExtension(new Watching("gone"), 0);
        server.addExtension(new Watching("stays"), 0);
        AcceptedWebSocket socket = accept(offering("gone"));
        EventLog log = EventLog.of(socket);
        extension.close();
        log.expectClosed("close 1012:An extension was withdrawn unclean LOCAL sent nothing");
        assertFalse(socket.start());
        client.expectEof();
    }

    @Test
    @DisplayName("an extension that is not used may go")
    void anExtensionThatIsNotUsedMayGo() throws Exception {
        Registration extension = server.addExtension(new Watching("gone"), 0);
        server.addExtension(new Watching("stays"), 0);
        AcceptedWebSocket socket = accept(offering("stays"));
        EventLog log = EventLog.of(socket);
        extension.close();
        assertTrue(socket.start());
        client.expectHttp(101);
        log.expect("open");
    }

    @Test
    @DisplayName("an extension that is withdrawn while the request is judged ends the connection, too")
    void anExtensionThatIsWithdrawnWhileItIsAskedEndsTheConnection() throws Exception {
        AtomicReference<Registration> registration = new AtomicReference<>();
        registration.set(server.addExtension(
                new Watching("gone") {
                    @Override
                    public Optional<AcceptedExtension> accept(
                            List<ExtensionParameters> offers, ExtensionContext context) {
                        registration.get().close();
                        return super.accept(offers, context);
                    }
                },
                0));
        AcceptedWebSocket socket = accept(offering("gone"));
        socket.start();
        client.expectEof();
        assertEquals(ReadyState.CLOSED, socket.readyState());
    }

    private static Request offering(String extension) {
        return request().header("Sec-WebSocket-Extensions", extension).build();
    }

    @Test
    @DisplayName("S-84: a pause before start() holds")
    void aPauseBeforeStartHolds() throws Exception {
        AcceptedWebSocket socket = accept(request().build());
        EventLog log = EventLog.of(socket);
        socket.pause();
        socket.start();
        client.expectHttp(101);
        client.sendText("later");
        socket.sendAsync("written").toCompletableFuture().get(15, TimeUnit.SECONDS);
        client.expectText("written");
        log.expect("open").expectNothing();
        socket.resume();
        log.expect("text later");
    }

    @Test
    @DisplayName("S-59 S-71: a server that closes ends connections that were not started, too")
    void aServerThatClosesEndsWhatWasNotStarted() throws Exception {
        AcceptedWebSocket socket = accept(request().build());
        EventLog log = EventLog.of(socket);
        assertTrue(server.close(Duration.ofSeconds(15)));
        client.expectEof();
        log.expectClosed("close 1001:The server goes away unclean LOCAL sent nothing");
        assertEquals(ReadyState.CLOSED, socket.readyState());
        assertFalse(socket.start());
        assertThrows(IllegalStateException.class, () -> accept(request().build()));
    }

    @Test
    @DisplayName("S-25 R-95: a socket that closes on its way to the loop ends the session, and leaves no timer")
    void aSocketThatClosesOnItsWayLeavesNothing() throws Exception {
        try (LoopProbe probe = new LoopProbe("handed-over")) {
            CountDownLatch go = new CountDownLatch(1);
            probe.loop().execute(() -> await(go));
            AtomicInteger released = new AtomicInteger();
            AcceptedWebSocket socket = takeWithPings(probe.loop(), released);
            EventLog log = EventLog.of(socket);
            channel.close();
            go.countDown();
            log.expectClosed("close 1006: unclean NETWORK sent nothing");
            assertEquals(new LoopProbe.Holdings(0, 0, 0), probe.holdings());
            assertEquals(1, released.get());
            assertFalse(socket.start());
        }
    }

    @Test
    @DisplayName("S-59 R-95: a socket that comes behind the end of the loop is closed")
    void aSocketThatComesBehindTheEndOfTheLoopIsClosed() throws Exception {
        LoopProbe probe = new LoopProbe("handed-over");
        probe.close();
        AtomicInteger released = new AtomicInteger();
        AcceptedWebSocket socket = takeWithPings(probe.loop(), released);
        assertEquals(ReadyState.CLOSED, socket.readyState());
        assertFalse(socket.start());
        assertTrue(socket.sendAsync("late").toCompletableFuture().isCompletedExceptionally());
        assertEquals(1, released.get());
        client.expectEof();
    }

    private AcceptedWebSocket takeWithPings(EventLoop loop, AtomicInteger released) {
        return HandedOverSession.take(
                Connector.takeOver(channel, loop, released::incrementAndGet),
                request().build(),
                null,
                List.of(),
                List.of(),
                Options.builder().ping(Duration.ofHours(1)).build());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
