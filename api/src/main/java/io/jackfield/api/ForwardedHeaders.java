package io.jackfield.api;

/** Which header fields proxies use to tell of the client. */
public enum ForwardedHeaders {
    /**
     * {@code X-Forwarded-For}, {@code X-Forwarded-Host} and {@code X-Forwarded-Proto}, or for the latter {@code Https},
     * {@code X-Forwarded-Ssl} or {@code X-Forwarded-Scheme}.
     */
    X_FORWARDED,
    /** {@code Forwarded} (RFC 7239). */
    FORWARDED
}
