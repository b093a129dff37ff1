package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request heads of all kinds, sent to a running server (RFC 9112, RFC 9110). */
class RequestHeadIT {

    /** The second, where the machine is too slow to speak within the first. */
    private static final List<Duration> TIMES = List.of(Duration.ofMillis(300), Duration.ofSeconds(10));

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** whatever was sent, the server goes on. */
    @AfterEach
    void theServerStillServes() {
        try (RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(WireFrame.text("alive").masked());
            assertEquals("alive", client.readFrame().payloadText());
        }
    }

    static Stream<Arguments> refusedHeads() {
        String good = RawClient.handshake("/echo");
        return Stream.of(
                Arguments.of("R-1 a lone CR", 400, good.replace("Host: localhost", "Host: local\rhost")),
                Arguments.of("R-3 white space behind the request line", 400, good.replace("Host:", " \r\nHost:")),
                Arguments.of("R-4 white space before the colon", 400, good.replace("Host:", "Host :")),
                Arguments.of("R-5 obs-fold", 400, good.replace("Upgrade: ", "Upgrade: \r\n ")),
                Arguments.of("R-7 NUL in a value", 400, good.replace("localhost", "local\0host")),
                Arguments.of("R-8 a name that is no token", 400, good.replace("Host", "H(o)st")),
                Arguments.of("R-11 R-29 no Host", 400, good.replace("Host: localhost\r\n", "")),
                Arguments.of("R-11 A-60 two Hosts", 400, good.replace("Host:", "Host: a\r\nHost:")),
                Arguments.of("R-11 A-54 a malformed Host", 400, good.replace("localhost", "[::1:x")),
                Arguments.of("R-13 no target", 400, good.replace("GET /echo", "GET")),
                Arguments.of("R-13 a blank in the target", 400, good.replace("/echo", "/ec ho")),
                Arguments.of("R-15 R-28 another method", 405, good.replace("GET", "POST")),
                Arguments.of("R-15 an unknown method", 501, good.replace("GET", "BREW")),
                Arguments.of("R-15 methods are case-sensitive", 501, good.replace("GET", "get")),
                Arguments.of("R-14 a very long target", 414, good.replace("/echo", "/" + "a".repeat(20_000))),
                Arguments.of("R-16 R-26 a very long field", 431, good.replace("localhost", "a".repeat(20_000))),
                Arguments.of(
                        "R-16 A-48 A-53 many fields", 431, good.replace("Host:", "X: y\r\n".repeat(500) + "Host:")),
                Arguments.of(
                        "R-17 both framings",
                        400,
                        good.replace("Host:", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\nHost:")),
                Arguments.of("R-18 an invalid length", 400, good.replace("Host:", "Content-Length: +5\r\nHost:")),
                Arguments.of("R-18 two lengths", 400, good.replace("Host:", "Content-Length: 1, 2\r\nHost:")),
                Arguments.of("R-19 A-57 a body", 413, good.replace("Host:", "Content-Length: 5\r\nHost:") + "GET /"),
                Arguments.of("R-20 S-13 HTTP/1.0", 400, good.replace("HTTP/1.1", "HTTP/1.0")),
                Arguments.of("R-21 HTTP-name is case-sensitive", 400, good.replace("HTTP/1.1", "http/1.1")),
                Arguments.of("R-21 another major version", 505, good.replace("HTTP/1.1", "HTTP/2.0")),
                Arguments.of("no HTTP at all", 400, "\u0016\u0003\u0001\u0002\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusedHeads")
    @DisplayName("R-24: refuses with a delimited answer and closes")
    void refuses(String title, int status, String head) {
        try (RawClient client = RawClient.connect(server.port()).send(head)) {
            HttpAnswer answer = client.readAnswer();
            assertEquals(status, answer.status(), answer.toString());
            assertEquals(1, answer.fields("Content-Length").size(), answer.toString());
            assertTrue(answer.fields("Connection").toString().contains("close"), answer.toString());
            client.assertEnds();
        }
    }

    static Stream<Arguments> acceptedHeads() {
        String good = RawClient.handshake("/echo");
        return Stream.of(
                Arguments.of("R-2 an empty line in front", "\r\n" + good),
                Arguments.of("R-6 white space around values", good.replace(": websocket", ": \t websocket\t ")),
                Arguments.of(
                        "R-8 names in any case",
                        good.replace("Upgrade:", "uPGRADE:").replace("Host", "hOST")),
                Arguments.of(
                        "R-9 R-31 a list in two lines", good.replace("Connection:", "Connection: a\r\nConnection:")),
                Arguments.of("R-10 empty list elements", good.replace("Connection: ", "Connection: , ,")),
                Arguments.of("R-12 absolute-form", good.replace("GET /echo", "GET http://localhost/echo")),
                Arguments.of("R-30 R-31 values in any case", good.replace("websocket", "WebSocket")),
                Arguments.of("A-56 an odd cookie", good.replace("Host:", "Cookie: =;;\"\u00ff\r\nHost:")),
                Arguments.of(
                        "A-61 a long list", good.replace("Host:", "Accept: " + "*;q=0.1,".repeat(900) + "\r\nHost:")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptedHeads")
    @DisplayName("accepts what is unusual but right, whole and byte by byte (R-26, A-52)")
    void accepts(String title, String head) {
        try (RawClient client = RawClient.connect(server.port()).send(head)) {
            assertEquals(101, client.readAnswer().status());
        }
        try (RawClient client = RawClient.connect(server.port())) {
            client.sendBytewise(head.getBytes(StandardCharsets.ISO_8859_1));
            assertEquals(101, client.readAnswer().status());
            client.sendBytewise(WireFrame.text("bytewise").masked());
            assertEquals("bytewise", client.readFrame().payloadText());
        }
    }

    @Test
    @DisplayName("R-25: the answer to a refused request survives what the client goes on sending")
    void answerSurvivesBytesThatNobodyReads() {
        String head = RawClient.head("POST /echo HTTP/1.1", "Host: localhost", "Content-Length: 200000");
        try (RawClient client = RawClient.connect(server.port()).send(head + "x".repeat(200_000))) {
            assertEquals(413, client.readAnswer().status());
            client.assertEnds();
        }
    }

    @Test
    @DisplayName("R-26, A-32: a head that does not come to its end is cut off")
    void slowHeadIsCutOff() throws IOException {
        withLittleTime(impatient -> {
            try (RawClient silent = RawClient.connect(impatient.port());
                    RawClient slow = RawClient.connect(impatient.port()).send("GET /echo HTTP/1.1\r\nHost: local")) {
                assertEquals(408, slow.readAnswer().status());
                slow.assertEnds();
                String toSilent = new String(silent.readToEnd(), StandardCharsets.ISO_8859_1);
                assertTrue(toSilent.isEmpty() || toSilent.startsWith("HTTP/1.1 408 "), toSilent);
            }
        });
    }

    /** Runs a test that has to speak before the time for the head is over. */
    private static void withLittleTime(Consumer<TestServer> test) throws IOException {
        for (Duration time : TIMES) {
            try (TestServer impatient =
                    TestServer.start(Options.builder().handshakeTimeout(time).build())) {
                test.accept(impatient);
                return;
            } catch (UncheckedIOException tooSlow) {
                if (time.equals(TIMES.get(TIMES.size() - 1))) {
                    throw tooSlow;
                }
            }
        }
    }

    @Test
    @DisplayName("R-26: the time for the head does not bind the connection that follows")
    void openConnectionOutlivesTheHandshakeTimeout() throws Exception {
        withLittleTime(impatient -> {
            try (RawClient open = RawClient.open(impatient.port(), "/echo");
                    RawClient marker = RawClient.connect(impatient.port())) {
                // Cut off after the same time, and begun later.
                marker.readToEnd();
                open.send(WireFrame.text("still here").masked());
                assertEquals("still here", open.readFrame().payloadText());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere?%0d%0aSet-Cookie:%20a=b", "/%0d%0aSet-Cookie:%20a=b"})
    @DisplayName("R-27: nothing of the target becomes a field of the answer")
    void targetDoesNotSplitTheAnswer(String target) {
        try (RawClient client = RawClient.connect(server.port()).send(RawClient.handshake(target))) {
            HttpAnswer answer = client.readAnswer();
            assertEquals(List.of(), answer.fields("Set-Cookie"), answer.toString());
            client.assertEnds();
        }
    }

    @Test
    @DisplayName("R-27, A-62: an illegal byte is not shown in the answer, nor is anybody else's data")
    void answerToAnIllegalByteIsStatic() {
        RawClient.open(server.port(), "/echo", "Cookie: session=secret").close();
        String head = RawClient.handshake("/echo", "Referer: \u0001here");
        try (RawClient client = RawClient.connect(server.port()).send(head)) {
            HttpAnswer answer = client.readAnswer();
            assertEquals(400, answer.status());
            String all = answer.toString();
            assertFalse(all.contains("here") || all.contains("secret") || all.contains("\u0001"), all);
            client.assertEnds();
        }
    }

    @Test
    @DisplayName("plain requests are answered by the fallback, and with 426 or 404 without one (R-23, R-36)")
    void answersPlainRequests() {
        assertPlainRequest("/page", 200, "a page");
        HttpAnswer upgradeRequired = assertPlainRequest("/echo", 426, null);
        assertEquals(List.of("websocket"), upgradeRequired.fields("Upgrade"));
        assertTrue(upgradeRequired
                .fields("Connection")
                .toString()
                .toLowerCase(Locale.ROOT)
                .contains("upgrade"));
        assertPlainRequest("/nowhere", 404, null);
    }

    private static HttpAnswer assertPlainRequest(String path, int status, String body) {
        String head = RawClient.head("GET " + path + " HTTP/1.1", "Host: localhost");
        try (RawClient client = RawClient.connect(server.port()).send(head)) {
            HttpAnswer answer = client.readAnswer();
            assertEquals(status, answer.status(), answer.toString());
            if (body != null) {
                assertEquals(body, answer.body());
            }
            client.assertEnds();
            return answer;
        }
    }
}
