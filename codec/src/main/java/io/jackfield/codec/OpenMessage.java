package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The message that is being sent in parts, and what waits behind it: RFC 6455 section 5.4 lets no frame of another message
 * come between its frames. There is one only from the first part to the last.
 */
final class OpenMessage {

    private final ExtensionMessage.Type type;

    private boolean hasBegun;

    /** The parts so far, where extensions take the message whole; else null. */
    private ByteBuffer gathered;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(1);
    private long waitingBytes;

    OpenMessage(ExtensionMessage.Type type) {
        this.type = type;
    }

    ExtensionMessage.Type type() {
        return type;
    }

    /** The opcode of the next frame: that of the message, then that of a continuation. */
    int nextOpcode() {
        if (hasBegun) {
            return Opcode.CONTINUATION;
        }
        hasBegun = true;
        return type == ExtensionMessage.Type.TEXT ? Opcode.TEXT : Opcode.BINARY;
    }

    /** Adds a part to what is gathered; its position does not move. */
    void gather(ByteBuffer part) {
        int length = part.remaining();
        if (gathered == null) {
            gathered = ByteBuffer.allocate(length);
        } else if (gathered.remaining() < length) {
            int least = Math.addExact(gathered.position(), length);
            int doubled = (int) Math.min(2L * gathered.capacity(), DriverConfig.LARGEST_ARRAY);
            gathered = ByteBuffer.allocate(Math.max(least, doubled)).put(gathered.flip());
        }
        gathered.put(part.duplicate());
        waitingBytes += length;
    }

    boolean isGathered() {
        return gathered != null;
    }

    /** What was gathered, from position to limit. */
    ByteBuffer takeGathered() {
        ByteBuffer taken = gathered.flip();
        gathered = null;
        waitingBytes -= taken.remaining();
        return taken;
    }

    /** Keeps something to be sent later. */
    void append(Runnable sending, int length) {
        waiting.addLast(sending);
        waitingBytes += length;
    }

    /** The payload of what is gathered and of what waits. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Sends what has waited, in its order. */
    void sendWaiting() {
        waiting.forEach(Runnable::run);
    }
}
