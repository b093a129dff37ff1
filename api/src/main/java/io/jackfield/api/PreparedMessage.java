package io.jackfield.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message that is encoded once, to be sent to many connections: {@link WebSocket#send(PreparedMessage)}. Its bytes are
 * shared, not copied: a thousand peers that read slowly wait for the same array. Connections with extensions get it
 * through their extensions, each on its own.
 *
 * <p>Immutable, and safe for use by any thread; it may be kept and sent again.
 */
public final class PreparedMessage {

    /** FIN, in the first byte of a frame. */
    private static final int B0_FIN = 0x80;

    private static final int OPCODE_TEXT = 1;
    private static final int OPCODE_BINARY = 2;

    private final boolean isText;
    private final int headerLength;
    private final ByteBuffer frame;

    private PreparedMessage(boolean isText, ByteBuffer payload) {
        int length = payload.remaining();
        this.isText = isText;
        headerLength = length <= 125 ? 2 : length <= 0xFFFF ? 4 : 10;
        frame = ByteBuffer.allocate(Math.addExact(headerLength, length));
        // RFC 6455 section 5.2: one frame, its length in the shortest form, not masked.
        frame.put((byte) (B0_FIN | (isText ? OPCODE_TEXT : OPCODE_BINARY)));
        switch (headerLength) {
            case 2 -> frame.put((byte) length);
            case 4 -> frame.put((byte) 126).putShort((short) length);
            default -> frame.put((byte) 127).putLong(length);
        }
        frame.put(payload).flip();
    }

    /**
     * A text message. An unpaired surrogate is sent as U+FFFD.
     *
     * @param text the text, not null
     * @return the message
     * @throws ArithmeticException if it is too long for an array
     */
    public static PreparedMessage text(CharSequence text) {
        return new PreparedMessage(true, StandardCharsets.UTF_8.encode(wellFormed(text.toString())));
    }

    /**
     * A binary message.
     *
     * @param payload the bytes from position to limit, copied, not null; neither is moved
     * @return the message
     * @throws ArithmeticException if it is too long for an array
     */
    public static PreparedMessage binary(ByteBuffer payload) {
        return new PreparedMessage(false, payload.duplicate());
    }

    /** With U+FFFD for each surrogate that is not paired: the encoder would put a question mark. */
    private static String wellFormed(String text) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                replaced = replaced == null ? new StringBuilder(text) : replaced;
                replaced.setCharAt(i, '\uFFFD');
            }
        }
        return replaced == null ? text : replaced.toString();
    }

    /**
     * Whether it is a text message.
     *
     * @return false for a binary one
     */
    public boolean isText() {
        return isText;
    }

    /**
     * The length of the payload.
     *
     * @return bytes, at least 0
     */
    public int length() {
        return frame.capacity() - headerLength;
    }

    /**
     * The payload.
     *
     * @return a read-only buffer of its own position and limit: UTF-8 if it is text
     */
    public ByteBuffer payload() {
        return frame().position(headerLength).slice();
    }

    /**
     * The message as a server sends it where no extension changes it: one frame (RFC 6455 section 5.2).
     *
     * @return a read-only buffer of its own position and limit
     */
    public ByteBuffer frame() {
        return frame.asReadOnlyBuffer();
    }
}
