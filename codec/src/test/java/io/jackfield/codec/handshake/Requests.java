package io.jackfield.codec.handshake;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opening handshakes for tests. */
final class Requests {

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private Requests() {}

    /** The handshake of RFC 6455 section 1.2, without subprotocols. */
    static Request valid() {
        return Request.builder("GET", "/chat")
                .header("Host", "server.example.com")
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .header("Sec-WebSocket-Key", KEY)
                .header("Sec-WebSocket-Version", "13")
                .build();
    }

    /** The valid handshake with one more field. */
    static Request with(String name, String value) {
        return valid().toBuilder().header(name, value).build();
    }

    /** The valid handshake without a field. */
    static Request without(String name) {
        return valid().toBuilder().headers(without(valid().headers(), name)).build();
    }

    /** The valid handshake with another value of a field. */
    static Request withOther(String name, String value) {
        return without(name).toBuilder().header(name, value).build();
    }

    private static Headers without(Headers headers, String name) {
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        for (Map.Entry<String, String> field : headers) {
            if (!field.getKey().equalsIgnoreCase(name)) {
                kept.add(field);
            }
        }
        return Headers.of(kept);
    }
}
