package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestParserTest {

    /** An input, and the beginning of what {@link Parsing#describe} says of it. */
    record Row(String name, String input, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, String input, String expected) {
        return new Row(name, input, expected);
    }

    /** A field line in an otherwise good request. */
    private static Row field(String name, String line, String expected) {
        return row(name, "GET / HTTP/1.1\r\nHost: h\r\n" + line + "\r\n\r\n", expected);
    }

    private static Row goodField(String name, String line, String expected) {
        return field(name, line, "GET / HTTP/1.1 [Host=h, " + expected + "]");
    }

    private static Row firstLine(String name, String line, String expected) {
        return row(name, line + "\r\nHost: h\r\n\r\n", expected);
    }

    private static Row host(String name, String value, String expected) {
        return row(name, "GET / HTTP/1.1\r\nHost: " + value + "\r\n\r\n", expected);
    }

    static Stream<Row> requestLines() {
        return Stream.of(
                firstLine("plain", "GET / HTTP/1.1", "GET / HTTP/1.1 [Host=h]"),
                firstLine("query", "GET /a/b?c=d&e=%20 HTTP/1.1", "GET /a/b?c=d&e=%20 HTTP/1.1 [Host=h]"),
                firstLine(
                        "what browsers send unencoded",
                        "GET /a|b?[x]={y}^`\\|100% HTTP/1.1",
                        "GET /a|b?[x]={y}^`\\|100%"),
                firstLine("R-2 an empty line before", "\r\nGET / HTTP/1.1", "GET / HTTP/1.1 [Host=h]"),
                firstLine("R-2 four empty lines before", "\r\n\r\n\r\n\r\nGET / HTTP/1.1", "GET / HTTP/1.1 [Host=h]"),
                firstLine("R-2 five empty lines before", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1", "400"),
                firstLine("R-13 white space before the method", " GET / HTTP/1.1", "400"),
                firstLine("R-13 two spaces before the target", "GET  / HTTP/1.1", "400"),
                firstLine("R-13 two spaces behind the target", "GET /  HTTP/1.1", "400"),
                firstLine("R-13 tab instead of space", "GET\t/ HTTP/1.1", "400"),
                firstLine("R-13 space in the target", "GET /a b HTTP/1.1", "400"),
                firstLine("R-13 tab in the target", "GET /a\tb HTTP/1.1", "400"),
                firstLine("R-13 space behind the version", "GET / HTTP/1.1 ", "400"),
                firstLine("R-13 no version", "GET /", "400"),
                firstLine("R-13 method alone", "GET", "400"),
                firstLine("R-13 no target", "GET HTTP/1.1", "400"),
                firstLine("R-13 no method", "/ HTTP/1.1", "400"),
                firstLine("R-13 method is no token", "G(T / HTTP/1.1", "400"),
                firstLine("R-13 octet beyond ASCII in the method", "G\u00c9T / HTTP/1.1", "400"),
                firstLine("R-13 octet beyond ASCII in the target", "GET /\u00e4 HTTP/1.1", "400"),
                firstLine("R-13 fragment in the target", "GET /a#b HTTP/1.1", "400"),
                firstLine("R-13 quotation mark in the target", "GET /\" HTTP/1.1", "400"),
                firstLine("R-13 less-than in the target", "GET /<a> HTTP/1.1", "400"),
                firstLine("R-13 broken percent-encoding in the path", "GET /%2 HTTP/1.1", "400"),
                firstLine("R-13 no hexadecimal digits in the path", "GET /%zz HTTP/1.1", "400"),
                firstLine("R-13 relative target", "GET a HTTP/1.1", "400"),
                firstLine("R-13 NUL in the target", "GET /\0 HTTP/1.1", "400"),
                firstLine("R-15 any token is a method", "get / HTTP/1.1", "get / HTTP/1.1 [Host=h]"),
                firstLine("R-15 unknown method", "BREW /pot HTTP/1.1", "BREW /pot HTTP/1.1 [Host=h]"),
                firstLine("R-20 HTTP/1.0", "GET / HTTP/1.0", "GET / HTTP/1.0 [Host=h]"),
                firstLine("higher minor version", "GET / HTTP/1.9", "GET / HTTP/1.9 [Host=h]"),
                firstLine("R-21 HTTP-name in lower case", "GET / http/1.1", "400"),
                firstLine("R-21 HTTP-name in mixed case", "GET / Http/1.1", "400"),
                firstLine("R-21 HTTP/2.0", "GET / HTTP/2.0", "505"),
                firstLine("R-21 HTTP/0.9", "GET / HTTP/0.9", "505"),
                firstLine("R-21 preface of HTTP/2", "PRI * HTTP/2.0", "505"),
                firstLine("R-21 major version alone", "GET / HTTP/1", "400"),
                firstLine("R-21 two digits", "GET / HTTP/1.10", "400"),
                firstLine("R-21 no digit", "GET / HTTP/1.x", "400"),
                firstLine("R-21 other protocol", "GET / HTTQ/1.1", "400"),
                firstLine("asterisk of OPTIONS", "OPTIONS * HTTP/1.1", "OPTIONS * HTTP/1.1 [Host=h]"),
                firstLine("asterisk of another method", "GET * HTTP/1.1", "400"),
                firstLine("authority-form of CONNECT", "CONNECT h:80 HTTP/1.1", "501"),
                firstLine("authority-form of another method", "GET h:80 HTTP/1.1", "400"),
                firstLine("R-12 absolute-form", "GET http://o/p?q HTTP/1.1", "GET /p?q HTTP/1.1 [Host=o]"),
                firstLine("R-12 port", "GET http://o:81/p HTTP/1.1", "GET /p HTTP/1.1 [Host=o:81]"),
                firstLine("R-12 scheme in upper case", "GET HTTPS://o/p HTTP/1.1", "GET /p HTTP/1.1 [Host=o]"),
                firstLine("R-12 scheme ws", "GET ws://o/p HTTP/1.1", "GET /p HTTP/1.1 [Host=o]"),
                firstLine("R-12 scheme wss", "GET wss://[::1]:8/p HTTP/1.1", "GET /p HTTP/1.1 [Host=[::1]:8]"),
                firstLine("R-12 no path", "GET http://o HTTP/1.1", "GET / HTTP/1.1 [Host=o]"),
                firstLine("R-12 query without path", "GET http://o?q HTTP/1.1", "GET /?q HTTP/1.1 [Host=o]"),
                firstLine("R-12 other scheme", "GET ftp://o/ HTTP/1.1", "400"),
                firstLine("R-12 no scheme", "GET ://o/ HTTP/1.1", "400"),
                firstLine("R-12 no authority", "GET http:///p HTTP/1.1", "400"),
                firstLine("R-12 user information", "GET http://u:p@o/ HTTP/1.1", "400"),
                firstLine("R-12 invalid authority", "GET http://o:x/ HTTP/1.1", "400"),
                firstLine("R-12 fragment", "GET http://o/#f HTTP/1.1", "400"));
    }

    static Stream<Row> fieldLines() {
        return Stream.of(
                goodField("value without white space", "A:b", "A=b"),
                goodField("R-6 blanks and tabs around the value", "A: \t b \t ", "A=b"),
                goodField("R-6 inner white space stays", "A: b \t c", "A=b \t c"),
                goodField("R-6 no-break space is no white space", "A: \u00a0b\u0085", "A=\u00a0b\u0085"),
                goodField("empty value", "A:", "A="),
                goodField("value of blanks", "A: \t ", "A="),
                goodField("colons in the value", "A: b:c:", "A=b:c:"),
                goodField("octets beyond ASCII", "A: \u00e4\u00ff", "A=\u00e4\u00ff"),
                goodField("R-8 every token character", "!#$%&'*+-.^_`|~09AZaz: v", "!#$%&'*+-.^_`|~09AZaz=v"),
                goodField("R-9 repeated fields stay in order", "A: 1\r\na: 2\r\nA: 3", "A=1, a=2, A=3"),
                goodField("name of the prototype (A-49)", "constructor: x", "constructor=x"),
                field("R-5 white space before a field", " A: b", "400 A header line begins"),
                row(
                        "R-3 line of white space behind the request line",
                        "GET / HTTP/1.1\r\n \r\nHost: h\r\n\r\n",
                        "400 A header line begins"),
                row("R-3 indented first field", "GET / HTTP/1.1\r\n\tHost: h\r\n\r\n", "400 A header line begins"),
                field("R-4 blank before the colon", "A : b", "400"),
                field("R-4 tab before the colon", "A\t: b", "400"),
                field("R-5 obs-fold with a blank", "A: b\r\n c", "400 A header line begins"),
                field("R-5 obs-fold with a tab", "A: b\r\n\tX: c", "400 A header line begins"),
                field("R-1 CR in the value", "A: b\rc", "400"),
                field("R-1 CR before CRLF", "A: b\r", "400"),
                field("R-1 CR instead of CRLF", "A: b\rB: c", "400"),
                field("R-1 LF alone (stricter than the RFC)", "A: b\nB: c", "400"),
                row("R-1 LF at the end of the head", "GET / HTTP/1.1\r\nHost: h\r\n\n", "400"),
                row("R-1 LF behind the request line", "GET / HTTP/1.1\nHost: h\r\n\r\n", "400"),
                row("R-1 CR as the first octet", "\rGET / HTTP/1.1\r\nHost: h\r\n\r\n", "400"),
                row("R-1 LF as the first octet", "\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "400"),
                field("R-7 NUL in the value", "A: b\0c", "400"),
                field("R-7 escape in the value", "A: b\u001bc", "400"),
                field("R-7 vertical tab in the value", "A: b\u000bc", "400"),
                field("R-7 DEL in the value", "A: b\u007fc", "400"),
                field("R-7 NUL in the name", "A\0: b", "400"),
                field("R-8 empty name", ": b", "400"),
                field("R-8 no colon", "A", "400"),
                field("R-8 no colon, blank", "A b", "400"),
                field("R-8 slash in the name", "A/B: c", "400"),
                field("R-8 octet beyond ASCII in the name", "\u00c4: b", "400"),
                row("record of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000", "400"),
                row("record of SSL 2", "\u0080.\u0001", "400"),
                row("nothing", "", "incomplete"),
                row("request line alone", "GET / HTTP/1.1\r\n", "incomplete"),
                row("end in the middle of CRLF CRLF", "GET / HTTP/1.1\r\nHost: h\r\n\r", "incomplete"));
    }

    static Stream<Row> hosts() {
        return Stream.of(
                host("name", "example.com", "GET"),
                host("name with port", "example.com:8080", "GET"),
                host("empty port", "example.com:", "GET"),
                host("highest port", "h:65535", "GET"),
                host("IPv4", "127.0.0.1:80", "GET"),
                host("IPv6", "[2001:db8::1]:80", "GET"),
                host("percent-encoded name", "caf%C3%A9.example", "GET"),
                row("R-11 missing in HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", "400 Missing Host"),
                row("missing in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0 []"),
                row("absolute-form in HTTP/1.0", "GET http://o/ HTTP/1.0\r\n\r\n", "GET / HTTP/1.0 [Host=o]"),
                row("R-11 missing beside absolute-form", "GET http://o/ HTTP/1.1\r\n\r\n", "400 Missing Host"),
                field("R-11 A-60 two different", "Host: g", "400 More than one Host"),
                field("R-11 A-60 two equal, other case", "hOST: h", "400 More than one Host"),
                row("R-11 two in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", "400 More than one Host"),
                host("R-11 empty", "", "400 Invalid Host"),
                host("R-11 port alone", ":80", "400 Invalid Host"),
                host("R-11 A-54 letters as port", "h:x", "400 Invalid Host"),
                host("R-11 A-54 port too high", "h:65536", "400 Invalid Host"),
                host("R-11 A-54 endless port", "h:" + "9".repeat(500), "400 Invalid Host"),
                host("R-11 two ports", "h:1:2", "400 Invalid Host"),
                host("R-11 path", "h/p", "400 Invalid Host"),
                host("R-11 user information", "u@h", "400 Invalid Host"),
                host("R-11 blank", "a b", "400 Invalid Host"),
                host("R-11 list", "a, b", "400 Invalid Host"),
                host("R-11 URI", "http://h", "400 Invalid Host"),
                host("R-11 A-54 unclosed bracket", "[::1", "400 Invalid Host"),
                host("R-11 A-54 bracket alone", "[", "400 Invalid Host"),
                host("R-11 A-54 empty brackets", "[]", "400 Invalid Host"),
                host("R-11 text behind the brackets", "[::1]x", "400 Invalid Host"),
                host("R-11 name in brackets", "[h]", "400 Invalid Host"),
                host("R-11 broken percent-encoding", "h%4", "400 Invalid Host"),
                host("R-11 octet beyond ASCII", "\u00e4", "400 Invalid Host"));
    }

    static Stream<Row> bodies() {
        return Stream.of(
                goodField("Content-Length 0", "Content-Length: 0", "Content-Length=0"),
                goodField("Content-Length 000", "Content-Length: 000", "Content-Length=000"),
                field("R-19 A-57 body", "Content-Length: 5", "413"),
                field("R-19 A-57 body longer than any number", "Content-Length: " + "9".repeat(400), "413"),
                field("R-19 A-57 chunked body", "Transfer-Encoding: chunked", "413"),
                field("R-19 A-57 compressed chunked body", "transfer-encoding: gzip , CHUNKED", "413"),
                field("R-17 both", "Transfer-Encoding: chunked\r\nContent-Length: 0", "400 Transfer-Encoding together"),
                field("R-17 both, other order", "Content-Length: 4\r\nTransfer-Encoding: chunked", "400"),
                field("chunked is not last", "Transfer-Encoding: chunked, gzip", "400"),
                field("chunked is not last of two", "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip", "400"),
                field("identity", "Transfer-Encoding: identity", "400"),
                field("empty Transfer-Encoding", "Transfer-Encoding:", "400"),
                field("nearly chunked", "Transfer-Encoding: xchunked", "400"),
                row(
                        "Transfer-Encoding in HTTP/1.0",
                        "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
                        "400 Transfer-Encoding in HTTP/1.0"),
                field("R-18 sign", "Content-Length: +0", "400 Invalid Content-Length"),
                field("R-18 negative", "Content-Length: -1", "400 Invalid Content-Length"),
                field("R-18 hexadecimal", "Content-Length: 0x0", "400 Invalid Content-Length"),
                field("R-18 empty", "Content-Length:", "400 Invalid Content-Length"),
                field("R-18 fraction", "Content-Length: 0.0", "400 Invalid Content-Length"),
                field("R-18 blank inside", "Content-Length: 0 0", "400 Invalid Content-Length"),
                field("R-18 digits of another script", "Content-Length: \u00b2", "400 Invalid Content-Length"),
                field("R-18 list", "Content-Length: 0, 0", "400 Invalid Content-Length"),
                field("R-18 two different", "Content-Length: 0\r\nContent-Length: 1", "400 Invalid Content-Length"),
                field("R-18 two equal", "Content-Length: 0\r\nContent-Length: 0", "400 Invalid Content-Length"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"requestLines", "fieldLines", "hosts", "bodies"})
    @DisplayName("R-1 to R-21: request heads, however they are cut")
    void headIsJudgedTheSameHoweverItIsCut(Row row) {
        Parsing.Verdict verdict = Parsing.parseInEveryWay(row.input());
        assertTrue(verdict.description().startsWith(row.expected()), verdict.description());
    }

    @Test
    @DisplayName("R-43: what stands behind the head is left in the buffer")
    void bytesBehindTheHeadAreLeft() {
        String head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        assertEquals(
                head.length(),
                Parsing.parseInEveryWay(head + "\u0081\u0085GET /2 HTTP/1.1\r\n\r\n")
                        .taken());
    }

    @Test
    @DisplayName("A-62, R-27: a refusal repeats nothing of the request")
    void refusalsRepeatNothingOfTheRequest() {
        Stream.of(requestLines(), fieldLines(), hosts(), bodies())
                .flatMap(rows -> rows)
                .forEach(row -> {
                    String marked = row.input().replace("GET", "SECRETMARK").replace("A: ", "A: SECRETMARK");
                    String verdict = Parsing.parse(marked).description();
                    if (Character.isDigit(verdict.charAt(0))) {
                        assertFalse(verdict.contains("SECRETMARK"), verdict);
                    }
                });
    }

    @Test
    @DisplayName("R-14: a target of 8000 octets is taken")
    void targetOf8000OctetsIsTaken() {
        String target = "/" + "a".repeat(7_999);
        RequestParser parser = new RequestParser(8_192, 100);
        Parsing.Verdict verdict =
                Parsing.parse(parser, Parsing.octets("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n"), List.of());
        assertEquals("GET " + target + " HTTP/1.1 [Host=h]", verdict.description());
    }

    @Test
    @DisplayName("R-14: a request line that does not end within the limit is answered with 414")
    void tooLongRequestLineIs414() {
        assertLimited(100, 10, "GET /" + "a".repeat(500) + " HTTP/1.1\r\nHost: h\r\n\r\n", "414", 0);
        assertLimited(100, 10, "GET /" + "a".repeat(500), "414", 0);
        assertLimited(100, 10, "G".repeat(500), "414", 0);
    }

    @Test
    @DisplayName("R-16, R-26, A-53: a head that does not end within the limit is answered with 431")
    void tooLongHeadIs431() {
        assertLimited(100, 1_000, "GET / HTTP/1.1\r\nA: " + "b".repeat(500) + "\r\n\r\n", "431", 0);
        assertLimited(100, 1_000, "GET / HTTP/1.1\r\n" + "A:b\r\n".repeat(500), "431", 0);
        assertLimited(100, 1_000, "GET / HTTP/1.1\r\n" + "a".repeat(500), "431", 0);
    }

    @Test
    @DisplayName("R-16: a head of exactly the limit is taken, one octet more is not")
    void limitOfTheHeadIsExact() {
        String head = "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n";
        assertLimited(head.length(), 10, head, "GET", head.length());
        assertLimited(head.length(), 10, head + "frames", "GET", head.length());
        assertLimited(head.length() - 1, 10, head, "431", 0);
    }

    @Test
    @DisplayName("R-26, A-48: too many fields are answered with 431, never dropped")
    void tooManyFieldsAre431() {
        String threeFields = "GET / HTTP/1.1\r\nHost: h\r\nA: 1\r\nB: 2\r\n";
        assertLimited(1_000, 3, threeFields + "\r\n", "GET", threeFields.length() + 2);
        assertLimited(1_000, 3, threeFields + "C: 3\r\n\r\n", "431", 0);
    }

    private static void assertLimited(int maxHeadLength, int maxHeaders, String input, String expected, int taken) {
        byte[] octets = Parsing.octets(input);
        for (int cut = 0; cut <= octets.length; cut++) {
            RequestParser parser = new RequestParser(maxHeadLength, maxHeaders);
            Parsing.Verdict verdict = Parsing.parse(parser, octets, List.of(cut));
            assertTrue(verdict.description().startsWith(expected), verdict.description());
            assertEquals(taken, verdict.taken());
        }
    }

    @Test
    @DisplayName("A-52: 16 million octets in single pieces take no longer than a linear parser needs")
    void headInSinglePiecesIsNotParsedAgainAndAgain() {
        // Quadratic work, even if it only moved the octets, would be 10^14 steps: half an hour. Linear work is well
        // below a second. No machine is slow or fast enough to mistake one for the other.
        int length = 16_000_000;
        RequestParser parser = new RequestParser(length + 100, 10);
        ByteBuffer piece = ByteBuffer.allocate(1);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (byte octet : Parsing.octets("GET / HTTP/1.1\r\nHost: h\r\nA: ")) {
                parser.parse(piece.clear().put(0, octet));
            }
            for (int i = 0; i < length; i++) {
                assertInstanceOf(
                        RequestParser.Incomplete.class,
                        parser.parse(piece.clear().put(0, (byte) 'a')));
            }
        });
        RequestParser.Result end = parser.parse(ByteBuffer.wrap("\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertInstanceOf(RequestParser.Complete.class, end);
    }

    @Test
    @DisplayName("R-26: what is kept between two reads is at most twice what was received")
    void keptMemoryFollowsWhatWasReceived() {
        HeadBuffer head = new HeadBuffer();
        for (int i = 1; i <= 5_000; i++) {
            head.receive(ByteBuffer.wrap(new byte[] {'a'}), 1);
            assertEquals(HeadBuffer.Found.UNFINISHED_LINE, head.nextLine());
            assertTrue(head.octets().length <= 2 * i, head.octets().length + " octets kept of " + i);
        }
    }

    @Test
    void finishedParserIsNotCalledAgain() {
        RequestParser parser = new RequestParser(100, 10);
        ByteBuffer input = ByteBuffer.wrap(Parsing.octets("GET / HTTP/1.0\r\n\r\n"));
        assertInstanceOf(RequestParser.Complete.class, parser.parse(input));
        assertThrows(IllegalStateException.class, () -> parser.parse(input));
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RequestParser(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RequestParser(1, -1));
    }

    @Test
    @DisplayName("R-8: frequent names come out as they were spelled")
    void frequentNamesKeepTheirSpelling() {
        for (String name : List.of("Sec-WebSocket-Key", "sec-websocket-key", "Cookie", "COOKIE", "Accept", "Acxxpt")) {
            assertEquals(
                    "GET / HTTP/1.1 [Host=h, " + name + "=v]",
                    Parsing.parse("GET / HTTP/1.1\r\nHost: h\r\n" + name + ": v\r\n\r\n")
                            .description());
        }
    }
}
