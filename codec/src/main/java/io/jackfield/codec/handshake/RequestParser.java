package io.jackfield.codec.handshake;

import io.jackfield.api.Headers;
import io.jackfield.api.Option;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses one HTTP/1.x request head (RFC 9112 sections 2 to 5), strictly and in linear time, however the bytes are cut.
 * Not thread-safe; serves one request. Holds at most twice the length of the head.
 *
 * <p>Where the RFC leaves a choice, the strict side is taken:
 *
 * <ul>
 *   <li>Lines end with CRLF. A lone LF is refused like a lone CR: peers that disagree on where a line ends are what
 *       request smuggling lives on (RFC 9112 section 2.2 permits, but does not ask, to accept it).
 *   <li>Up to four empty lines before the request line are skipped; one is what section 2.2 asks for.
 *   <li>A field that begins with white space ({@code obs-fold}, or a line of white space before the first field), white
 *       space before the colon and control characters anywhere but for the tab are refused, never repaired.
 *   <li>In absolute-form the schemes http, https, ws and wss are taken, without user information. The request's target
 *       is then path and query, and its field {@code Host} the target's authority (section 3.2.2). {@code *} is a
 *       target for OPTIONS alone; CONNECT, and with it authority-form, is answered with 501.
 *   <li>{@code Host} stands once and is valid and not empty; HTTP/1.0 may leave it out.
 *   <li>A request with a body is refused: with 413 if its framing is valid, else with 400. No body is ever read.
 * </ul>
 *
 * <p>Any token is taken as a method; {@link RequestMethod} tells 405 from 501. A minor version above 1 is taken as it
 * is (RFC 9110 section 2.5). Field values are decoded as ISO-8859-1.
 */
public final class RequestParser {

    /** What has become of the input so far. */
    public sealed interface Result {}

    /** The head is not complete. */
    public record Incomplete() implements Result {}

    /** The head is complete. The input's position is behind it. */
    public static final class Complete implements Result {

        private final Request request;
        private final HandshakeFields fields;

        private Complete(Request request, HandshakeFields fields) {
            this.request = request;
            this.fields = fields;
        }

        /**
         * What was parsed.
         *
         * @return the request, without an address and not secure
         */
        public Request request() {
            return request;
        }

        /** The request's fields as they were sent. */
        HandshakeFields fields() {
            return fields;
        }
    }

    /**
     * The input is not a request that the parser takes.
     *
     * @param response what to answer before closing: 400, 413, 414, 431, 501 or 505, with a fixed text
     * @param limit the option whose limit the request is beyond, or null if it is refused for another reason
     */
    public record Refused(Response response, Option limit) implements Result {}

    private enum Expected {
        REQUEST_LINE,
        FIELD_LINE,
        NOTHING
    }

    private static final Incomplete INCOMPLETE = new Incomplete();
    private static final int MAX_LEADING_EMPTY_LINES = 4;

    // RFC 9112 section 2.3: HTTP-name "/" DIGIT "." DIGIT, case-sensitive.
    private static final String VERSION_PREFIX = "HTTP/";
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private final int maxHeadLength;
    private final int maxHeaders;

    // Input
    private final HeadBuffer head = new HeadBuffer();
    private int headLength;
    private int leadingEmptyLines;
    private Expected expected = Expected.REQUEST_LINE;

    // What was parsed
    private String method;
    private RequestTarget target;
    private String version;
    private final Headers.Builder fields = Headers.builder();
    private int fieldCount;

    /**
     * A parser for one request.
     *
     * @param maxHeadLength the most bytes of the head, first line, empty lines and all; at least 1. RFC 9112 section 3
     *     recommends to support targets of 8000 bytes
     * @param maxHeaders the most header fields; not negative
     * @throws IllegalArgumentException for a number out of range
     */
    public RequestParser(int maxHeadLength, int maxHeaders) {
        if (maxHeadLength < 1) {
            throw new IllegalArgumentException("maxHeadLength must be at least 1, not " + maxHeadLength);
        }
        if (maxHeaders < 0) {
            throw new IllegalArgumentException("maxHeaders must not be negative, as " + maxHeaders + " is");
        }
        this.maxHeadLength = maxHeadLength;
        this.maxHeaders = maxHeaders;
    }

    /**
     * Takes bytes up to the end of the head.
     *
     * @param bytes what was read; its position moves behind the head if that is complete. Otherwise all was taken, or,
     *     of a request that is refused, as much as is allowed in a head
     * @return the result; after {@link Complete} or {@link Refused} the parser is not called again
     * @throws IllegalStateException if it is called again nevertheless
     */
    public Result parse(ByteBuffer bytes) {
        if (expected == Expected.NOTHING) {
            throw new IllegalStateException("The request was parsed or refused already");
        }
        int taken = Math.min(bytes.remaining(), maxHeadLength - headLength);
        head.receive(bytes, taken);
        headLength += taken;
        Result result = parseLines();
        if (result == INCOMPLETE && headLength == maxHeadLength) {
            result = tooLong();
        }
        if (result != INCOMPLETE) {
            expected = Expected.NOTHING;
        }
        if (result instanceof Complete) {
            bytes.position(bytes.position() - head.unexamined());
        }
        return result;
    }

    private Result parseLines() {
        Result result = INCOMPLETE;
        while (result == INCOMPLETE) {
            switch (head.nextLine()) {
                case LINE -> result = parseLine(head.octets(), head.lineStart(), head.lineEnd());
                case UNFINISHED_LINE -> {
                    return INCOMPLETE;
                }
                case LONE_CR_OR_LF -> result = refused(400, "A line of the request does not end with CRLF");
                case CONTROL_CHARACTER -> result = refused(400, "Control character in the request");
            }
        }
        return result;
    }

    private Result parseLine(byte[] line, int from, int to) {
        if (from == to) {
            return emptyLine();
        }
        return expected == Expected.REQUEST_LINE ? requestLine(line, from, to) : fieldLine(line, from, to);
    }

    private Result emptyLine() {
        if (expected == Expected.FIELD_LINE) {
            return complete();
        }
        leadingEmptyLines++;
        return leadingEmptyLines > MAX_LEADING_EMPTY_LINES
                ? refused(400, "Too many empty lines before the request")
                : INCOMPLETE;
    }

    /** RFC 9112 section 3: method SP request-target SP HTTP-version, with exactly these two spaces. */
    private Result requestLine(byte[] line, int from, int to) {
        int methodEnd = Token.end(line, from, to);
        int targetEnd = methodEnd + 1;
        while (targetEnd < to && line[targetEnd] != ' ') {
            targetEnd++;
        }
        if (methodEnd == from || targetEnd >= to || line[methodEnd] != ' ') {
            return refused(400, "Invalid request line");
        }
        method = text(line, from, methodEnd);
        version = text(line, targetEnd + 1, to);
        if (!isVersion(version)) {
            return refused(400, "Invalid HTTP version");
        }
        if (version.charAt(VERSION_PREFIX.length()) != '1') {
            return refused(505, "HTTP version not supported");
        }
        // RFC 9110 section 9.3.6: most origin servers do not implement CONNECT.
        if (method.equals("CONNECT")) {
            return refused(501, "CONNECT is not implemented");
        }
        Optional<RequestTarget> parsed = RequestTarget.parse(method, text(line, methodEnd + 1, targetEnd));
        if (parsed.isEmpty()) {
            return refused(400, "Invalid request target");
        }
        target = parsed.get();
        expected = Expected.FIELD_LINE;
        return INCOMPLETE;
    }

    private static boolean isVersion(String text) {
        int major = VERSION_PREFIX.length();
        return text.length() == VERSION_LENGTH
                && text.startsWith(VERSION_PREFIX)
                && isDigit(text.charAt(major))
                && text.charAt(major + 1) == '.'
                && isDigit(text.charAt(major + 2));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** RFC 9112 section 5: field-name ":" OWS field-value OWS. */
    private Result fieldLine(byte[] line, int from, int to) {
        if (isBlank(line[from])) {
            return refused(400, "A header line begins with white space");
        }
        int nameEnd = head.colon();
        if (nameEnd < 0) {
            return refused(400, "Invalid header field name");
        }
        if (fieldCount == maxHeaders) {
            return beyond(Option.MAX_HEADERS, 431, "Too many header fields");
        }
        try {
            fields.add(line, from, nameEnd, nameEnd + 1, to);
        } catch (IllegalArgumentException e) {
            // The line holds no character that a value may not have.
            return refused(400, "Invalid header field name");
        }
        fieldCount++;
        return INCOMPLETE;
    }

    private Result complete() {
        Headers headers = fields.build();
        HandshakeFields gathered = new HandshakeFields(headers);
        List<String> hosts = gathered.hosts();
        if (hosts.size() > 1) {
            return refused(400, "More than one Host header");
        }
        if (hosts.isEmpty() && !version.equals("HTTP/1.0")) {
            return refused(400, "Missing Host header");
        }
        if (!hosts.isEmpty() && !Authority.isValid(hosts.get(0))) {
            return refused(400, "Invalid Host header");
        }
        Optional<Response> bodyRefused =
                MessageBody.refuse(gathered.contentLengths(), gathered.transferEncodings(), version);
        if (bodyRefused.isPresent()) {
            return new Refused(bodyRefused.get(), null);
        }
        Request request = Request.builder(method, target.pathAndQuery())
                .version(version)
                .headers(target.authority() == null ? headers : withHost(headers, target.authority()))
                .build();
        return new Complete(request, gathered);
    }

    /** RFC 9112 section 3.2.2: what stands in the target replaces the field. */
    private static Headers withHost(Headers headers, String authority) {
        if (headers.first("Host").isEmpty()) {
            return headers.with("Host", authority);
        }
        Headers.Builder replaced = Headers.builder();
        for (Map.Entry<String, String> field : headers) {
            boolean host = field.getKey().equalsIgnoreCase("Host");
            replaced.add(host ? "Host" : field.getKey(), host ? authority : field.getValue());
        }
        return replaced.build();
    }

    private Refused tooLong() {
        return expected == Expected.REQUEST_LINE
                ? beyond(Option.MAX_HEAD_LENGTH, 414, "Request line too long")
                : beyond(Option.MAX_HEAD_LENGTH, 431, "Request header fields too large");
    }

    /** The text is ours, never the peer's. */
    private static Refused refused(int status, String text) {
        return new Refused(Response.text(status, text), null);
    }

    private static Refused beyond(Option limit, int status, String text) {
        return new Refused(Response.text(status, text), limit);
    }

    private static String text(byte[] octets, int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
