package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SEMANTICS.md groups I and J: closing, from both sides. */
class ClosingTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Options closeTimeout(Duration timeout) {
        return Options.builder().closeTimeout(timeout).build();
    }

    // -- the application closes ---------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-103 S-106 S-107 S-115 S-118: close() sends 88 02 03 E8; the event comes with the peer's answer")
    void closeSendsItsCodeAndWaitsForTheAnswer() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().send("before");
            log.socket().close();
            assertEquals(ReadyState.CLOSING, log.socket().readyState());
            client.expectText("before");
            assertEquals("88:03e8", client.readFrame().hex());
            log.expectNothing();
            client.sendClose(3002, "mine").expectEof();
            log.expectClosed("close 3002:mine clean LOCAL sent 1000");
            assertEquals(ReadyState.CLOSED, log.socket().readyState());
        }
    }

    @Test
    @DisplayName("S-115 S-121: an empty answer to our close is 1005")
    void anEmptyAnswerIs1005() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().close(3001, "grüße");
            client.expectClose("3001:grüße");
            client.sendFrame(WireFrame.CLOSE, new byte[0], true).expectEof();
            log.expectClosed("close 1005: clean LOCAL sent 3001");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1001, 1002, 1005, 1006, 1011, 1015, 2999, 5000, 65_536})
    @DisplayName("S-104 S-105: other codes than 1000 and 3000 to 4999 throw, in every state")
    void otherCodesThrow(int code) throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> messages.add(refusal(socket, code)));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            messages.add(refusal(log.socket(), code));
            log.socket().close(4999);
            messages.add(refusal(log.socket(), code));
            client.expectClose("4999:").sendClose(1000, "").expectEof();
            log.expectClosed("close 1000: clean LOCAL sent 4999");
            messages.add(refusal(log.socket(), code));
            for (int state = 0; state < 4; state++) {
                assertEquals(
                        "Failed to execute 'close' on WebSocket: The code must be either 1000, or between 3000 and 4999. "
                                + code + " is neither.",
                        messages.poll(15, TimeUnit.SECONDS));
            }
        }
    }

    private static String refusal(WebSocket socket, int code) {
        return assertThrows(IllegalArgumentException.class, () -> socket.close(code, "x".repeat(200)))
                .getMessage();
    }

    @Test
    @DisplayName("S-117: a reason has at most 123 bytes of UTF-8")
    void aReasonHasAtMost123Bytes() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            assertThrows(IllegalArgumentException.class, () -> log.socket().close(1000, "ü".repeat(62)));
            assertEquals(ReadyState.OPEN, log.socket().readyState());
            String longest = "ü".repeat(61) + "x";
            log.socket().close(1000, longest);
            client.expectClose("1000:" + longest);
            client.sendClose(1000, longest).expectEof();
            log.expectClosed("close 1000:" + longest + " clean LOCAL sent 1000");
        }
    }

    @Test
    @DisplayName("S-59 S-82 S-108: close() before open writes nothing and ends the connection with its code")
    void closeBeforeOpenWritesNothing() throws Exception {
        try (TestServer server = TestServer.start(socket -> {
                    socket.send("dropped");
                    socket.ping("dropped", () -> {});
                    socket.close(3003, "no thanks");
                });
                RawClient client = RawClient.connect(server.port(), "/")) {
            client.expectEof();
            EventLog log = server.next();
            log.expectClosed("close 3003:no thanks unclean LOCAL sent nothing");
            assertEquals(ReadyState.CLOSED, log.socket().readyState());
        }
    }

    @Test
    @DisplayName("S-23 S-108: the close event waits until the handler has returned")
    void aListenerThatIsAttachedBehindCloseHearsOfIt() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(socket -> {
                    socket.close(3003, "");
                    socket.onClose(event -> heard.add("closed"));
                    heard.add("handler ends");
                });
                RawClient client = RawClient.connect(server.port(), "/")) {
            client.expectEof();
            assertEquals("handler ends", heard.poll(15, TimeUnit.SECONDS));
            assertEquals("closed", heard.poll(15, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("S-109 S-111: from CLOSING on a second close() and all sending do nothing")
    void closingTwiceDoesNothing() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            WebSocket socket = log.socket();
            socket.close(3001, "first");
            socket.close(3002, "second");
            assertNothingIsSent(socket);
            client.expectClose("3001:first").sendClose(1000, "").expectEof();
            log.expectClosed("close 1000: clean LOCAL sent 3001");
            socket.close();
            assertNothingIsSent(socket);
            log.expectNothing();
        }
    }

    private static void assertNothingIsSent(WebSocket socket) {
        assertFalse(socket.send("no"));
        assertFalse(socket.send(ByteBuffer.allocate(1)));
        assertFalse(socket.ping());
        assertFalse(socket.ping(ByteBuffer.allocate(1), () -> {}));
        assertFalse(socket.pong(ByteBuffer.allocate(1)));
        assertEquals(0, socket.bufferedAmount());
    }

    @Test
    @DisplayName("S-106: close() on the loop goes behind what another thread sent before")
    void closeGoesBehindWhatOtherThreadsSentBefore() throws Exception {
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> {
                    Thread other = new Thread(() -> socket.send("sent before"));
                    other.start();
                    other.join();
                    socket.close();
                }));
                RawClient client = server.open()) {
            client.sendText("go").expectText("sent before").expectClose("1000:");
        }
    }

    @Test
    @DisplayName("S-112 S-113: while CLOSING pings are answered and violations ignored until the peer's close frame")
    void pingsAreAnsweredWhileClosing() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().close();
            client.expectClose("1000:");
            client.sendText("ignored").sendPing("still there?").expectFrame(WireFrame.PONG, "still there?");
            client.sendClose(1000, "").expectEof();
            String event = log.next();
            assertEquals("ping 7374696c6c2074686572653f", event);
            log.expectClosed("close 1000: clean LOCAL sent 1000");
        }
    }

    @Test
    @DisplayName("S-69 S-113 S-114: a violation while CLOSING gives no error and no second close frame")
    void aViolationWhileClosingIsSilent() throws Exception {
        try (TestServer server = TestServer.start(closeTimeout(LONG));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().close();
            client.expectClose("1000:");
            client.send(new byte[] {(byte) 0xf1, (byte) 0x80, 0, 0, 0, 0});
            client.expectEof();
            log.expectClosed("close 1006: unclean LOCAL sent 1000");
        }
    }

    @Test
    @DisplayName("S-29 S-110 S-135: without an answer within closeTimeout it ends with 1006")
    void withoutAnAnswerItEndsWith1006() throws Exception {
        try (TestServer server = TestServer.start(closeTimeout(Duration.ofMillis(50)));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().close(3001, "anybody?");
            client.expectClose("3001:anybody?").expectEof();
            log.expectClosed("close 1006: unclean LOCAL sent 3001");
        }
    }

    @Test
    @DisplayName("S-110: a peer that reads nothing does not hold the connection beyond closeTimeout")
    void aPeerThatDoesNotReadIsCutOff() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        try (TestServer server = TestServer.start(closeTimeout(timeout));
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            EventLog log = server.next().withoutDrains().expect("open");
            while (log.socket().send(new byte[1 << 20])) {
                // Until it backs up.
            }
            long start = System.nanoTime();
            log.socket().close();
            log.expectClosed("close 1006: unclean LOCAL sent 1000");
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            assertTrue(millis < 2 * timeout.toMillis(), "The timeout ran twice: " + millis + " ms");
        }
    }

    @Test
    @DisplayName("S-110: a reset while CLOSING ends it at once, not after closeTimeout")
    void aResetWhileClosingEndsItAtOnce() throws Exception {
        try (TestServer server = TestServer.start(closeTimeout(LONG));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().close();
            client.expectClose("1000:").reset();
            log.expectClosed("close 1006: unclean LOCAL sent 1000");
        }
    }

    @Test
    @DisplayName("S-110: the peer's end of the connection while CLOSING ends it at once")
    void anEndWhileClosingEndsItAtOnce() throws Exception {
        try (TestServer server = TestServer.start(closeTimeout(LONG));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().close();
            client.expectClose("1000:").finishOutput();
            client.expectEof();
            log.expectClosed("close 1006: unclean LOCAL sent 1000");
        }
    }

    @Test
    @DisplayName("S-106: close() lifts a pause, since the peer's answer has to be read")
    void closeLiftsAPause() throws Exception {
        try (TestServer server =
                        TestServer.start(closeTimeout(LONG), socket -> socket.onOpen(event -> socket.pause()));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.sendText("never delivered");
            log.socket().close();
            client.expectClose("1000:").sendClose(1000, "").expectEof();
            log.expectClosed("close 1000: clean LOCAL sent 1000");
        }
    }

    // -- the peer closes ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999})
    @DisplayName("S-116 S-119 S-120 S-124: legal codes are echoed with their reason and reported")
    void legalCodesAreEchoed(int code) throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            client.sendClose(code, "bye").expectClose(code + ":bye").expectEof();
            server.next().expect("open").expectClosed("close " + code + ":bye clean PEER sent " + code);
        }
    }

    @Test
    @DisplayName("S-121: an empty close frame is 1005, and echoed empty")
    void anEmptyCloseFrameIs1005() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            client.sendFrame(WireFrame.CLOSE, new byte[0], true)
                    .expectClose("empty")
                    .expectEof();
            server.next().expect("open").expectClosed("close 1005: clean PEER sent 1005");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000})
    @DisplayName("S-123 S-127 S-133: illegal codes become 1002, without an error event")
    void illegalCodesBecome1002(int code) throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            client.sendClose(code, "why").expectClose(1002).expectEof();
            EventLog log = server.next().expect("open");
            log.expectClosed("close 1002:why unclean PEER sent 1002");
        }
    }

    @Test
    @DisplayName("S-122 S-127: a close payload of one byte is 1002")
    void aPayloadOfOneByteIs1002() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            client.sendFrame(WireFrame.CLOSE, new byte[] {3}, true)
                    .expectClose(1002)
                    .expectEof();
            server.next().expect("open").expectClosed("close 1002: unclean PEER sent 1002");
        }
    }

    @Test
    @DisplayName("S-125 S-126 S-127: a reason that is not UTF-8 is 1007")
    void aReasonThatIsNotUtf8Is1007() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            client.sendFrame(WireFrame.CLOSE, new byte[] {3, (byte) 0xe8, (byte) 0xff}, true)
                    .expectClose(1007)
                    .expectEof();
            server.next().expect("open").expectClosed("close 1007: unclean PEER sent 1007");
        }
    }

    // -- the connection ends ------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-128: the end of the connection without a close frame is 1006, without an error")
    void anEndWithoutACloseFrameIs1006() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            client.sendText("last").finishOutput();
            client.expectEof();
            server.next().expect("open", "text last").expectClosed("close 1006: unclean NETWORK sent nothing");
        }
    }

    @Test
    @DisplayName("S-70 S-129: a reset is an error that names the address, then 1006")
    void aResetIsANetworkError() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.reset();
            String error = log.next();
            assertEquals(
                    "error Network error: " + TestServer.scheme() + "://localhost/: ",
                    error.substring(0, error.lastIndexOf(": ") + 2));
            log.expectClosed("close 1006: unclean NETWORK sent nothing");
        }
    }

    @Test
    @DisplayName("S-130 S-131 S-132: failures have codes: unmasked 1002, UTF-8 1007, too large 1009")
    void failuresHaveCodes() throws Exception {
        Options options = Options.builder().maxLength(10).build();
        try (TestServer server = TestServer.start(options)) {
            assertFails(server, 1002, WireFrame.encode(0x81, new byte[] {'x'}, false));
            assertFails(server, 1007, WireFrame.encode(0x81, new byte[] {(byte) 0xff}, true));
            assertFails(server, 1009, WireFrame.encode(0x82, new byte[11], true));
        }
    }

    private static void assertFails(TestServer server, int code, byte[] frame) throws Exception {
        try (RawClient client = server.open()) {
            client.send(frame);
            String status = client.readFrame().closeStatus();
            client.expectEof();
            String reason = status.substring(status.indexOf(':') + 1);
            assertEquals(code + ":" + reason, status);
            server.next()
                    .expect("open", "error " + reason)
                    .expectClosed("close " + status + " unclean LOCAL sent " + code);
        }
    }
}
