package io.jackfield.api;

import java.util.Optional;

/** The registered close codes (RFC 6455 section 7.4.1 and the IANA registry). */
public enum CloseCode {
    /** The purpose of the connection is fulfilled. */
    NORMAL_CLOSURE(1000),
    /** An endpoint goes away: a server that stops, a page that is left. */
    GOING_AWAY(1001),
    /** The peer broke the protocol. */
    PROTOCOL_ERROR(1002),
    /** A type of data that the endpoint does not take. */
    UNSUPPORTED_DATA(1003),
    /** Stands for a close frame without a code. Never on the wire. */
    NO_STATUS_RECEIVED(1005),
    /** Stands for a connection that ended without a close frame. Never on the wire. */
    ABNORMAL_CLOSURE(1006),
    /** A message whose content does not fit its type, such as text that is not UTF-8. */
    INVALID_PAYLOAD_DATA(1007),
    /** A message against the endpoint's policy. */
    POLICY_VIOLATION(1008),
    /** A message that is too big to process. */
    MESSAGE_TOO_BIG(1009),
    /** A client misses an extension in the server's answer. */
    MANDATORY_EXTENSION(1010),
    /** Something unexpected in the endpoint itself. */
    INTERNAL_ERROR(1011),
    /** The service restarts; the client may connect again. */
    SERVICE_RESTART(1012),
    /** The service is overloaded. */
    TRY_AGAIN_LATER(1013),
    /** A gateway got an invalid response from upstream. */
    BAD_GATEWAY(1014),
    /** Stands for a failed TLS handshake. Never on the wire. */
    TLS_HANDSHAKE(1015);

    private final int value;

    CloseCode(int value) {
        this.value = value;
    }

    /**
     * The number of the code.
     *
     * @return 1000 to 1015
     */
    public int value() {
        return value;
    }

    /**
     * The registered code of a number.
     *
     * @param value any number
     * @return the code, or empty for numbers that are not registered, 3000 to 4999 among them
     */
    public static Optional<CloseCode> of(int value) {
        for (CloseCode code : values()) {
            if (code.value == value) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a close frame may carry the code (RFC 6455 section 7.4): 1000 to 1003, 1007 to 1014, 3000 to 4999.
     *
     * @param value any number
     * @return true if it is legal on the wire
     */
    public static boolean isLegalOnWire(int value) {
        return (value >= 1000 && value <= 1003) || (value >= 1007 && value <= 1014) || isForApplications(value);
    }

    /**
     * Whether an application may pass the code to {@link WebSocket#close(int, String)}: 1000, or 3000 to 4999.
     *
     * @param value any number
     * @return true if it may
     */
    public static boolean isAllowedInClose(int value) {
        return value == NORMAL_CLOSURE.value || isForApplications(value);
    }

    private static boolean isForApplications(int value) {
        return value >= 3000 && value <= 4999;
    }
}
