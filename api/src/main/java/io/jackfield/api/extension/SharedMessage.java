package io.jackfield.api.extension;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A message that goes to many connections, and what extensions have made of it for all of them. A session whose result
 * does not depend on its connection makes it once, as a {@link #form form} of the message, and every session that names
 * the same form gets it again: see {@link ImmediateSession#outgoingShared}.
 *
 * <p>It holds its bytes as one unmasked frame (RFC 6455 section 5.2), which is what a server writes.
 *
 * <p>Immutable but for the forms that are added, and safe for use by any thread.
 */
public final class SharedMessage {

    /** Makes one message of another. */
    @FunctionalInterface
    public interface Transformation {

        /**
         * Transforms a message. It may run on several threads at once, and must not depend on what a session has sent.
         *
         * @param message the message, its payload valid for the duration of the call alone
         * @return the new message, whose payload is copied; or the same one for no change; not null
         * @throws ExtensionException to fail the connection for which it is made
         */
        ExtensionMessage apply(ExtensionMessage message) throws ExtensionException;
    }

    /** More forms than this are made each time, so that a message that is kept for long stays small. */
    private static final int MOST_FORMS = 16;

    // RFC 6455 section 5.2: the first byte of a frame.
    private static final int B0_FIN = 0x80;
    private static final int B0_RSV1 = 0x40;
    private static final int B0_RSV2 = 0x20;
    private static final int B0_RSV3 = 0x10;
    private static final int OPCODE_TEXT = 1;
    private static final int OPCODE_BINARY = 2;

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    /** A form under its key, and those that were made before it. */
    private record Form(String key, SharedMessage message, int number, Form before) {}

    private final ExtensionMessage.Type type;
    private final int b0;
    private final int headerLength;
    private final ByteBuffer frame;

    private volatile Form forms;

    private SharedMessage(ExtensionMessage message) {
        ByteBuffer payload = message.payload().duplicate();
        int length = payload.remaining();
        type = message.type();
        b0 = B0_FIN
                | (message.rsv1() ? B0_RSV1 : 0)
                | (message.rsv2() ? B0_RSV2 : 0)
                | (message.rsv3() ? B0_RSV3 : 0)
                | (type == ExtensionMessage.Type.TEXT ? OPCODE_TEXT : OPCODE_BINARY);
        headerLength = length < LENGTH_16 ? 2 : length <= 0xFFFF ? 4 : 10;
        frame = ByteBuffer.allocate(Math.addExact(headerLength, length));
        // One frame, its length in the shortest form, not masked.
        frame.put((byte) b0);
        switch (headerLength) {
            case 2 -> frame.put((byte) length);
            case 4 -> frame.put((byte) LENGTH_16).putShort((short) length);
            default -> frame.put((byte) LENGTH_64).putLong(length);
        }
        frame.put(payload).flip();
    }

    /**
     * Makes a message for many connections.
     *
     * @param message the message; its payload is copied and not moved; not null
     * @return the message, without forms
     * @throws ArithmeticException if it is too long for an array
     */
    public static SharedMessage of(ExtensionMessage message) {
        return new SharedMessage(message);
    }

    /**
     * Another form of the message, made when it is first asked for.
     *
     * @param key names the form among all that any extension makes of this message: it begins with the extension's name,
     *     and says all that the transformation depends on. A text, so that a message that is kept holds no class of an
     *     extension that has left. Not null
     * @param transformation makes the form
     * @return the form; this message itself if the transformation leaves it as it is
     * @throws ExtensionException if the transformation throws it; then the next call tries again
     */
    public SharedMessage form(String key, Transformation transformation) throws ExtensionException {
        Form known = find(key);
        if (known != null) {
            return known.message();
        }
        ExtensionMessage own = message();
        ExtensionMessage made = Objects.requireNonNull(transformation.apply(own), "transformed message");
        return keep(key, made == own ? this : new SharedMessage(made));
    }

    private Form find(String key) {
        Form form = forms;
        while (form != null && !form.key().equals(key)) {
            form = form.before();
        }
        return form;
    }

    /** What another thread has made of the message in the meantime counts: all connections share one. */
    private synchronized SharedMessage keep(String key, SharedMessage made) {
        Form known = find(key);
        if (known != null) {
            return known.message();
        }
        int number = forms == null ? 1 : forms.number() + 1;
        if (number <= MOST_FORMS) {
            forms = new Form(key, made, number, forms);
        }
        return made;
    }

    /**
     * Whether the application sees it as text or binary.
     *
     * @return never null
     */
    public ExtensionMessage.Type type() {
        return type;
    }

    /**
     * The first reserved bit.
     *
     * @return true if it is set
     */
    public boolean rsv1() {
        return (b0 & B0_RSV1) != 0;
    }

    /**
     * The second reserved bit.
     *
     * @return true if it is set
     */
    public boolean rsv2() {
        return (b0 & B0_RSV2) != 0;
    }

    /**
     * The third reserved bit.
     *
     * @return true if it is set
     */
    public boolean rsv3() {
        return (b0 & B0_RSV3) != 0;
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
     * @return a read-only buffer of its own position and limit
     */
    public ByteBuffer payload() {
        return frame().position(headerLength).slice();
    }

    /**
     * The message as a session gets it that does not share.
     *
     * @return a message with a read-only payload of its own position and limit
     */
    public ExtensionMessage message() {
        return new ExtensionMessage(type, rsv1(), rsv2(), rsv3(), payload());
    }

    /**
     * The message as a server sends it: one frame, not masked.
     *
     * @return a read-only buffer of its own position and limit
     */
    public ByteBuffer frame() {
        return frame.asReadOnlyBuffer();
    }
}
