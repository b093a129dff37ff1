package io.jackfield.server.stream;

import io.jackfield.api.stream.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts parts together to messages. One thread at a time. */
final class MessageCollector {

    private static final byte[] NOTHING = {};

    private final long maxLength;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean isWithinMessage;

    MessageCollector(long maxLength) {
        this.maxLength = maxLength;
    }

    /** Whether some of a message is there, but not all. */
    boolean isWithinMessage() {
        return isWithinMessage;
    }

    /** Whether a part fits into what a message may have. */
    boolean fits(ByteBuffer part) {
        return part.remaining() <= maxLength - length;
    }

    /**
     * Adds a part that fits.
     *
     * @param part the bytes from position to limit, copied
     * @return the message if this is its last part, else null
     */
    Message add(boolean isText, ByteBuffer part, boolean isLast) {
        int added = part.remaining();
        makeRoom(added, isLast);
        part.get(part.position(), bytes, length, added);
        length += added;
        isWithinMessage = !isLast;
        return isLast ? take(isText) : null;
    }

    private void makeRoom(int added, boolean isLast) {
        int needed = length + added;
        if (needed > bytes.length) {
            long doubled = isLast ? needed : Math.max(needed, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, maxLength));
        }
    }

    private Message take(boolean isText) {
        Message message = isText
                ? new Message.Text(new String(bytes, 0, length, StandardCharsets.UTF_8))
                : new Message.Binary(ByteBuffer.wrap(bytes, 0, length));
        bytes = NOTHING;
        length = 0;
        return message;
    }
}
