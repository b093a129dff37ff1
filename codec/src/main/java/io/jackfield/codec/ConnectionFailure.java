package io.jackfield.codec;

import io.jackfield.api.CloseCode;

/** Why a connection fails (RFC 6455 section 7.1.7). Has no stack trace: it tells of the peer, not of a line of code. */
final class ConnectionFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int closeCode;
    private final String reason;

    /** A failure whose message the peer may read. */
    ConnectionFailure(int closeCode, String message) {
        this(closeCode, message, message);
    }

    /**
     * A failure of which the peer is told less.
     *
     * @param closeCode a code that is legal on the wire
     * @param reason what the peer is told
     * @param message what the listener is told
     */
    ConnectionFailure(int closeCode, String reason, String message) {
        super(message, null, false, false);
        this.closeCode = closeCode;
        this.reason = reason;
    }

    static ConnectionFailure protocolError(String message) {
        return new ConnectionFailure(CloseCode.PROTOCOL_ERROR.value(), message);
    }

    static ConnectionFailure invalidText() {
        return new ConnectionFailure(CloseCode.INVALID_PAYLOAD_DATA.value(), "Could not decode a text frame as UTF-8");
    }

    static ConnectionFailure tooLarge() {
        return new ConnectionFailure(CloseCode.MESSAGE_TOO_BIG.value(), "WebSocket frame length too large");
    }

    int closeCode() {
        return closeCode;
    }

    String reason() {
        return reason;
    }
}
