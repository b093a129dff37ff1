package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How fast a peer may send, and what becomes of more. Times are compared with what the rates demand at least. */
class RatesTest {

    private static byte[] frames(int opcode, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(WireFrame.frame(opcode, Integer.toString(i)));
        }
        return all.toByteArray();
    }

    private static void requireSince(long start, Duration least) {
        long nanos = System.nanoTime() - start;
        assertTrue(nanos >= least.toNanos(), () -> "only after " + Duration.ofNanos(nanos));
    }

    // -- control frames -----------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "R-92 A-26 A-20: as many pings as allowed in a second are answered; one more fails the connection with 1008")
    void onePingTooMany() throws Exception {
        Options options = Options.builder().maxControlFramesPerSecond(10).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            client.send(frames(WireFrame.PING, 11));
            for (int i = 0; i < 11; i++) {
                client.expectFrame(WireFrame.PONG, Integer.toString(i));
            }
            String reason = "Received more than 10 control frames in a second";
            client.expectClose("1008:" + reason).expectEof();
            EventLog log = server.next().expect("open");
            for (int i = 0; i < 10; i++) {
                log.expect("ping 3" + i);
            }
            log.expect("error " + reason).expectClosed("close 1008:" + reason + " unclean LOCAL sent 1008");
        }
    }

    @Test
    @DisplayName("R-92 A-20: pongs that nobody asked for count too, and pings after a while do not")
    void pongsCount() throws Exception {
        Options options = Options.builder().maxControlFramesPerSecond(2).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.send(frames(WireFrame.PONG, 2));
            log.expect("pong 30", "pong 31");
            client.send(frames(WireFrame.PONG, 3)).expectClose(1008);
        }
    }

    @Test
    @DisplayName("R-92: 0 means any number")
    void noLimitOfControlFrames() throws Exception {
        Options options = Options.builder().maxControlFramesPerSecond(0).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            client.send(frames(WireFrame.PONG, 2000)).sendPing("last").expectFrame(WireFrame.PONG, "last");
        }
    }

    @Test
    @DisplayName("R-92 R-74: who floods instead of answering a close frame is cut off before closeTimeout")
    void floodWhileClosing() throws Exception {
        Options options = Options.builder().maxControlFramesPerSecond(10).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().close(3000, "enough");
            client.expectClose("3000:enough").send(frames(WireFrame.PONG, 11)).expectEof();
            String event = log.next();
            while (event.startsWith("pong")) {
                event = log.next();
            }
            assertEquals("close 1006: unclean LOCAL sent 3000", event);
        }
    }

    // -- messages and bytes -------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "A-33 R-94: a second's messages are delivered at once, and the others as they become due, all in order")
    void messagesBeyondTheRateWait() throws Exception {
        Options options = Options.builder().maxMessagesPerSecond(50).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            long start = System.nanoTime();
            client.send(frames(WireFrame.TEXT, 75));
            for (int i = 0; i < 75; i++) {
                log.expect("text " + i);
                if (i >= 50) {
                    requireSince(start, Duration.ofMillis(20L * (i - 49)));
                }
            }
        }
    }

    @Test
    @DisplayName("A-33: what waits because of the rate is not read: others are served, and pings wait with it")
    void whatWaitsIsNotRead() throws Exception {
        Options options = Options.builder().maxMessagesPerSecond(1).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open();
                RawClient other = server.open()) {
            EventLog log = server.next().expect("open");
            long start = System.nanoTime();
            client.sendText("1").sendText("2").sendPing("behind 2");
            log.expect("text 1");
            other.sendPing("at once").expectFrame(WireFrame.PONG, "at once");
            client.expectFrame(WireFrame.PONG, "behind 2");
            requireSince(start, Duration.ofSeconds(1));
            log.expect("text 2", "ping 626568696e642032");
        }
    }

    @Test
    @DisplayName("R-74: a session that closes reads on, whatever the rate: the answer to its close frame must be read")
    void closingDoesNotWaitForTheRate() throws Exception {
        Options options = Options.builder().maxMessagesPerSecond(1).build();
        try (TestServer server =
                        TestServer.start(options, socket -> socket.onMessage(event -> socket.close(3000, "")));
                RawClient client = server.open()) {
            client.send(frames(WireFrame.TEXT, 30));
            client.expectClose("3000:").sendClose(3000, "").expectEof();
            server.next().expect("open", "text 0").expectClosed("close 3000: clean LOCAL sent 3000");
        }
    }

    @Test
    @DisplayName("A-33 R-94: bytes beyond the rate are paid for with waiting")
    void bytesBeyondTheRateWait() throws Exception {
        Options options = Options.builder().maxBytesPerSecond(20_000).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open()) {
            server.next();
            long start = System.nanoTime();
            client.sendFrame(WireFrame.BINARY, new byte[30_000], true)
                    .sendPing("")
                    .expectFrame(WireFrame.PONG, "");
            client.sendPing("next").expectFrame(WireFrame.PONG, "next");
            // More than 30,000 bytes, of which 20,000 were there.
            requireSince(start, Duration.ofMillis(500));
        }
    }

    @Test
    @DisplayName("A-33: a rate of bytes holds for one message that is larger than a second's, which arrives whole")
    void aLargeMessageAtASmallRate() throws Exception {
        Options options = Options.builder().maxBytesPerSecond(500_000).build();
        try (TestServer server = TestServer.start(options, socket -> socket.onMessage(event -> socket.send("whole")));
                RawClient client = server.open()) {
            long start = System.nanoTime();
            client.sendFrame(WireFrame.BINARY, new byte[750_000], true).expectText("whole");
            // The last read, of 128 KiB at most, may come while nothing is owed.
            requireSince(start, Duration.ofMillis(1000 * (750_000 - 131_072 - 500_000) / 500_000));
        }
    }

    // -- time ---------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("A-33: a connection that has lasted long enough is closed with 1001, however busy it is")
    void lifetime() throws Exception {
        Options options = Options.builder().lifetime(Duration.ofMillis(300)).build();
        long start = System.nanoTime();
        try (TestServer server = TestServer.start(options, socket -> socket.onMessage(socket::send));
                RawClient client = server.open()) {
            WireFrame frame;
            int echoes = 0;
            do {
                client.sendText("busy");
                frame = client.readFrame();
                echoes += frame.opcode() == WireFrame.TEXT ? 1 : 0;
            } while (frame.opcode() == WireFrame.TEXT);
            assertEquals("1001:Connected for long enough", frame.closeStatus());
            requireSince(start, Duration.ofMillis(300));
            client.sendClose(1001, "").expectEof();
            EventLog log = server.next().expect("open");
            for (int i = 0; i < echoes; i++) {
                log.expect("text busy");
            }
            log.expectClosed("close 1001: clean LOCAL sent 1001");
        }
    }
}
