package io.jackfield.api.statistics;

/** Why an opening handshake did not lead to a WebSocket. There may be more reasons in later versions. */
public enum RefusalReason {
    /** The TLS handshake failed; there was nobody to answer. */
    TLS,
    /** No valid HTTP request, or one with a body: status 400, 413, 501 or 505. */
    BAD_REQUEST,
    /** The request asks for a WebSocket in a way that RFC 6455 does not allow: status 400, 405, 413, 426 or 501. */
    BAD_HANDSHAKE,
    /** There is no endpoint at the path: status 404. */
    NO_ENDPOINT,
    /** The page's origin may not connect: status 403. */
    ORIGIN,
    /** The handler decided so: its own status. */
    HANDLER,
    /** An extension refuses what the client offers: status 400. */
    EXTENSION,
    /** The handler, the origin policy or an extension failed: status 500. */
    FAILURE,
    /** A limit of the options was hit: status 414, 431, 429 or 503. {@link ServerStatistics#limitHits()} tells which. */
    LIMIT,
    /** The request took longer than {@code handshakeTimeout}: status 408, or none if nothing had come. */
    TIMEOUT,
    /** The server, the endpoint or an extension went away meanwhile: status 503, or none if nothing had come. */
    GOING_AWAY
}
