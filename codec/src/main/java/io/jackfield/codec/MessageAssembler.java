package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Receives messages whole. One that lies whole in the input is handed on where it lies; only what arrives in parts is copied.
 * Holds no buffer while no payload is kept.
 */
final class MessageAssembler extends MessageReceiver {

    /** As much of the payload as arrived in parts, or null. */
    private ByteBuffer payload;

    MessageAssembler(Driver driver) {
        super(driver, false);
    }

    @Override
    boolean receive(ByteBuffer in, int available, FrameDecoder frame) throws ConnectionFailure {
        boolean isWholeMessage = available == frame.payloadLength() && frame.fin() && fragments() == 1;
        if (!isWholeMessage) {
            return assemble(in, available, frame);
        }
        int from = in.position();
        int end = from + available;
        boolean isText = isText();
        clear();
        frame.take(available);
        if (driver.hasExtensions()) {
            PayloadInPlace.unmask(in, available, frame, 0);
            ByteBuffer whole = in.slice(from, available);
            in.position(end);
            toExtensions(isText, rsv(), whole, false);
        } else if (isText) {
            String text = unmaskText(in, from, available, frame);
            in.position(end);
            driver.listener().onText(text);
        } else {
            PayloadInPlace.unmask(in, available, frame, 0);
            int limit = PayloadInPlace.limitTo(in, end);
            try {
                driver.listener().onBinary(in);
            } finally {
                PayloadInPlace.restore(in, end, limit);
            }
        }
        return true;
    }

    private String unmaskText(ByteBuffer in, int from, int length, FrameDecoder frame) throws ConnectionFailure {
        TextMemory memory = driver.memory().text();
        byte[] room = memory.room(length);
        Masking.copy(in, from, length, frame.maskingKey(), 0, room, 0);
        String text = Utf8.decode(room, 0, length);
        memory.decoded(text, length);
        return text;
    }

    /**
     * Hands a message to the extensions.
     *
     * @param rsv the reserved bits where they stand in the first byte of a frame
     * @param isStable whether the payload may be kept
     */
    private void toExtensions(boolean isText, int rsv, ByteBuffer bytes, boolean isStable) {
        ExtensionMessage message = new ExtensionMessage(
                type(isText), (rsv & Rsv.RSV1) != 0, (rsv & Rsv.RSV2) != 0, (rsv & Rsv.RSV3) != 0, bytes);
        Pipeline pipeline = driver.pipeline();
        pipeline.receive(message, isStable);
        if (pipeline.pendingIncoming() > 0) {
            driver.listener().onMessagePending();
        }
    }

    // -- a message that arrives in parts ------------------------------------------------------------------------------

    private boolean assemble(ByteBuffer in, int available, FrameDecoder frame) throws ConnectionFailure {
        if (available > 0) {
            append(in, available, frame);
            in.position(in.position() + available);
        }
        if (!frame.take(available)) {
            return false;
        }
        if (frame.fin()) {
            receiveAssembled();
        }
        return true;
    }

    /** Copies payload of the current frame behind what is there. */
    private void append(ByteBuffer in, int count, FrameDecoder frame) throws ConnectionFailure {
        makeRoomFor(count, frame.fin() ? length() : driver.config().maxMessageLength());
        int at = payload.position();
        byte[] array = payload.array();
        Masking.copy(in, in.position(), count, frame.maskingKey(), frame.payloadTaken(), array, at);
        payload.position(at + count);
        if (isText() && !driver.hasExtensions()) {
            // The application gets it as it is: it fails at the first byte that is not UTF-8.
            validateText(array, at, at + count);
        }
    }

    /** Grows by what has arrived: what a peer announces costs nothing (RFC 6455 section 10.4). */
    private void makeRoomFor(int count, long most) {
        DriverMemory memory = driver.memory();
        if (payload == null) {
            payload = memory.acquire(count);
        } else if (payload.remaining() < count) {
            long least = (long) payload.position() + count;
            long doubled = Math.max(least, 2L * payload.capacity());
            ByteBuffer larger = memory.acquire((int) Math.min(doubled, most));
            larger.put(payload.flip());
            memory.release(payload);
            payload = larger;
        }
    }

    private void receiveAssembled() throws ConnectionFailure {
        if (isText() && !driver.hasExtensions()) {
            String text = assembledText();
            clear();
            driver.receiver().messageEnded();
            driver.listener().onText(text);
            return;
        }
        boolean isText = isText();
        ByteBuffer whole = takePayload();
        driver.receiver().messageEnded();
        if (driver.defers()) {
            // An extension may keep the payload while it works on it.
            toExtensions(isText, rsv(), whole, true);
            return;
        }
        try {
            if (driver.hasExtensions()) {
                toExtensions(isText, rsv(), whole, false);
            } else {
                driver.listener().onBinary(whole);
            }
        } finally {
            driver.memory().release(whole);
        }
    }

    /** The text that was assembled and validated. */
    private String assembledText() throws ConnectionFailure {
        requireWholeText();
        if (payload == null) {
            return "";
        }
        return new String(payload.array(), 0, payload.position(), StandardCharsets.UTF_8);
    }

    /**
     * Hands over the payload and forgets the message.
     *
     * @return what was assembled, from position to limit; the receiver's own, to give back to the memory or to keep
     */
    private ByteBuffer takePayload() {
        ByteBuffer taken = payload == null ? driver.memory().acquire(0) : payload;
        payload = null;
        clear();
        return taken.flip();
    }

    @Override
    void abandon(FrameDecoder frame) {
        releasePayload();
    }

    @Override
    void clear() {
        releasePayload();
        super.clear();
    }

    private void releasePayload() {
        if (payload != null) {
            driver.memory().release(payload);
            payload = null;
        }
    }
}
