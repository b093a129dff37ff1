package io.jackfield.api.stream;

import java.io.IOException;

/**
 * A stream of messages ended otherwise than by a clean close: the connection was lost or failed, or it was closed within a
 * message.
 */
public final class ConnectionClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    /**
     * An end.
     *
     * @param message what happened, in one line
     * @param code the code of the close event
     * @param reason the reason of the close event, not null, may be empty
     */
    public ConnectionClosedException(String message, int code, String reason) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    /**
     * The code of the close event.
     *
     * @return 1006 for a connection that was lost; see {@link io.jackfield.api.CloseCode}
     */
    public int code() {
        return code;
    }

    /**
     * The reason of the close event.
     *
     * @return never null, may be empty
     */
    public String reason() {
        return reason;
    }
}
