package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpeningHandshakeAcceptTest {

    private static final String START = "HTTP/1.1 101 Switching Protocols\r\n";
    private static final String UPGRADE = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            "");

    @Test
    @DisplayName("S-38, R-38, R-22: the 101 has the handshake's fields and nothing else")
    void answerHasTheHandshakesFieldsAlone() {
        assertEquals(START + UPGRADE + "\r\n", response(accept(Requests.valid(), List.of(), Headers.EMPTY)));
    }

    @Test
    @DisplayName("S-38, S-30: custom fields in front, subprotocol and extensions behind")
    void fieldsComeInOrder() {
        Request request = Requests.with("Sec-WebSocket-Protocol", "foo, irc, xmpp").toBuilder()
                .header("Sec-WebSocket-Extensions", "tag; a, other")
                .build();
        TestExtension tag = new TestExtension("tag").answering("b=1");
        OpeningHandshake.Accepted accepted = assertInstanceOf(
                OpeningHandshake.Accepted.class,
                OpeningHandshake.accept(
                        request,
                        List.of("xmpp", "irc"),
                        List.of(tag),
                        () -> 1,
                        Headers.EMPTY.with("X-Second", "2").with("X-First", "1")));
        assertEquals(
                START + "X-Second: 2\r\nX-First: 1\r\n" + UPGRADE
                        + "Sec-WebSocket-Protocol: irc\r\nSec-WebSocket-Extensions: tag; b=1\r\n\r\n",
                response(accepted));
        assertEquals("irc", accepted.protocol());
    }

    @Test
    void judgedOnceAnsweredAsIfJudgedAgain() {
        Request request = Requests.with("Sec-WebSocket-Protocol", "foo, irc");
        OpeningRequest opening = assertInstanceOf(OpeningRequest.class, OpeningHandshake.judge(request));
        OpeningHandshake.Accepted accepted = assertInstanceOf(
                OpeningHandshake.Accepted.class,
                OpeningHandshake.accept(opening, List.of("irc"), List.of(), () -> 1, Headers.EMPTY));
        assertEquals("irc", accepted.protocol());
        assertEquals(response(accept(request, List.of("irc"), Headers.EMPTY)), response(accepted));
    }

    @Test
    @DisplayName("S-57, R-39: no common subprotocol, no field; the connection opens all the same")
    void noCommonSubprotocol() {
        OpeningHandshake.Accepted accepted =
                accept(Requests.with("Sec-WebSocket-Protocol", "foo"), List.of("irc"), Headers.EMPTY);
        assertEquals("", accepted.protocol());
        assertFalse(response(accepted).contains("Sec-WebSocket-Protocol"));
    }

    @Test
    @DisplayName("S-56: subprotocols in several fields are one list")
    void subprotocolsInSeveralFields() {
        Request request = Requests.with("Sec-WebSocket-Protocol", "a").toBuilder()
                .header("sec-websocket-protocol", "b")
                .build();
        assertEquals("b", accept(request, List.of("c", "b"), Headers.EMPTY).protocol());
    }

    @Test
    @DisplayName("S-40: of fields with one name the first is sent, but for the four that may repeat")
    void repeatedFieldsAreSentOnce() {
        Headers headers = Headers.of(List.of(
                Map.entry("X-A", "1"),
                Map.entry("Set-Cookie", "a=1"),
                Map.entry("x-a", "2"),
                Map.entry("set-cookie", "b=2"),
                Map.entry("Set-Cookie2", "c"),
                Map.entry("Set-Cookie2", "d"),
                Map.entry("Warning", "e"),
                Map.entry("Warning", "f"),
                Map.entry("WWW-Authenticate", "g"),
                Map.entry("WWW-Authenticate", "h")));
        assertEquals(
                START + "X-A: 1\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nSet-Cookie2: c\r\nSet-Cookie2: d\r\n"
                        + "Warning: e\r\nWarning: f\r\nWWW-Authenticate: g\r\nWWW-Authenticate: h\r\n" + UPGRADE
                        + "\r\n",
                response(accept(Requests.valid(), List.of(), headers)));
    }

    @Test
    @DisplayName("S-41, R-22: fields that the handshake owns cannot be set")
    void ownedFieldsCannotBeSet() {
        for (String name : List.of(
                "Upgrade",
                "connection",
                "Content-Length",
                "TRANSFER-ENCODING",
                "Sec-WebSocket-Accept",
                "sec-websocket-protocol",
                "Sec-WebSocket-Anything")) {
            Headers headers = Headers.EMPTY.with(name, "x");
            assertThrows(IllegalArgumentException.class, () -> accept(Requests.valid(), List.of(), headers), name);
        }
    }

    @Test
    @DisplayName("S-42, S-43, R-27: names and values are trimmed, and cannot become another field")
    void valuesCannotBecomeAnotherField() {
        assertTrue(response(accept(Requests.valid(), List.of(), Headers.EMPTY.with(" X ", " y ")))
                .contains("\r\nX: y\r\n"));
        for (String value : List.of("a\r\nb: c", "a\rb", "a\nb", "a\0b")) {
            assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("X", value));
        }
    }

    @Test
    @DisplayName("S-39: the other known answer")
    void otherKnownAnswer() {
        Request request = Requests.withOther("Sec-WebSocket-Key", "JFBCWHksyIpXV+6Wlq/9pw==");
        assertTrue(response(accept(request, List.of(), Headers.EMPTY))
                .contains("\r\nSec-WebSocket-Accept: JdiiuafpBKRqD7eol0y4vJDTsTs=\r\n"));
    }

    private static OpeningHandshake.Accepted accept(Request request, List<String> protocols, Headers headers) {
        return assertInstanceOf(
                OpeningHandshake.Accepted.class,
                OpeningHandshake.accept(request, protocols, List.of(), () -> 1, headers));
    }

    private static String response(OpeningHandshake.Accepted accepted) {
        return new String(accepted.response(), StandardCharsets.ISO_8859_1);
    }
}
