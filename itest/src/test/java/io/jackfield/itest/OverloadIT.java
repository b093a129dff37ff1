package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are too many, too fast or too slow: a server with one event loop goes on serving the others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OverloadIT {

    private static final long MAX_BUFFERED = 1 << 20;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(Options.builder()
                .maxBufferedAmount(MAX_BUFFERED)
                // Otherwise a flood of pings ends with the first thousand, whatever becomes of their pongs.
                .maxControlFramesPerSecond(0)
                .build());
    }

    @AfterEach
    void stop() {
        assertOthersAreServed();
        server.close();
    }

    private void assertOthersAreServed() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(WireFrame.text("served").masked());
            assertEquals("served", client.readFrame().payloadText());
        }
    }

    @Test
    @DisplayName("R-91, A-29: what waits for a peer that does not read is bounded; beyond it the connection is closed")
    void peerThatDoesNotReadIsClosed() throws Exception {
        RawClient lazy = RawClient.open(server.port(), "/echo");
        WebSocket socket = server.awaitOpen();
        ByteBuffer message = ByteBuffer.allocate(65_536);
        long most = 0;
        while (socket.readyState().value() < ReadyState.CLOSING.value()) {
            socket.send(message);
            most = Math.max(most, socket.bufferedAmount());
        }
        assertTrue(most <= MAX_BUFFERED, most + " bytes were buffered");
        lazy.reset();
    }

    @Test
    @DisplayName("R-91: a sender that heeds the result of send goes at the pace of the reader")
    void senderThatWaitsForDrainIsNotClosed() {
        try (RawClient slow = RawClient.open(server.port(), "/flood")) {
            assertOthersAreServed();
            for (int i = 0; i < 1_000; i++) {
                assertEquals(65_536, slow.readFrame().payload().length);
            }
        }
    }

    @Test
    @DisplayName("R-92, A-26: a flood of pings whose pongs nobody reads holds up its sender, not the others")
    void pingFloodHoldsUpNobodyElse() throws Exception {
        try (RawClient flooding = RawClient.open(server.port(), "/echo")) {
            Thread flood = new Thread(() -> floodWithPings(flooding), "flood");
            flood.start();
            for (int i = 0; i < 20; i++) {
                assertOthersAreServed();
            }
            flooding.reset();
            flood.join();
        }
    }

    private static void floodWithPings(RawClient client) {
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            pings.writeBytes(WireFrame.ping("p".repeat(125)).masked());
        }
        try {
            // At most 64 MiB, should nobody hold it up.
            for (int i = 0; i < 1_000; i++) {
                client.send(pings.toByteArray());
            }
        } catch (UncheckedIOException e) {
            // The reset that ends the flood.
        }
    }

    @Test
    @DisplayName("R-93, R-94, R-95: silent, half-open and stuck connections hold up nobody")
    void stuckConnectionsHoldUpNobody() {
        List<RawClient> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                stuck.add(RawClient.connect(server.port()));
                stuck.add(RawClient.connect(server.port()).send("GET /echo HTTP/1.1\r\n"));
                stuck.add(RawClient.open(server.port(), "/echo").send(WireFrame.announcing(0x82, 1_000_000)));
            }
            assertOthersAreServed();
        } finally {
            stuck.forEach(RawClient::reset);
        }
    }
}
