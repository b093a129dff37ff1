package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SEMANTICS.md S-84: pause and resume. */
class PausingTest {

    /** Waits until the loop of the connection has done everything that it was asked for before. */
    private static void awaitLoop(TestServer server) throws Exception {
        // There is one loop: it answers this handshake behind all that.
        server.open().close();
        server.next().expect("open");
    }

    @Test
    @DisplayName("S-84: while paused nothing is read and pings are not answered; resume delivers the rest in order")
    void pauseStopsReading() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().pause();
            awaitLoop(server);
            client.sendText("1").sendPing("p").sendText("2");
            log.socket().send("one may send");
            client.expectText("one may send");
            awaitLoop(server);
            log.socket().send("no pong is in front of this");
            client.expectText("no pong is in front of this");
            log.expectNothing();
            log.socket().resume();
            client.expectFrame(WireFrame.PONG, "p");
            log.expect("text 1", "ping 70", "text 2");
        }
    }

    @Test
    @DisplayName("S-84: what was read in one chunk is still delivered behind pause()")
    void theRestOfTheChunkIsDelivered() throws Exception {
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> socket.pause()));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.send(WireFrame.frame(WireFrame.TEXT, "1"), WireFrame.frame(WireFrame.TEXT, "2"));
            log.expect("text 1", "text 2");
            client.sendText("3");
            awaitLoop(server);
            log.expectNothing();
            log.socket().resume();
            log.expect("text 3");
        }
    }

    @Test
    @DisplayName("S-84: a pause in the handler holds when the connection opens")
    void aPauseInTheHandlerHolds() throws Exception {
        try (TestServer server = TestServer.start(WebSocket::pause);
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            client.sendText("later");
            try (RawClient other = server.open()) {
                server.next().expect("open");
                other.sendPing("unanswered, too");
            }
            log.expectNothing();
            log.socket().resume();
            log.expect("text later");
        }
    }

    @Test
    @DisplayName("S-84: pausing twice needs one resume, and resume without pause does nothing")
    void pausesDoNotAddUp() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            log.socket().resume();
            log.socket().pause();
            log.socket().pause();
            log.socket().resume();
            client.sendText("read");
            log.expect("text read");
        }
    }

    @Test
    @DisplayName("S-84 S-101: who pauses does not take the peer for silent")
    void aPauseIsNoSilence() throws Exception {
        Options options = Options.builder()
                .ping(Duration.ofMillis(20))
                .pingTimeout(Duration.ofMillis(200))
                .idleTimeout(Duration.ofMillis(200))
                .build();
        // From the beginning on: the peer has answered nothing yet.
        try (TestServer server = TestServer.start(options, WebSocket::pause);
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            WireFrame ping = client.readFrame();
            while (!ping.text().equals("30")) {
                assertEquals(0x89, ping.b0());
                client.sendPong(ping.text());
                ping = client.readFrame();
            }
            log.socket().resume();
            String event = log.next();
            while (!event.equals("pong 3239")) {
                assertEquals("pong", event.substring(0, 4));
                event = log.next();
            }
        }
    }
}
