package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The message that is being sent in parts, and what waits behind it: RFC 6455 section 5.4 lets no frame of another message
 * come between its frames. There is one only from the first part to the last.
 *
 * <p>A part is a frame; or an extension makes frames of it; or, where extensions take the message whole, it is gathered.
 */
final class OpenMessage {

    private final Driver driver;
    private final ExtensionMessage.Type type;

    private boolean hasBegun;

    /** The parts so far, where extensions take the message whole; else null. */
    private ByteBuffer gathered;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(1);
    private long waitingBytes;

    OpenMessage(Driver driver, ExtensionMessage.Type type) {
        this.driver = driver;
        this.type = type;
    }

    ExtensionMessage.Type type() {
        return type;
    }

    // -- parts --------------------------------------------------------------------------------------------------------

    /** Takes a part; its position does not move. */
    void send(ByteBuffer part, boolean isLast) {
        Pipeline pipeline = driver.pipeline();
        if (pipeline == null) {
            sendFrame(part, 0, isLast);
        } else if (pipeline.isStreaming()) {
            transform(pipeline, part.slice(), isLast);
        } else {
            gather(part);
        }
    }

    private void sendFrame(ByteBuffer payload, int rsv, boolean isLast) {
        if (isLast) {
            driver.encoder().frame(FrameDecoder.B0_FIN | nextOpcode(rsv), payload, true);
        } else if (payload.hasRemaining()) {
            driver.encoder().frame(nextOpcode(rsv), payload, false);
        }
    }

    /**
     * The opcode of the next frame: that of the message, then that of a continuation.
     *
     * @param rsv the reserved bits that stand before the first
     */
    private int nextOpcode(int rsv) {
        if (hasBegun) {
            return Opcode.CONTINUATION;
        }
        hasBegun = true;
        return rsv | Opcode.of(type);
    }

    /** Sends what the extension makes of a part. */
    private void transform(Pipeline pipeline, ByteBuffer part, boolean isLast) {
        ByteBuffer room = driver.memory().acquire(PartTransformation.ROOM);
        try {
            boolean isThrough = false;
            // A connection that ends meanwhile has abandoned the message.
            while (!isThrough && driver.isSendingParts()) {
                PartTransformation parts = pipeline.sendInParts(type);
                isThrough = parts.transform(part, isLast, room.clear());
                boolean ends = isThrough && isLast;
                if (ends) {
                    pipeline.endOutgoingParts();
                }
                sendFrame(room.flip(), parts.rsv(), ends);
            }
        } catch (ConnectionFailure failure) {
            driver.closing().fail(failure);
        } finally {
            driver.memory().release(room);
        }
    }

    private void gather(ByteBuffer part) {
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

    // -- what waits ---------------------------------------------------------------------------------------------------

    /** Keeps something to be sent later. */
    void append(Runnable sending, int length) {
        waiting.addLast(sending);
        waitingBytes += length;
    }

    /** The payload of what is gathered and of what waits. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** The last part has come, and the driver sends at once again: sends what was gathered, and then what has waited. */
    void end() {
        if (gathered != null) {
            ByteBuffer message = gathered.flip();
            gathered = null;
            waitingBytes -= message.remaining();
            driver.send(type, message);
        }
        waiting.forEach(Runnable::run);
    }
}
