package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Heads that are refused, over a socket: whole, and a byte at a time. What is pipelined behind them is neither answered nor
 * taken for frames: behind a refusal the connection ends (RFC 9112 section 9.6).
 */
class MalformedHeadTest {

    private static final String GOOD = "GET /chat HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + RawClient.KEY + "\r\n\r\n";

    /** A good head with something replaced. */
    private static Arguments head(String rows, String what, int status, String from, String to) {
        assertTrue(GOOD.contains(from), from);
        return Arguments.of(rows, what, status, GOOD.replace(from, to));
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                head("R-1", "bare CR in a value", 400, "Host: x", "Host: x\rX-A: b"),
                head("R-1", "bare CR at the end of a line", 400, "Host: x\r\n", "Host: x\r"),
                head("R-1", "bare LF at the end of a line", 400, "Host: x\r\n", "Host: x\n"),
                head("R-1", "bare LF behind the request line", 400, "HTTP/1.1\r\n", "HTTP/1.1\n"),
                head("R-3", "white space before the first field", 400, "Host: x", " Host: x"),
                head("R-4", "a blank before the colon", 400, "Host: x", "Host : x"),
                head("R-4", "a tab before the colon", 400, "Host: x", "Host\t: x"),
                head("R-5", "obs-fold with a blank", 400, "Host: x", "Host:\r\n x"),
                head("R-5", "obs-fold with a tab", 400, "Upgrade: websocket", "Upgrade:\r\n\twebsocket"),
                head("R-7", "NUL in a value", 400, "Host: x", "Host: x\r\nX-A: a\0b"),
                head("R-7", "NUL in a name", 400, "Host: x", "Host: x\r\nX\0A: b"),
                head("R-7", "NUL in the target", 400, "/chat", "/ch\0at"),
                head("R-7", "another control character", 400, "Host: x", "Host: x\r\nX-A: \u0001"),
                head("R-8", "a name that is no token", 400, "Host: x", "Host: x\r\nX(A): b"),
                head("R-8", "an empty name", 400, "Host: x", "Host: x\r\n: b"),
                head("R-8", "a line without colon", 400, "Host: x", "Host: x\r\nX-A"),
                head("R-11", "no Host", 400, "Host: x\r\n", ""),
                head("R-11 A-60", "two Host", 400, "Host: x", "Host: x\r\nHost: x"),
                head("R-11 A-60", "two Host, the case differs", 400, "Host: x", "Host: x\r\nhOST: y"),
                head("R-11 A-54", "a Host that is none", 400, "Host: x", "Host: x:y"),
                head("R-11", "two Host names in one", 400, "Host: x", "Host: x, y"),
                head("R-12", "absolute form with another scheme", 400, "/chat", "ftp://x/chat"),
                head("R-12", "absolute form with user information", 400, "/chat", "http://me@x/chat"),
                head("R-12", "authority form", 400, "/chat", "x:80"),
                head("R-12", "authority form with CONNECT", 501, "GET /chat", "CONNECT x:80"),
                head("R-13", "two blanks in the request line", 400, "GET /chat", "GET  /chat"),
                head("R-13", "a blank in the target", 400, "/chat", "/ch at"),
                head("R-13", "HTTP/0.9", 400, "GET /chat HTTP/1.1\r\n", "GET /chat\r\n"),
                head("R-15", "a method in lower case", 501, "GET", "get"),
                head("R-15", "another method", 405, "GET", "POST"),
                head("R-17 A-57", "a body with Content-Length", 413, "Host: x", "Host: x\r\nContent-Length: 5"),
                head(
                        "R-17",
                        "Content-Length with Transfer-Encoding",
                        400,
                        "Host: x",
                        "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked"),
                head("R-17", "Transfer-Encoding alone", 413, "Host: x", "Host: x\r\nTransfer-Encoding: chunked"),
                head("R-17", "Transfer-Encoding in disguise", 400, "Host: x", "Host: x\r\nTransfer-Encoding: xchunked"),
                head(
                        "R-18",
                        "Content-Length twice",
                        400,
                        "Host: x",
                        "Host: x\r\nContent-Length: 5\r\nContent-Length: 6"),
                head("R-18", "Content-Length with a sign", 400, "Host: x", "Host: x\r\nContent-Length: +5"),
                head("R-20 S-13", "HTTP/1.0", 400, "HTTP/1.1", "HTTP/1.0"),
                head("R-21", "HTTP in lower case", 400, "HTTP/1.1", "http/1.1"),
                head("R-21", "HTTP/2", 505, "HTTP/1.1", "HTTP/2.0"),
                head("R-32", "a key that is none", 400, RawClient.KEY, "abc"),
                head("R-32", "two keys", 400, "Host: x", "Host: x\r\nSec-WebSocket-Key: " + RawClient.KEY),
                head("R-33 R-35 A-59", "another version", 426, "Version: 13", "Version: 12"),
                head(
                        "R-41",
                        "extensions that violate the grammar",
                        400,
                        "Host: x",
                        "Host: x\r\nSec-WebSocket-Extensions: a;;"),
                head("R-14", "a long target", 414, "/chat", "/" + "a".repeat(9000)),
                head("R-16 R-26", "a long field", 431, "Host: x", "Host: x\r\nX-A: " + "a".repeat(9000)));
    }

    /** A whole frame and a whole request: nothing of them may have an effect. */
    private static final byte[] PIPELINED =
            concat(WireFrame.frame(WireFrame.TEXT, "smuggled"), GOOD.getBytes(StandardCharsets.ISO_8859_1));

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static final Options SMALL_HEADS =
            Options.builder().maxHeadLength(8192).build();

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("heads")
    @DisplayName("R-19 R-24 R-44 A-58: one answer, then the end, whatever is pipelined behind it")
    void aRefusedHeadEndsTheConnection(String rows, String what, int status, String head) throws Exception {
        try (TestServer server = TestServer.start(SMALL_HEADS, socket -> {
                    throw new AssertionError("no connection may come of " + what);
                });
                RawClient client = RawClient.dial(server.port())) {
            client.send(head.getBytes(StandardCharsets.ISO_8859_1), PIPELINED);
            expectRefusal(client, status);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("heads")
    @DisplayName("R-26 A-52: the same answer to a head that comes a byte at a time")
    void aByteAtATime(String rows, String what, int status, String head) throws Exception {
        try (TestServer server = TestServer.start(SMALL_HEADS, socket -> {
                    throw new AssertionError("no connection may come of " + what);
                });
                RawClient client = RawClient.dial(server.port())) {
            try {
                for (byte octet : head.getBytes(StandardCharsets.ISO_8859_1)) {
                    client.send(new byte[] {octet});
                }
            } catch (SocketException e) {
                // It was refused before it was complete, and the server waits a second for its end at most.
            }
            expectRefusal(client, status);
        }
    }

    private static void expectRefusal(RawClient client, int status) throws IOException {
        String answer = client.expectHttp(status);
        assertTrue(answer.contains("\r\nConnection: close"), answer);
        client.finishOutput();
        client.expectEof();
    }

    @ParameterizedTest
    @MethodSource("goodHeads")
    @DisplayName("R-2 R-6 R-9 R-12 R-43: good heads in odd forms are taken a byte at a time, with a frame behind them")
    void goodHeadsAByteAtATime(String head) throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = RawClient.dial(server.port())) {
            byte[] all = concat(head.getBytes(StandardCharsets.ISO_8859_1), WireFrame.frame(WireFrame.TEXT, "early"));
            for (byte octet : all) {
                client.send(new byte[] {octet});
            }
            client.expectHttp(101);
            EventLog log = server.next().expect("open", "text early");
            assertEquals(TestServer.scheme() + "://x/chat", log.socket().url());
        }
    }

    static Stream<String> goodHeads() {
        return Stream.of(
                GOOD,
                "\r\n" + GOOD,
                GOOD.replace("/chat", "http://x/chat").replace("Host: x", "Host: y"),
                GOOD.replace("Host: x", "hOsT:\t x \t"),
                GOOD.replace("Connection: Upgrade", "Connection: keep-alive\r\nConnection: , upgrade ,"),
                GOOD.replace("HTTP/1.1", "HTTP/1.9"));
    }
}
