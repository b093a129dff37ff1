package io.jackfield.server.connection;

import io.jackfield.api.Headers;
import java.util.Map;

/** What a trusted proxy says of the client's connection. */
final class ForwardedHeaders {

    private static final Map<String, String> SECURE = Map.of(
            "Https", "on",
            "X-Forwarded-Ssl", "on",
            "X-Forwarded-Scheme", "https",
            "X-Forwarded-Proto", "https");

    private ForwardedHeaders() {}

    /** Whether one of four headers has exactly the value that says so. */
    static boolean isSecure(Headers headers) {
        return SECURE.entrySet().stream()
                .anyMatch(field -> headers.joined(field.getKey())
                        .filter(field.getValue()::equals)
                        .isPresent());
    }
}
