package io.jackfield.codec.handshake;

import io.jackfield.api.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The 101 response (RFC 6455 section 4.2.2, item 5): the application's fields, then the handshake's, nothing else. */
final class SwitchingProtocols {

    // RFC 9110 section 8.6 and RFC 9112 section 6.1: a 101 has neither Content-Length nor Transfer-Encoding.
    private static final Set<String> NOT_FOR_APPLICATIONS =
            Set.of("upgrade", "connection", "content-length", "transfer-encoding");

    private static final String HANDSHAKE_PREFIX = "sec-websocket-";

    private static final Set<String> REPEATABLE = Set.of("set-cookie", "set-cookie2", "warning", "www-authenticate");

    // Whole lines, since they are in every answer.
    private static final String STATUS_LINE = "HTTP/1.1 101 Switching Protocols\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

    private SwitchingProtocols() {}

    /**
     * Refuses fields that are not for an application to set.
     *
     * @throws IllegalArgumentException if there is one
     */
    static void requireAllowed(Headers headers) {
        for (Map.Entry<String, String> field : headers) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (NOT_FOR_APPLICATIONS.contains(name) || name.startsWith(HANDSHAKE_PREFIX)) {
                throw new IllegalArgumentException(
                        "The header " + field.getKey() + " belongs to the WebSocket handshake and cannot be set");
            }
        }
    }

    /**
     * Makes the response.
     *
     * @param headers the application's fields, allowed ones
     * @param key the request's key as it was sent
     * @param protocol the subprotocol, or "" for no such field
     * @param extensions the answer to the extension offers, or "" for no such field
     */
    static byte[] encode(Headers headers, String key, String protocol, String extensions) {
        ResponseHead head = new ResponseHead(STATUS_LINE);
        if (headers.size() > 0) {
            appendOnce(headers, head);
        }
        head.fields(UPGRADE).field("Sec-WebSocket-Accept", HandshakeKey.accept(key));
        if (!protocol.isEmpty()) {
            head.field("Sec-WebSocket-Protocol", protocol);
        }
        if (!extensions.isEmpty()) {
            head.field("Sec-WebSocket-Extensions", extensions);
        }
        return head.encode();
    }

    /** The fields of a response that {@link #encode} has made. */
    static Headers fields(byte[] response) {
        return Headers.of(new String(response, StandardCharsets.ISO_8859_1)
                .lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(": ", 2))
                .map(field -> Map.entry(field[0], field[1]))
                .toList());
    }

    /** Of several fields of one name the first is written, unless such fields may repeat. */
    private static void appendOnce(Headers headers, ResponseHead head) {
        Set<String> written = new HashSet<>();
        for (Map.Entry<String, String> field : headers) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (written.add(name) || REPEATABLE.contains(name)) {
                head.field(field.getKey(), field.getValue());
            }
        }
    }
}
