package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md group H: pings, pongs and what waits for them. */
class PingTest {

    @Test
    @DisplayName("S-88 S-89 S-98: pings of all forms; the default is empty, 89 00")
    void pingsOfAllForms() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            assertTrue(socket.ping());
            assertTrue(socket.ping("50", null));
            assertTrue(socket.ping(ByteBuffer.wrap(new byte[] {(byte) 0xff}), () -> {}));
            assertTrue(socket.pong(ByteBuffer.wrap(new byte[] {1})));
            for (String frame : new String[] {"89:", "89:3530", "89:ff", "8a:01"}) {
                assertEquals(frame, client.readFrame().hex());
            }
        }
    }

    @Test
    @DisplayName("S-99: a payload has at most 125 bytes")
    void aPayloadHasAtMost125Bytes() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            assertThrows(IllegalArgumentException.class, () -> socket.ping("ü".repeat(63), null));
            assertThrows(IllegalArgumentException.class, () -> socket.ping(ByteBuffer.allocate(126), null));
            assertThrows(IllegalArgumentException.class, () -> socket.pong(ByteBuffer.allocate(126)));
            assertTrue(socket.ping("x".repeat(125), null));
            client.expectFrame(WireFrame.PING, "x".repeat(125));
        }
    }

    @Test
    @DisplayName("S-90 S-91 S-92 S-93: callbacks run once, those of equal payloads in order; other pongs run none")
    void callbacksMatchTheirPongs() throws Exception {
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            WebSocket socket = log.socket();
            socket.ping("same", () -> ran.add("first"));
            socket.ping("other", () -> ran.add("other"));
            socket.ping("same", () -> ran.add("second"));
            client.expectFrame(WireFrame.PING, "same")
                    .expectFrame(WireFrame.PING, "other")
                    .expectFrame(WireFrame.PING, "same");
            client.sendPong("unknown")
                    .sendPong("same")
                    .sendPong("same")
                    .sendPong("same")
                    .sendPong("other");
            log.expect("pong 756e6b6e6f776e", "pong 73616d65", "pong 73616d65", "pong 73616d65", "pong 6f74686572");
        }
        assertEquals("[first, second, other]", ran.toString());
    }

    @Test
    @DisplayName("S-94: callbacks are matched by bytes")
    void callbacksAreMatchedByBytes() throws Exception {
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().ping("null", () -> ran.add("text"));
            log.socket().ping(ByteBuffer.wrap(new byte[] {(byte) 0xff}), () -> ran.add("ff"));
            client.readFrame();
            client.readFrame();
            client.sendFrame(WireFrame.PONG, new byte[] {(byte) 0xfe}, true)
                    .sendFrame(WireFrame.PONG, new byte[] {(byte) 0xff}, true);
            log.expect("pong fe", "pong ff");
        }
        assertEquals("[ff]", ran.toString());
    }

    @Test
    @DisplayName("S-95: callbacks that wait are never run when the connection closes")
    void waitingCallbacksAreDropped() throws Exception {
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().ping("p", () -> ran.add("ran"));
            client.expectFrame(WireFrame.PING, "p");
            client.send(WireFrame.close(1000, ""), WireFrame.frame(WireFrame.PONG, "p"));
            client.expectClose(1000).expectEof();
            log.expectClosed("close 1000: clean PEER sent 1000");
        }
        assertTrue(ran.isEmpty());
    }

    @Test
    @DisplayName("S-76 S-90: what a callback throws is reported, and loses nothing")
    void aThrowingCallbackIsReported() throws Exception {
        BlockingQueue<String> uncaught = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .uncaughtExceptionHandler((socket, thrown) -> uncaught.add(thrown.getMessage()))
                .build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().ping("p", () -> {
                throw new IllegalStateException("callback");
            });
            client.expectFrame(WireFrame.PING, "p").sendPong("p").sendText("next");
            log.expect("pong 70", "text next");
            assertEquals("callback", uncaught.poll(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("S-96: a ping is answered with its payload, also between fragments")
    void pingsAreAnsweredBetweenFragments() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.send(WireFrame.encode(0x01, new byte[] {'a'}, true))
                    .sendPing("between")
                    .expectFrame(WireFrame.PONG, "between")
                    .send(WireFrame.encode(0x80, new byte[] {'b'}, true));
            log.expect("ping 6265747765656e", "text ab");
        }
    }

    @Test
    @DisplayName("S-33 S-100: automatic pings carry 1, 2, ...")
    void automaticPingsAreNumbered() throws Exception {
        Options options = Options.builder().ping(Duration.ofMillis(10)).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            for (int i = 1; i <= 12; i++) {
                client.expectFrame(WireFrame.PING, Integer.toString(i));
            }
        }
    }

    @Test
    @DisplayName("S-101: without a pong within pingTimeout it ends with 1006 and an error that says so")
    void withoutAPongItEndsWith1006() throws Exception {
        Options options = Options.builder()
                .ping(Duration.ofMillis(20))
                .pingTimeout(Duration.ofMillis(60))
                .build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            client.expectFrame(WireFrame.PING, "1");
            server.next()
                    .expect("open", "error No pong within the ping timeout")
                    .expectClosed("close 1006: unclean NETWORK sent nothing");
            client.drain();
        }
    }

    @Test
    @DisplayName("S-101: pongs keep the connection, the latest standing for those before it")
    void pongsKeepTheConnection() throws Exception {
        Options options = Options.builder()
                .ping(Duration.ofMillis(50))
                .pingTimeout(Duration.ofSeconds(5))
                .build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            client.expectFrame(WireFrame.PING, "1").expectFrame(WireFrame.PING, "2");
            client.sendPong("2").sendText("alive");
            EventLog log = server.next().expect("open", "pong 32", "text alive");
            log.socket().close();
            WireFrame frame = client.readFrame();
            while (frame.opcode() == WireFrame.PING) {
                frame = client.readFrame();
            }
            assertEquals("1000:", frame.closeStatus());
            client.sendClose(1000, "");
            log.expectClosed("close 1000: clean LOCAL sent 1000");
        }
    }

    @Test
    @DisplayName("S-111: pings are refused from CLOSING on")
    void pingsAreRefusedWhileClosing() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            WebSocket socket = server.next().expect("open").socket();
            socket.close();
            assertFalse(socket.ping());
            client.expectClose("1000:").sendClose(1000, "").expectEof();
        }
    }

    @Test
    @DisplayName("S-97 S-194: a ping overtakes a message that an extension works on; a close frame does not")
    void aPingOvertakesWhatAnExtensionWorksOn() throws Exception {
        CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
        Watching slow = new Watching("slow") {
            @Override
            public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
                return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new Slow(mayGoOn)));
            }
        };
        try (TestServer server =
                        TestServer.start(Options.builder().extensions(slow).build());
                RawClient client = server.open("Sec-WebSocket-Extensions: slow")) {
            EventLog log = server.next().expect("open");
            CompletionStage<Void> receipt = log.socket().sendAsync("slow");
            log.socket().ping("fast", null);
            client.expectFrame(WireFrame.PING, "fast");
            log.socket().close();
            log.socket().ping("refused", null);
            mayGoOn.complete(null);
            client.expectText("slow").expectClose("1000:");
            receipt.toCompletableFuture().get(15, TimeUnit.SECONDS);
            client.sendClose(1000, "").expectEof();
            log.expectClosed("close 1000: clean LOCAL sent 1000");
        }
    }

    private record Slow(CompletableFuture<Void> mayGoOn) implements DeferredSession {
        @Override
        public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
            return mayGoOn.thenApply(ignored -> message);
        }

        @Override
        public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
            return mayGoOn.thenApply(ignored -> message);
        }
    }
}
