package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Event;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.WebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end, against a running server (RFC 6455 sections 5.5.1 and 7). */
class ClosingIT {

    /** For what ends by the close timeout. */
    private static final Options IMPATIENT =
            Options.builder().closeTimeout(Duration.ofMillis(300)).build();

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(Options.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    @DisplayName("R-64, R-66, R-67, R-71: answers a legal close with its code and then ends the connection itself")
    void answersLegalClose(int code) throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(WireFrame.close(code, "bye").masked());
            client.assertFailsWith(code);
            Event.Close close = server.awaitClose();
            assertEquals(code, close.code());
            assertEquals("bye", close.reason());
            assertTrue(close.wasClean());
            assertEquals(Event.Close.Initiator.PEER, close.initiator());
        }
    }

    @Test
    @DisplayName("R-63: a close without a code is answered with one without a code")
    void answersEmptyCloseWithEmptyClose() throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(new WireFrame(WireFrame.FIN | WireFrame.CLOSE, new byte[0]).masked());
            WireFrame answer = client.readFrame();
            assertEquals("88 close, 0 bytes: ", answer.toString());
            client.assertEnds();
            assertEquals(1005, server.awaitClose().code());
        }
    }

    static Stream<Arguments> badCloses() {
        return Stream.of(
                Arguments.of("R-63 one byte", 1002, new WireFrame(0x88, new byte[] {3})),
                Arguments.of("R-70 code 0", 1002, WireFrame.close(0, "")),
                Arguments.of("R-70 code 999", 1002, WireFrame.close(999, "")),
                Arguments.of("R-70 code 1004", 1002, WireFrame.close(1004, "")),
                Arguments.of("R-70 code 1005", 1002, WireFrame.close(1005, "")),
                Arguments.of("R-70 code 1006", 1002, WireFrame.close(1006, "")),
                Arguments.of("R-70 code 1015", 1002, WireFrame.close(1015, "")),
                Arguments.of("R-71 code 1016", 1002, WireFrame.close(1016, "")),
                Arguments.of("R-71 code 2999", 1002, WireFrame.close(2999, "")),
                Arguments.of("R-71 code 5000", 1002, WireFrame.close(5000, "")),
                Arguments.of("R-71 code 65535", 1002, WireFrame.close(65_535, "")),
                Arguments.of("R-73 a reason that is no UTF-8", 1007, new WireFrame(0x88, new byte[] {
                    3, (byte) 0xe8, (byte) 0xff
                })),
                Arguments.of("R-54 a reason of 124 bytes", 1002, WireFrame.close(1000, "r".repeat(124))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badCloses")
    @DisplayName("answers a bad close with the code of the violation")
    void refusesBadClose(String title, int code, WireFrame close) {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(close.masked());
            client.assertFailsWith(code);
        }
    }

    @Test
    @DisplayName("R-68, S-151: what follows the client's close is discarded")
    void discardsDataBehindTheClose() throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(WireFrame.close(1000, "").masked());
            client.send(WireFrame.text("too late").masked());
            client.assertFailsWith(1000);
            assertTrue(server.awaitClose().wasClean());
            assertFalse(server.hasReceived());
        }
    }

    @Test
    @DisplayName("R-65, R-66: the server's close is its last frame, and the client's answer ends the connection")
    void serverClosesInGoodOrder() throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            WebSocket socket = server.awaitOpen();
            socket.send("last");
            socket.close(4000, "done");
            assertFalse(socket.send("too late"));
            assertEquals("last", client.readFrame().payloadText());
            WireFrame close = client.readFrame();
            assertEquals("4000 done", close.closeCode() + " " + close.closeReason());
            client.send(WireFrame.close(4000, "").masked());
            client.assertEnds();
            Event.Close event = server.awaitClose();
            assertTrue(event.wasClean());
            assertEquals(Event.Close.Initiator.LOCAL, event.initiator());
            assertEquals(OptionalInt.of(4000), event.sentCode());
            assertEquals(ReadyState.CLOSED, socket.readyState());
        }
    }

    @Test
    @DisplayName("R-74, A-27: a peer that never answers the close is cut off")
    void peerThatDoesNotAnswerTheCloseIsCutOff() throws Exception {
        try (TestServer impatient = TestServer.start(IMPATIENT);
                RawClient client = RawClient.open(impatient.port(), "/echo")) {
            impatient.awaitOpen().close(4000, "");
            client.assertFailsWith(4000);
            Event.Close close = impatient.awaitClose();
            assertEquals(1006, close.code());
            assertFalse(close.wasClean());
        }
    }

    @Test
    @DisplayName("R-74: a peer that keeps sending instead of answering the close is cut off")
    void peerThatKeepsSendingIsCutOff() throws Exception {
        try (TestServer impatient = TestServer.start(IMPATIENT);
                RawClient client = RawClient.open(impatient.port(), "/echo")) {
            impatient.awaitOpen().close(4000, "");
            Thread sender = new Thread(() -> sendUntilCutOff(client), "sender");
            sender.start();
            assertEquals(1006, impatient.awaitClose().code());
            sender.join();
            assertFalse(impatient.hasReceived(), "S-74: a message was delivered after the close");
        }
    }

    private static void sendUntilCutOff(RawClient client) {
        byte[] message = WireFrame.text("more").masked();
        try {
            while (true) {
                client.send(message);
            }
        } catch (UncheckedIOException e) {
            // The end that the test waits for.
        }
    }

    static Stream<Arguments> vanishedPeers() {
        byte[] half = WireFrame.text("half a frame").masked();
        return Stream.of(
                Arguments.of("with nothing sent", new byte[0]),
                Arguments.of("in a header", new byte[] {half[0]}),
                Arguments.of("in a payload", Arrays.copyOf(half, half.length - 1)),
                Arguments.of(
                        "between fragments",
                        WireFrame.text("part").withB0(WireFrame.TEXT).masked()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vanishedPeers")
    @DisplayName("R-75, A-28, A-30: a peer that vanishes, with FIN or reset, gives one close event with 1006")
    void vanishedPeersAreNoticed(String stage, byte[] sent) throws Exception {
        try (RawClient finishes = RawClient.open(server.port(), "/echo").send(sent)) {
            finishes.finishOutput();
            Event.Close close = server.awaitClose();
            assertEquals(1006, close.code());
            assertEquals(Event.Close.Initiator.NETWORK, close.initiator());
            finishes.assertEnds();
        }
        RawClient resets = RawClient.open(server.port(), "/echo").send(sent);
        resets.reset();
        assertEquals(1006, server.awaitClose().code());
    }

    @Test
    @DisplayName("R-75: a message and FIN in one packet: the message is delivered, then 1006")
    void messageBeforeTheEndIsDelivered() throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(WireFrame.text("last").masked()).finishOutput();
            assertEquals(1006, server.awaitClose().code());
            assertTrue(server.hasReceived());
        }
    }

    @Test
    @DisplayName("a server that stops says goodbye with 1001")
    void stoppingServerSaysGoodbye() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            server.close();
            client.assertFailsWith(1001);
        }
    }
}
