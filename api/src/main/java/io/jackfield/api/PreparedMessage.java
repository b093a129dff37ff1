package io.jackfield.api;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.SharedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message that is encoded once, to be sent to many connections: {@link Topic#publish(PreparedMessage)}, or one by one
 * {@link WebSocket#send(PreparedMessage)}. Its bytes are
 * shared, not copied: a thousand peers that read slowly wait for the same array. Extensions that can share what they make
 * of it do so once for all connections ({@link SharedMessage}): permessage-deflate compresses it once. Others get it for
 * each connection on its own.
 *
 * <p>Immutable, and safe for use by any thread; it may be kept and sent again.
 */
public final class PreparedMessage {

    private final SharedMessage shared;

    private PreparedMessage(ExtensionMessage.Type type, ByteBuffer payload) {
        shared = SharedMessage.of(new ExtensionMessage(type, false, false, false, payload));
    }

    /**
     * A text message. An unpaired surrogate is sent as U+FFFD.
     *
     * @param text the text, not null
     * @return the message
     * @throws ArithmeticException if it is too long for an array
     */
    public static PreparedMessage text(CharSequence text) {
        return new PreparedMessage(
                ExtensionMessage.Type.TEXT, StandardCharsets.UTF_8.encode(wellFormed(text.toString())));
    }

    /**
     * A binary message.
     *
     * @param payload the bytes from position to limit, copied, not null; neither is moved
     * @return the message
     * @throws ArithmeticException if it is too long for an array
     */
    public static PreparedMessage binary(ByteBuffer payload) {
        return new PreparedMessage(ExtensionMessage.Type.BINARY, payload);
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
        return shared.type() == ExtensionMessage.Type.TEXT;
    }

    /**
     * The length of the payload.
     *
     * @return bytes, at least 0
     */
    public int length() {
        return shared.length();
    }

    /**
     * The payload.
     *
     * @return a read-only buffer of its own position and limit: UTF-8 if it is text
     */
    public ByteBuffer payload() {
        return shared.payload();
    }

    /**
     * The message as a server sends it where no extension changes it: one frame (RFC 6455 section 5.2).
     *
     * @return a read-only buffer of its own position and limit
     */
    public ByteBuffer frame() {
        return shared.frame();
    }

    /**
     * The message as extensions see it, with what they have made of it for all connections.
     *
     * @return always the same
     */
    public SharedMessage shared() {
        return shared;
    }
}
