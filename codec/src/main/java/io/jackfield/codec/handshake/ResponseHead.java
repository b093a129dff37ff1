package io.jackfield.codec.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes a response head (RFC 9112 section 4). Values are written as ISO-8859-1, as requests are read; what is beyond
 * it becomes a question mark. Names and values come from {@link io.jackfield.api.Headers}, which lets no control
 * character pass, or from this package.
 */
final class ResponseHead {

    /** RFC 9110 section 15, and those of RFC 6585 that a server like this has a use for. */
    private static final Map<Integer, String> REASON_PHRASES = Map.ofEntries(
            Map.entry(101, "Switching Protocols"),
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(203, "Non-Authoritative Information"),
            Map.entry(204, "No Content"),
            Map.entry(205, "Reset Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(300, "Multiple Choices"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(402, "Payment Required"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(411, "Length Required"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(428, "Precondition Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"),
            Map.entry(511, "Network Authentication Required"));

    private final StringBuilder head = new StringBuilder(256);

    ResponseHead(int status) {
        // RFC 9112 section 4: the space stands even before an empty reason phrase.
        head.append("HTTP/1.1 ").append(status).append(' ').append(REASON_PHRASES.getOrDefault(status, ""));
        head.append("\r\n");
    }

    ResponseHead field(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** The head's bytes, its empty line included. */
    byte[] encode() {
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
