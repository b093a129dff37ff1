package io.jackfield.api.extension;

/**
 * Says that an extension cannot go on: during negotiation, or with a message. In a session it names the close code with
 * which the connection fails. The peer is sent the message as the close reason, so it must not contain secrets; it is
 * preceded by the extension's name and cut to what a close frame holds.
 */
public class ExtensionException extends Exception {

    private static final long serialVersionUID = 1L;

    /** RFC 6455 section 7.4.1: the data is not consistent with the type of the message. */
    private static final int INVALID_PAYLOAD = 1007;

    private static final int MESSAGE_TOO_BIG = 1009;

    private static final int INTERNAL_ERROR = 1011;

    /** The code as it was given. */
    private final int closeCode;

    /**
     * A failure of the extension itself: close code 1011.
     *
     * @param message what went wrong, in one sentence
     */
    public ExtensionException(String message) {
        this(INTERNAL_ERROR, message, null);
    }

    /**
     * A failure with a close code.
     *
     * @param closeCode a code that may be sent in a close frame (RFC 6455 section 7.4): 1000 to 1003, 1007 to 1014,
     *     3000 to 4999; of any other the connection fails with 1011
     * @param message what went wrong, in one sentence
     * @param cause what caused it, or null
     */
    @SuppressWarnings("this-escape") // The refusal carries this failure, so that neither is lost.
    public ExtensionException(int closeCode, String message, Throwable cause) {
        super(message, cause);
        this.closeCode = closeCode;
    }

    /**
     * The peer's payload cannot be decoded: close code 1007.
     *
     * @param message what is wrong with the payload
     * @param cause what caused it, or null
     * @return a new exception
     */
    public static ExtensionException invalidPayload(String message, Throwable cause) {
        return new ExtensionException(INVALID_PAYLOAD, message, cause);
    }

    /**
     * Decoding the peer's payload passes the limit: close code 1009.
     *
     * @param limit the limit in bytes, as {@link ExtensionContext#maxMessageLength()} gives it
     * @return a new exception
     */
    public static ExtensionException messageTooBig(long limit) {
        return new ExtensionException(MESSAGE_TOO_BIG, "message is larger than " + limit + " bytes", null);
    }

    /**
     * The code with which the connection is closed.
     *
     * @return the close code as it was given
     */
    public int closeCode() {
        return closeCode;
    }
}
