package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jackfield.api.Event;
import io.jackfield.api.MessageListener;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Registration;
import io.jackfield.api.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md group F: which events come, when, and to whom. */
class EventOrderTest {

    @Test
    @DisplayName("S-59 S-60 S-62 S-71: open once, messages of both kinds, empty ones too, and close last")
    void eventsComeInTheirOrder() throws Exception {
        List<ReadyState> states = new ArrayList<>();
        try (TestServer server = TestServer.start(socket -> {
                    states.add(socket.readyState());
                    // In front of the log, which the test waits for.
                    socket.onOpen(event -> states.add(event.target().readyState()));
                    socket.onMessage(event -> states.add(event.target().readyState()));
                    socket.onClose(event -> states.add(event.target().readyState()));
                });
                RawClient client = server.open()) {
            client.sendText("hello")
                    .sendFrame(WireFrame.BINARY, new byte[] {1, 2}, true)
                    .sendText("")
                    .sendFrame(WireFrame.BINARY, new byte[0], true)
                    .sendClose(1000, "done")
                    .expectClose("1000:done")
                    .expectEof();
            server.next()
                    .expect("open", "text hello", "binary 0102", "text ", "binary ")
                    .expectClosed("close 1000:done clean PEER sent 1000");
            assertEquals(
                    List.of(
                            ReadyState.CONNECTING,
                            ReadyState.OPEN,
                            ReadyState.OPEN,
                            ReadyState.OPEN,
                            ReadyState.OPEN,
                            ReadyState.OPEN,
                            ReadyState.CLOSED),
                    states);
        }
    }

    @Test
    @DisplayName("S-61: what was sent while CONNECTING leaves in front of what the open handler sends")
    void queuedMessagesLeaveBeforeOpen() throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    socket.onOpen(event -> socket.send("third"));
                    socket.send("first");
                    socket.send("second");
                });
                RawClient client = server.open()) {
            client.expectText("first").expectText("second").expectText("third");
        }
    }

    @Test
    @DisplayName("S-64: the property handler runs before the listeners, and those in the order of adding")
    void thePropertyHandlerRunsFirst() throws Exception {
        List<String> calls = new ArrayList<>();
        try (TestServer server = TestServer.start(socket -> {
                    socket.on(Event.Text.class, event -> calls.add("text listener"));
                    socket.on(Event.Message.class, event -> calls.add("message listener"));
                    socket.onMessage(event -> calls.add("property"));
                    socket.messageListener(new MessageListener() {
                        @Override
                        public void onText(WebSocket webSocket, String text) {
                            calls.add("direct");
                        }
                    });
                    socket.onOpen(event -> calls.add("open property"));
                    socket.onPing(event -> calls.add("ping property"));
                    socket.onPong(event -> calls.add("pong property"));
                    socket.onClose(event -> calls.add("close property"));
                    for (Class<? extends Event> type :
                            List.of(Event.Open.class, Event.Ping.class, Event.Pong.class, Event.Close.class)) {
                        socket.on(type, event -> calls.add(event.type() + " listener"));
                    }
                });
                RawClient client = server.open()) {
            EventLog log = server.next();
            client.sendText("x").sendPing("").sendPong("").sendClose(1000, "");
            log.expect("open", "text x", "ping ", "pong ", "close 1000: clean PEER sent 1000");
            client.expectFrame(WireFrame.PONG, "").expectClose("1000:").expectEof();
        }
        assertEquals(
                List.of(
                        "open property",
                        "open listener",
                        "direct",
                        "property",
                        "text listener",
                        "message listener",
                        "ping property",
                        "ping listener",
                        "pong property",
                        "pong listener",
                        "close property",
                        "close listener"),
                calls);
    }

    @Test
    @DisplayName("S-65: setting the property to null removes that handler alone")
    void nullRemovesThePropertyHandlerAlone() throws Exception {
        List<String> calls = new ArrayList<>();
        try (TestServer server = TestServer.start(socket -> {
                    socket.onMessage(event -> {
                        calls.add("property");
                        socket.onMessage(null);
                    });
                    socket.on(Event.Message.class, event -> calls.add("listener"));
                });
                RawClient client = server.open()) {
            client.sendText("1").sendText("2").sendClose(1000, "").expectClose(1000);
        }
        assertEquals(List.of("property", "listener", "listener"), calls);
    }

    @Test
    @DisplayName("S-66: a listener is called once for each time that it was added, until it is removed")
    void eachAdditionIsRemovedByItself() throws Exception {
        List<String> calls = new ArrayList<>();
        AtomicReference<Registration> first = new AtomicReference<>();
        try (TestServer server = TestServer.start(socket -> {
                    io.jackfield.api.EventListener<Event.Text> listener = event -> calls.add(event.data());
                    first.set(socket.on(Event.Text.class, listener));
                    socket.on(Event.Text.class, listener);
                    socket.on(Event.Text.class, event -> first.get().close());
                });
                RawClient client = server.open()) {
            client.sendText("twice").sendText("once").sendClose(1000, "").expectClose(1000);
        }
        assertEquals(List.of("twice", "twice", "once"), calls);
    }

    @Test
    @DisplayName("S-67: events name their type and their connection")
    void eventsNameTypeAndTarget() throws Exception {
        List<String> types = new ArrayList<>();
        AtomicReference<WebSocket> target = new AtomicReference<>();
        try (TestServer server = TestServer.start(socket -> socket.on(Event.class, event -> {
                    types.add(event.type());
                    target.set(event.target());
                }));
                RawClient client = server.open()) {
            EventLog log = server.next();
            client.sendText("x").sendPing("").sendPong("").sendClose(1000, "");
            client.expectFrame(WireFrame.PONG, "").expectClose(1000);
            log.expect("open", "text x", "ping ", "pong ", "close 1000: clean PEER sent 1000");
            assertSame(log.socket(), target.get());
        }
        assertEquals(List.of("open", "message", "ping", "pong", "close"), types);
    }

    @Test
    @DisplayName("S-68 S-69 S-70 S-130: one error with the reason, then close; nobody needs to listen")
    void anErrorComesOnceBeforeClose() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            byte[] twoBadFrames = {(byte) 0xf1, (byte) 0x80, 0, 0, 0, 0, (byte) 0xf1, (byte) 0x80, 0, 0, 0, 0};
            client.send(twoBadFrames);
            WireFrame close = client.readFrame();
            String reason = close.closeStatus().substring("1002:".length());
            assertEquals("1002:" + reason, close.closeStatus());
            EventLog log = server.next().expect("open", "error " + reason);
            client.expectEof();
            log.expectClosed("close 1002:" + reason + " unclean LOCAL sent 1002");
        }
    }

    @Test
    @DisplayName("S-73: drain tells when a send that answered false has left")
    void drainFollowsAFalse() throws Exception {
        byte[] payload = new byte[1 << 20];
        BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> socket.onOpen(event -> {
                    // On the loop: a thread that is faster than the loop fills maxBufferedAmount.
                    int messages = 1;
                    while (socket.send(payload)) {
                        messages++;
                    }
                    sent.add(messages);
                }));
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            EventLog log = server.next().expect("open");
            int messages = sent.poll(15, TimeUnit.SECONDS);
            for (int i = 0; i < messages; i++) {
                assertEquals(payload.length, client.readFrame().payload().length);
            }
            log.expect("drain");
            assertEquals(0, log.socket().bufferedAmount());
            client.sendText("more");
            log.expect("text more");
        }
    }

    @Test
    @DisplayName("S-74 S-112: what came behind close() is not delivered, also when both were read at once")
    void noMessageIsDeliveredOnceClosing() throws Exception {
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> socket.close(3001, "enough")));
                RawClient client = server.open()) {
            client.send(WireFrame.frame(WireFrame.TEXT, "1"), WireFrame.frame(WireFrame.TEXT, "2"));
            client.expectClose("3001:enough");
            client.sendText("3").sendClose(1000, "").expectEof();
            server.next().expect("open", "text 1").expectClosed("close 1000: clean LOCAL sent 3001");
        }
    }

    @Test
    @DisplayName("S-75 S-96: ping and pong events carry bytes, and the ping was answered before its event")
    void pingAndPongAreEvents() throws Exception {
        byte[] notUtf8 = {(byte) 0xff, 0};
        try (TestServer server = TestServer.start(
                        socket -> socket.onPing(event -> socket.pong(ByteBuffer.wrap(new byte[] {7}))));
                RawClient client = server.open()) {
            client.sendFrame(WireFrame.PING, notUtf8, true).sendFrame(WireFrame.PONG, notUtf8, true);
            assertEquals("8a:ff00", client.readFrame().hex());
            assertEquals("8a:07", client.readFrame().hex());
            server.next().expect("open", "ping ff00", "pong ff00");
        }
    }

    @Test
    @DisplayName("S-76: what a listener throws goes to the handler of the options, and no input is lost")
    void aThrowingListenerLosesNoInput() throws Exception {
        BlockingQueue<String> uncaught = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .uncaughtExceptionHandler((socket, thrown) -> {
                    uncaught.add(thrown.getMessage());
                    throw new IllegalStateException("the handler itself fails");
                })
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    socket.onOpen(event -> {
                        throw new AssertionError("open");
                    });
                    socket.onMessage(event -> {
                        throw new Exception("message");
                    });
                    socket.messageListener(new MessageListener() {
                        @Override
                        public void onText(WebSocket webSocket, String text) {
                            throw new IllegalStateException("direct");
                        }
                    });
                    socket.onPing(event -> {
                        throw new IllegalStateException("ping");
                    });
                    socket.onClose(event -> {
                        throw new IllegalStateException("close");
                    });
                });
                RawClient client = server.open()) {
            client.send(WireFrame.frame(WireFrame.TEXT, "1"), WireFrame.frame(WireFrame.TEXT, "2"));
            client.sendPing("p").expectFrame(WireFrame.PONG, "p");
            client.sendClose(1000, "").expectClose(1000).expectEof();
            server.next()
                    .expect("open", "text 1", "text 2", "ping 70")
                    .expectClosed("close 1000: clean PEER sent 1000");
            for (String thrown : List.of("open", "direct", "message", "direct", "message", "ping", "close")) {
                assertEquals(thrown, uncaught.poll(15, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    @DisplayName("S-76: what onConnection throws is answered with 500, reported, and ends with a close event")
    void aThrowingHandlerIsReported() throws Exception {
        BlockingQueue<String> uncaught = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .uncaughtExceptionHandler((socket, thrown) -> uncaught.add(thrown.getMessage()))
                .build();
        try (TestServer server = TestServer.start(options, socket -> {
                    socket.send("never sent");
                    throw new Exception("not today");
                });
                RawClient client = RawClient.connect(server.port(), "/")) {
            client.expectHttp(500);
            client.expectEof();
            server.next().expectClosed("close 1006: unclean NETWORK sent nothing");
            assertEquals("not today", uncaught.poll(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("S-62 S-64: a direct listener sees the bytes without a copy, and may move and change them for itself")
    void aDirectListenerDoesNotDisturbTheOthers() throws Exception {
        try (TestServer server = TestServer.start(socket -> socket.messageListener(new MessageListener() {
                    @Override
                    public void onBinary(WebSocket webSocket, ByteBuffer payload) {
                        payload.put((byte) 9).limit(payload.position()).position(payload.position() - 1);
                        webSocket.send(payload);
                    }
                }));
                RawClient client = server.open()) {
            client.sendFrame(WireFrame.BINARY, new byte[] {1, 2, 3}, true);
            assertEquals("82:09", client.readFrame().hex());
            server.next().expect("open", "binary 010203");
        }
    }
}
