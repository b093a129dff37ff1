package io.jackfield.codec;

import io.jackfield.api.CloseCode;
import java.nio.ByteBuffer;

/**
 * A close frame (RFC 6455 section 5.5.1).
 *
 * @param code the close code; 1005 if the frame is empty
 * @param reason the reason, or ""
 * @param isValid false if it stands for what the peer sent instead of a valid frame: then the code says what is wrong
 */
record CloseFrame(int code, String reason, boolean isValid) {

    static final int NO_CODE = CloseCode.NO_STATUS_RECEIVED.value();

    private static final int CODE_LENGTH = 2;

    /** The longest reason in bytes. */
    static final int MAX_REASON = ControlFrame.MAX_PAYLOAD - CODE_LENGTH;

    CloseFrame(int code, String reason) {
        this(code, reason, true);
    }

    /** Checks what the owner of a driver wants to send. */
    static CloseFrame require(int code, String reason) {
        if (code != NO_CODE) {
            requireLegalCode(code);
        } else if (!reason.isEmpty()) {
            throw new IllegalArgumentException("A close frame without a code has no reason: " + reason);
        }
        int length =
                encode(reason, Utf8Encoder.MAX_BYTES_PER_CHAR * reason.length()).position();
        if (length > MAX_REASON) {
            throw new IllegalArgumentException(
                    "The reason of a close frame has at most 123 bytes (RFC 6455 section 5.5), not " + length);
        }
        return new CloseFrame(code, reason);
    }

    static void requireLegalCode(int code) {
        if (!CloseCode.isLegalOnWire(code)) {
            throw new IllegalArgumentException("The close code " + code + " must not be sent (RFC 6455 section 7.4)");
        }
    }

    /** The frame that tells the peer of a failure; the reason is cut, between characters, to what fits. */
    static CloseFrame of(ConnectionFailure failure) {
        int chars = new Utf8Encoder(MAX_REASON).encode(failure.reason(), 0, ByteBuffer.allocate(MAX_REASON));
        return new CloseFrame(failure.closeCode(), failure.reason().substring(0, chars));
    }

    /**
     * Parses what the peer sent.
     *
     * @param payload up to 125 bytes from position to limit
     * @return the frame; not valid if the payload breaks a rule
     */
    static CloseFrame parse(ByteBuffer payload) {
        int length = payload.remaining();
        if (length == 0) {
            return new CloseFrame(NO_CODE, "");
        }
        if (length < CODE_LENGTH) {
            return new CloseFrame(CloseCode.PROTOCOL_ERROR.value(), "", false);
        }
        byte[] bytes = new byte[length];
        payload.get(payload.position(), bytes);
        int code = (bytes[0] & 0xFF) << Byte.SIZE | bytes[1] & 0xFF;
        String reason;
        try {
            reason = Utf8.decode(bytes, CODE_LENGTH, length - CODE_LENGTH);
        } catch (ConnectionFailure invalid) {
            return new CloseFrame(invalid.closeCode(), "", false);
        }
        if (!CloseCode.isLegalOnWire(code)) {
            return new CloseFrame(CloseCode.PROTOCOL_ERROR.value(), reason, false);
        }
        return new CloseFrame(code, reason);
    }

    /** Puts the payload at the position of a buffer. */
    void putPayload(ByteBuffer target) {
        if (code != NO_CODE) {
            target.put((byte) (code >> Byte.SIZE)).put((byte) code);
            target.put(encode(reason, MAX_REASON).flip());
        }
    }

    private static ByteBuffer encode(String reason, int room) {
        ByteBuffer bytes = ByteBuffer.allocate(room);
        new Utf8Encoder(MAX_REASON).encode(reason, 0, bytes);
        return bytes;
    }
}
