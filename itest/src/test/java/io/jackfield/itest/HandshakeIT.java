package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Opening handshakes, good and bad, sent to a running server (RFC 6455 section 4). */
class HandshakeIT {

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("R-22, R-38, S-38, S-39: the 101 has what it must have and nothing else")
    void answersWithSwitchingProtocols() {
        try (RawClient client = RawClient.connect(server.port()).send(RawClient.handshake("/echo"))) {
            assertEquals(
                    List.of(
                            "HTTP/1.1 101 Switching Protocols",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                    client.readAnswer().lines());
        }
    }

    @Test
    @DisplayName("R-39, R-40, S-55: one subprotocol, the client's first choice of ours, in one field")
    void answersWithOneSubprotocol() {
        String head = RawClient.handshake(
                "/echo", "Sec-WebSocket-Protocol: Echo, soap", "Sec-WebSocket-Protocol: chat, echo");
        try (RawClient client = RawClient.connect(server.port()).send(head)) {
            assertEquals(List.of("chat"), client.readAnswer().fields("Sec-WebSocket-Protocol"));
        }
    }

    @Test
    @DisplayName("R-43, S-24: frames in the packet of the head are answered right behind the 101")
    void framesBehindTheHeadAreNotLost() throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(RawClient.handshake("/echo").getBytes(StandardCharsets.ISO_8859_1));
        packet.write(WireFrame.text("early").masked());
        packet.write(WireFrame.ping("ping").masked());
        packet.write(WireFrame.close(1000, "").masked());
        try (RawClient client = RawClient.connect(server.port()).send(packet.toByteArray())) {
            assertEquals(101, client.readAnswer().status());
            assertEquals("early", client.readFrame().payloadText());
            assertEquals("pong ping", pong(client.readFrame()));
            client.assertFailsWith(1000);
        }
    }

    private static String pong(WireFrame frame) {
        return frame.opcodeName() + " " + frame.payloadText();
    }

    static Stream<Arguments> refusedHandshakes() {
        String good = RawClient.handshake("/echo");
        return Stream.of(
                Arguments.of("R-33 R-35 version 12", 426, good.replace(": 13", ": 12")),
                Arguments.of("R-33 A-59 an unknown version", 426, good.replace(": 13", ": 1337")),
                Arguments.of("R-33 a leading zero", 426, good.replace(": 13", ": 013")),
                Arguments.of("R-33 S-45 no version", 426, good.replace("Sec-WebSocket-Version: 13\r\n", "")),
                Arguments.of("R-32 no key", 400, good.replaceFirst("Sec-WebSocket-Key.*\r\n", "")),
                Arguments.of("R-32 S-53 a key that is too short", 400, good.replace(RawClient.KEY, "abc")),
                Arguments.of(
                        "R-32 two keys",
                        400,
                        good.replace(
                                "Sec-WebSocket-Key:",
                                "Sec-WebSocket-Key: " + RawClient.KEY + "\r\nSec-WebSocket-Key:")),
                Arguments.of("S-36 neither key nor version", 400, good.replaceAll("Sec-WebSocket.*\r\n", "")),
                Arguments.of("R-36 an unknown path", 404, good.replace("/echo", "/nowhere")),
                Arguments.of("R-37 A-64 another origin", 403, withField("Origin: http://localhost.evil.example")),
                Arguments.of("R-37 A-64 the origin null", 403, withField("Origin: null")),
                Arguments.of("R-41 S-48 S-175 an extension without name", 400, extensions("a; ; b")),
                Arguments.of("R-42 a quoted value that is no token", 400, extensions("a; b=\"c d\"")),
                Arguments.of(
                        "A-55 bytes beyond ASCII in a subprotocol", 400, withField("Sec-WebSocket-Protocol: \u00ff")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusedHandshakes")
    @DisplayName("R-34, R-44, A-58: refuses, closes, and never takes what follows for a second request")
    void refuses(String title, int status, String head) {
        String smuggled = RawClient.head("GET /page HTTP/1.1", "Host: localhost");
        try (RawClient client = RawClient.connect(server.port()).send(head + smuggled)) {
            HttpAnswer answer = client.readAnswer();
            assertEquals(status, answer.status(), answer.toString());
            if (status == 426) {
                assertEquals(List.of("13"), answer.fields("Sec-WebSocket-Version"), "R-35, S-51");
                assertEquals(List.of("websocket"), answer.fields("Upgrade"), "R-23");
            }
            client.assertEnds();
        }
    }

    static Stream<Arguments> hostileLists() {
        return Stream.of(
                Arguments.of(
                        "A-49 a name of the object prototype",
                        101,
                        extensions("constructor, __proto__, hasOwnProperty")),
                Arguments.of(
                        "A-50 very many blanks",
                        101,
                        withField("Sec-WebSocket-Protocol: a" + " ".repeat(9_000) + ", b")),
                Arguments.of("A-51 S-181 an unclosed quote", 400, extensions("a; b=\"" + "\\a".repeat(4_000))),
                Arguments.of(
                        "R-76 A-45 a window out of range",
                        101,
                        extensions("permessage-deflate; server_max_window_bits=16")),
                Arguments.of(
                        "R-76 A-45 a window that is too small",
                        101,
                        extensions("permessage-deflate; server_max_window_bits=7")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hostileLists")
    @DisplayName("lists that broke others are read in no time, and nothing is negotiated")
    void readsHostileLists(String title, int status, String head) {
        assertTimeout(Duration.ofSeconds(5), () -> {
            try (RawClient client = RawClient.connect(server.port()).send(head)) {
                HttpAnswer answer = client.readAnswer();
                assertEquals(status, answer.status(), answer.toString());
                assertEquals(List.of(), answer.fields("Sec-WebSocket-Extensions"));
            }
        });
    }

    @Test
    @DisplayName("A-47: a window of 8 bits is declined or kept, never an error")
    void smallestWindowIsNoError() {
        try (RawClient client = RawClient.open(
                server.port(), "/echo", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8")) {
            client.send(WireFrame.text("hello").masked());
            assertEquals("text", client.readFrame().opcodeName());
        }
    }

    @Test
    @DisplayName("R-37: no Origin is no browser, and one's own host is allowed at any port")
    void ownOriginIsAllowed() {
        RawClient.open(server.port(), "/echo").close();
        RawClient.open(server.port(), "/echo", "Origin: http://localhost:8080").close();
    }

    @Test
    @DisplayName("S-71: the server notices the client that is gone right after the handshake")
    void clientThatLeavesAtOnceIsNoticed() throws Exception {
        RawClient.open(server.port(), "/echo?leaves").reset();
        Event.Close close = server.awaitClose();
        while (!close.target().url().endsWith("?leaves")) {
            close = server.awaitClose();
        }
        assertEquals(1006, close.code());
        assertTrue(!close.wasClean());
    }

    private static String withField(String field) {
        return RawClient.handshake("/echo", field);
    }

    private static String extensions(String value) {
        return withField("Sec-WebSocket-Extensions: " + value);
    }
}
