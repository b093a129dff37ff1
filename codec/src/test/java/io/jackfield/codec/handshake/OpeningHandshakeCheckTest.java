package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpeningHandshakeCheckTest {

    private static final String NO_WEBSOCKET = "Not a WebSocket request";

    /** What a parser does not let pass to a judge, by the first of their rows. */
    private static final Set<String> PARSER_REFUSES = Set.of("R-29", "A-54", "A-60", "A-57");

    record Good(String name, Request request) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Bad(String name, Request request, int status, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Good> goodRequests() {
        return Stream.of(
                new Good("the RFC's example", Requests.valid()),
                new Good(
                        "R-28 HTTP/1.2",
                        Requests.valid().toBuilder().version("HTTP/1.2").build()),
                new Good("R-30 S-2 Upgrade in upper case", Requests.withOther("Upgrade", "WEBSOCKET")),
                new Good("R-30 S-4 Upgrade lists others too", Requests.withOther("Upgrade", "h2c, WebSocket")),
                new Good("R-31 S-2 Connection lists others", Requests.withOther("Connection", "keep-alive, Upgrade")),
                new Good("R-31 S-2 blanks in Connection", Requests.withOther("Connection", "a, upgrade , b")),
                new Good("R-9 Connection in two fields", Requests.with("Connection", "keep-alive")),
                new Good("extension offer", Requests.with("Sec-WebSocket-Extensions", "x; y=1, z")),
                new Good("S-173 empty extension field", Requests.with("Sec-WebSocket-Extensions", "")),
                new Good("subprotocols", Requests.with("Sec-WebSocket-Protocol", "chat, superchat")),
                new Good("R-37 no browser needs an Origin", Requests.without("Origin")),
                new Good("A-56 invalid Cookie", Requests.with("Cookie", "=;=\u00ff;;\"")),
                new Good("A-61 q values", Requests.with("Accept", "a;q=0.1,".repeat(1_000))),
                new Good("Content-Length 0", Requests.with("Content-Length", "0")));
    }

    static Stream<Bad> noWebSocketRequests() {
        return Stream.of(
                new Bad("S-5 no Upgrade", Requests.without("Upgrade"), 400, NO_WEBSOCKET),
                new Bad("S-5 no Connection", Requests.without("Connection"), 400, NO_WEBSOCKET),
                new Bad("R-30 other Upgrade", Requests.withOther("Upgrade", "h2c"), 400, NO_WEBSOCKET),
                new Bad("R-30 nearly websocket", Requests.withOther("Upgrade", "websockets"), 400, NO_WEBSOCKET),
                new Bad("R-31 no upgrade", Requests.withOther("Connection", "keep-alive"), 400, NO_WEBSOCKET),
                new Bad("R-31 nearly upgrade", Requests.withOther("Connection", "xupgrade"), 400, NO_WEBSOCKET),
                new Bad(
                        "R-20 S-13 HTTP/1.0",
                        Requests.valid().toBuilder().version("HTTP/1.0").build(),
                        400,
                        NO_WEBSOCKET),
                new Bad("S-3 R-15 POST", withMethod("POST"), 405, NO_WEBSOCKET),
                new Bad("S-3 R-15 HEAD", withMethod("HEAD"), 405, NO_WEBSOCKET),
                new Bad("S-3 R-15 CONNECT", withMethod("CONNECT"), 405, NO_WEBSOCKET),
                new Bad("S-3 R-15 GET in lower case", withMethod("get"), 501, NO_WEBSOCKET));
    }

    static Stream<Bad> badHandshakes() {
        return Stream.of(
                version("R-33 S-45 older", Requests.withOther("Sec-WebSocket-Version", "8"), "8"),
                version("R-33 newer", Requests.withOther("Sec-WebSocket-Version", "14"), "14"),
                version("R-33 leading zero", Requests.withOther("Sec-WebSocket-Version", "013"), "013"),
                version("R-33 sign", Requests.withOther("Sec-WebSocket-Version", "+13"), "+13"),
                version("R-33 list", Requests.withOther("Sec-WebSocket-Version", "13, 8"), "13, 8"),
                version("R-33 two fields", Requests.with("Sec-WebSocket-Version", "13"), "13, 13"),
                version("R-33 empty", Requests.withOther("Sec-WebSocket-Version", ""), ""),
                version("S-45 missing beside a key", Requests.without("Sec-WebSocket-Version"), "(none)"),
                version("R-27 not printable", Requests.withOther("Sec-WebSocket-Version", "\u00e4"), "(not printable)"),
                version(
                        "R-27 long",
                        Requests.withOther("Sec-WebSocket-Version", "9".repeat(5_000)),
                        "9".repeat(200) + "..."),
                new Bad("S-36 neither key nor version", bare(), 400, "Unsupported WebSocket version: (none)"),
                bad(
                        "S-46 no key",
                        Requests.without("Sec-WebSocket-Key"),
                        "Missing handshake request header: Sec-WebSocket-Key"),
                bad(
                        "S-53 short key",
                        Requests.withOther("Sec-WebSocket-Key", "abc"),
                        "Invalid Sec-WebSocket-Key header"),
                bad("S-53 empty key", Requests.withOther("Sec-WebSocket-Key", ""), "Invalid Sec-WebSocket-Key header"),
                bad(
                        "R-32 two keys",
                        Requests.with("Sec-WebSocket-Key", Requests.KEY),
                        "Invalid Sec-WebSocket-Key header"),
                bad(
                        "S-48 R-41 invalid extensions",
                        Requests.with("Sec-WebSocket-Extensions", "a;b=\"c"),
                        "Invalid Sec-WebSocket-Extensions header: a;b=\"c"),
                bad(
                        "S-48 R-9 invalid when joined",
                        Requests.with("Sec-WebSocket-Extensions", "a").toBuilder()
                                .header("Sec-WebSocket-Extensions", "b;")
                                .build(),
                        "Invalid Sec-WebSocket-Extensions header: a, b;"),
                bad(
                        "R-27 extensions are not printable",
                        Requests.with("Sec-WebSocket-Extensions", "\u00e4\u0085"),
                        "Invalid Sec-WebSocket-Extensions header: (not printable)"),
                bad(
                        "R-40 repeated subprotocol",
                        Requests.with("Sec-WebSocket-Protocol", "a, a"),
                        "Invalid Sec-WebSocket-Protocol header: a, a"),
                bad(
                        "R-40 R-9 repeated in another field",
                        Requests.with("Sec-WebSocket-Protocol", "a").toBuilder()
                                .header("Sec-WebSocket-Protocol", "a")
                                .build(),
                        "Invalid Sec-WebSocket-Protocol header: a, a"),
                bad(
                        "A-55 subprotocol beyond ASCII",
                        Requests.with("Sec-WebSocket-Protocol", "\u00e4"),
                        "Invalid Sec-WebSocket-Protocol header: (not printable)"),
                bad("R-29 no Host", Requests.without("Host"), "Missing handshake request header: Host"),
                bad("A-54 invalid Host", Requests.withOther("Host", "[::1"), "Invalid Host header"),
                bad("A-60 two Hosts", Requests.with("Host", "server.example.com"), "Invalid Host header"),
                new Bad("A-57 body", Requests.with("Content-Length", "1"), 413, "WebSocket request with a body"),
                new Bad(
                        "A-57 chunked body",
                        Requests.with("Transfer-Encoding", "chunked"),
                        413,
                        "WebSocket request with a body"));
    }

    private static Bad bad(String name, Request request, String reason) {
        return new Bad(name, request, 400, reason);
    }

    private static Bad version(String name, Request request, String shown) {
        return new Bad(name, request, 426, "Unsupported WebSocket version: " + shown);
    }

    private static Request withMethod(String method) {
        return Request.builder(method, "/").headers(Requests.valid().headers()).build();
    }

    private static Request bare() {
        return Request.builder("GET", "/")
                .header("Host", "h")
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodRequests")
    @DisplayName("R-28 to R-33: requests that are good")
    void goodRequestPasses(Good good) {
        assertEquals(Optional.empty(), OpeningHandshake.check(good.request()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"noWebSocketRequests", "badHandshakes"})
    @DisplayName("R-34, S-45 to S-48: requests that are not")
    void badRequestIsRejected(Bad bad) {
        OpeningHandshake.Rejected rejected =
                OpeningHandshake.check(bad.request()).orElseThrow();
        assertEquals(bad.reason(), rejected.reason());
        assertEquals(bad.status(), rejected.response().status());
        assertTrue(
                OpeningHandshake.accept(bad.request(), List.of(), List.of(), () -> 1, Headers.EMPTY)
                                instanceof OpeningHandshake.Rejected again
                        && again.reason().equals(bad.reason()),
                "accept() checks too");
    }

    static Stream<Request> requestsThatAreParsed() {
        Stream<Request> good = goodRequests().map(Good::request);
        Stream<Request> bad = Stream.concat(noWebSocketRequests(), badHandshakes())
                .filter(each -> !PARSER_REFUSES.contains(each.name().split(" ")[0]))
                .map(Bad::request);
        return Stream.concat(good, bad).filter(request -> !request.method().equals("CONNECT"));
    }

    @ParameterizedTest
    @MethodSource("requestsThatAreParsed")
    @DisplayName("a request that was parsed is judged as it is without its parser")
    void aParsedRequestIsJudgedAsItself(Request request) {
        StringBuilder head =
                new StringBuilder(request.method() + " " + request.target() + " " + request.version() + "\r\n");
        request.headers().forEach(field -> head.append(field.getKey() + ": " + field.getValue() + "\r\n"));
        RequestParser parser = new RequestParser(1 << 17, 100);
        RequestParser.Complete parsed = assertInstanceOf(
                RequestParser.Complete.class,
                parser.parse(ByteBuffer.wrap(Parsing.octets(head.append("\r\n").toString()))));

        assertEquals(describe(OpeningHandshake.judge(request)), describe(OpeningHandshake.judge(parsed)));
    }

    private static String describe(OpeningHandshake.Judgement judgement) {
        return judgement instanceof OpeningRequest good
                ? good.key() + good.protocols() + good.extensionOffers()
                : ((OpeningHandshake.Rejected) judgement).reason();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badHandshakes")
    @DisplayName("S-50, A-62: the response's body is a text that shows nothing unchecked")
    void bodyIsPlainPrintableText(Bad bad) {
        OpeningHandshake.Rejected rejected =
                OpeningHandshake.check(bad.request()).orElseThrow();
        String body = new String(rejected.response().body(), StandardCharsets.UTF_8);
        assertTrue(body.chars().allMatch(c -> c >= ' ' && c < 0x7f) && body.length() < 300, body);
        assertTrue(rejected.response()
                .headers()
                .first("Content-Type")
                .orElseThrow()
                .startsWith("text/plain"));
        if (bad.status() != 413) {
            assertEquals(bad.reason(), body);
        }
    }

    @Test
    @DisplayName("S-46: the version is judged before the key, the key before the extensions, these before subprotocols")
    void faultsAreReportedInOrder() {
        Request request = Request.builder("GET", "/")
                .header("Upgrade", "websocket")
                .header("Connection", "upgrade")
                .header("Sec-WebSocket-Version", "12")
                .header("Sec-WebSocket-Key", "abc")
                .header("Sec-WebSocket-Extensions", ";")
                .header("Sec-WebSocket-Protocol", ";")
                .build();
        assertEquals("Unsupported WebSocket version: 12", reason(request));
        request = replace(request, "Sec-WebSocket-Version", "13");
        assertEquals("Invalid Sec-WebSocket-Key header", reason(request));
        request = replace(request, "Sec-WebSocket-Key", Requests.KEY);
        assertEquals("Invalid Sec-WebSocket-Extensions header: ;", reason(request));
        request = replace(request, "Sec-WebSocket-Extensions", "a");
        assertEquals("Invalid Sec-WebSocket-Protocol header: ;", reason(request));
        request = replace(request, "Sec-WebSocket-Protocol", "a");
        assertEquals("Missing handshake request header: Host", reason(request));
    }

    @Test
    @DisplayName("R-35, R-23, S-51, A-59: another version is answered with the supported one, and a close")
    void otherVersionIsAnsweredWithTheSupportedOne() {
        Request request = Requests.withOther("Sec-WebSocket-Version", "8");
        Headers headers =
                OpeningHandshake.check(request).orElseThrow().response().headers();
        assertEquals(List.of("13"), headers.all("Sec-WebSocket-Version"));
        assertEquals(List.of("websocket"), headers.all("Upgrade"));
        String answer = text(OpeningHandshake.encode(
                request, OpeningHandshake.check(request).orElseThrow().response()));
        assertTrue(answer.startsWith("HTTP/1.1 426 Upgrade Required\r\n"), answer);
        assertTrue(answer.contains("\r\nConnection: close, Upgrade\r\n"), answer);
    }

    @Test
    @DisplayName("S-36: a request of the drafts before RFC 6455 is told the version, but not asked to upgrade")
    void draftsAreDeclined() {
        Headers headers =
                OpeningHandshake.check(bare()).orElseThrow().response().headers();
        assertEquals(List.of("13"), headers.all("Sec-WebSocket-Version"));
        assertFalse(headers.first("Upgrade").isPresent());
    }

    @Test
    @DisplayName("R-15: another method than GET is answered with Allow")
    void otherMethodIsAnsweredWithAllow() {
        Headers headers = OpeningHandshake.check(withMethod("PUT"))
                .orElseThrow()
                .response()
                .headers();
        assertEquals(List.of("GET"), headers.all("Allow"));
    }

    private static String reason(Request request) {
        return OpeningHandshake.check(request).orElseThrow().reason();
    }

    private static Request replace(Request request, String name, String value) {
        Request.Builder builder = request.toBuilder().headers(Headers.EMPTY);
        request.headers()
                .forEach(field ->
                        builder.header(field.getKey(), field.getKey().equals(name) ? value : field.getValue()));
        return builder.build();
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("S-45 to S-48: of several faults the first in order is told, whatever else is wrong")
    void faultsAreToldInOrder() {
        Request.Builder request = withFaults("GET");
        List<String> told = new ArrayList<>();
        told.add(reason(withFaults("POST")));
        told.add(reason(request));
        told.add(reason(request.header("Upgrade", "websocket").header("Connection", "upgrade")));
        told.add(reason(request.header("Sec-WebSocket-Version", "13")));
        told.add(reason(request.header("Sec-WebSocket-Key", Requests.KEY)));
        assertEquals(
                List.of(
                        NO_WEBSOCKET,
                        NO_WEBSOCKET,
                        "Unsupported WebSocket version: (none)",
                        "Missing handshake request header: Sec-WebSocket-Key",
                        "Invalid Sec-WebSocket-Extensions header: ;"),
                told);
        Request.Builder rest = Requests.valid().toBuilder().header("Content-Length", "1");
        assertEquals("WebSocket request with a body", reason(rest));
        assertEquals("Invalid Host header", reason(rest.header("Host", "b")));
        assertEquals("Invalid Sec-WebSocket-Protocol header: (", reason(rest.header("Sec-WebSocket-Protocol", "(")));
    }

    private static Request.Builder withFaults(String method) {
        return Request.builder(method, "/")
                .header("Host", "a")
                .header("Host", "b")
                .header("Sec-WebSocket-Extensions", ";")
                .header("Sec-WebSocket-Protocol", "(")
                .header("Content-Length", "1");
    }

    private static String reason(Request.Builder request) {
        return OpeningHandshake.check(request.build()).orElseThrow().reason();
    }
}
