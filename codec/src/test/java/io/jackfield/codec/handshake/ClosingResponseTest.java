package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Request;
import io.jackfield.api.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-24, R-44, A-58: responses that are no 101 say how long they are, and that they are the last")
class ClosingResponseTest {

    private static final Request GET = Request.builder("GET", "/").build();

    @Test
    @DisplayName("S-50, S-51: a failed handshake")
    void failedHandshake() {
        Request request = Requests.without("Upgrade");
        Response response = OpeningHandshake.check(request).orElseThrow().response();
        assertEquals(
                "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 23\r\n"
                        + "Connection: close\r\n\r\nNot a WebSocket request",
                encode(request, response));
    }

    @Test
    void fieldsComeInTheResponsesOrder() {
        Response response = Response.of(200).header("B", "1").header("A", "2").header("b", "3");
        assertEquals(
                "HTTP/1.1 200 OK\r\nB: 1\r\nA: 2\r\nb: 3\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                encode(GET, response));
    }

    @Test
    void bodyIsCountedInBytes() {
        byte[] answer = OpeningHandshake.encode(GET, Response.text(404, "f\u00fcr\u20ac"));
        String text = new String(answer, StandardCharsets.UTF_8);
        assertTrue(text.contains("\r\nContent-Length: 7\r\n"), text);
        assertTrue(text.endsWith("\r\n\r\nf\u00fcr\u20ac"), text);
    }

    @Test
    void headGetsTheFieldsWithoutTheBody() {
        Request head = Request.builder("HEAD", "/").build();
        String answer = encode(head, Response.text(404, "gone"));
        assertTrue(answer.contains("\r\nContent-Length: 4\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void requestMayBeUnknown() {
        assertTrue(encode(null, Response.text(400, "what?")).endsWith("\r\n\r\nwhat?"));
    }

    @Test
    void applicationCannotKeepTheConnection() {
        assertEquals(
                "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                encode(GET, Response.of(200).header("CONNECTION", "keep-alive").header("X", "y")));
    }

    @Test
    void statusesWithoutBodyHaveNone() {
        byte[] body = {'x'};
        assertEquals(
                "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
                encode(GET, Response.of(204).body(body)));
        assertEquals(
                "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n",
                encode(GET, Response.of(304).body(body)));
        assertEquals(
                "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                encode(GET, Response.of(205).body(body)));
    }

    @Test
    void unknownStatusHasAnEmptyPhrase() {
        assertTrue(encode(GET, Response.of(599)).startsWith("HTTP/1.1 599 \r\n"));
    }

    @Test
    void valuesAreWrittenAsTheyAreRead() {
        String answer = encode(GET, Response.of(200).header("X", "a\u00e4\u00ff"));
        assertTrue(answer.contains("\r\nX: a\u00e4\u00ff\r\n"), answer);
    }

    @Test
    @DisplayName("S-43, R-27: characters that only look like CR and LF in one byte do not become them")
    void charactersBeyondLatin1DoNotBecomeLineEnds() {
        byte[] head = new ResponseHead(200).field("X", "a\u010d\u010ab").encode();
        assertEquals("HTTP/1.1 200 OK\r\nX: a??b\r\n\r\n", new String(head, StandardCharsets.ISO_8859_1));
    }

    private static String encode(Request request, Response response) {
        return new String(OpeningHandshake.encode(request, response), StandardCharsets.ISO_8859_1);
    }
}
