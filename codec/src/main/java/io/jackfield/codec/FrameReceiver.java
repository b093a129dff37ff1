package io.jackfield.codec;

import java.nio.ByteBuffer;

/**
 * The receiving half of a driver: frames in, what they carry out. Data frames are left to a {@link MessageReceiver};
 * a control frame that lies whole in the input is handed on where it lies.
 *
 * <p>All its state is settled before it calls out, and the input is positioned behind the frame afterwards, so that it goes
 * on correctly whatever the callee does.
 */
final class FrameReceiver {

    private final Driver driver;
    private final FrameRules rules;
    private final FrameDecoder decoder = new FrameDecoder();

    /** Replaced by another between two messages when they are to be received in another way. */
    private MessageReceiver message;

    /** The payload of a control frame that arrives in parts, else null. */
    private ByteBuffer controlPayload;

    private Mode mode = Mode.DELIVER;

    /** The owner wants no more for now. */
    private boolean isInterrupted;

    /** Whether messages are to be handed on in parts; one that has begun keeps to how it began. */
    private boolean partsWanted;

    /** What becomes of the input. */
    private enum Mode {
        DELIVER,
        /** The input stands still in front of a message's payload. */
        HELD,
        /** Messages are checked and skipped; control frames are handled. */
        SKIP_MESSAGES,
        /** All is ignored. */
        STOPPED
    }

    FrameReceiver(Driver driver, FrameRules rules) {
        this.driver = driver;
        this.rules = rules;
        this.message = new MessageAssembler(driver);
    }

    // -- what the owner wants -----------------------------------------------------------------------------------------

    /** Messages are handed on in parts from the next one on, or whole. */
    void receiveInParts(boolean inParts) {
        partsWanted = inParts;
        if (!message.isOpen()) {
            messageEnded();
        }
    }

    boolean isInParts() {
        return partsWanted;
    }

    /** Between two messages: the next is received as it is wanted now. */
    void messageEnded() {
        boolean inParts = partsWanted && driver.canReceiveParts();
        if (inParts != message.isInParts()) {
            message = receiver(inParts);
        }
    }

    private MessageReceiver receiver(boolean inParts) {
        if (!inParts) {
            return new MessageAssembler(driver);
        }
        return driver.hasExtensions() ? new TransformingStreamer(driver) : new MessageStreamer(driver);
    }

    void hold(boolean held) {
        if (held && mode == Mode.DELIVER) {
            mode = Mode.HELD;
        } else if (!held && mode == Mode.HELD) {
            mode = Mode.DELIVER;
        }
    }

    boolean isHeld() {
        return mode == Mode.HELD;
    }

    /** No message is handed on any more. */
    void skipMessages() {
        if (mode != Mode.STOPPED) {
            mode = Mode.SKIP_MESSAGES;
            message.abandon(decoder);
        }
    }

    boolean isDelivering() {
        return mode == Mode.DELIVER;
    }

    boolean isSkippingMessages() {
        return mode == Mode.SKIP_MESSAGES;
    }

    /** Nothing is handed on any more (RFC 6455 section 7.1.7). */
    void stop() {
        mode = Mode.STOPPED;
        message.clear();
        if (controlPayload != null) {
            driver.memory().release(controlPayload);
            controlPayload = null;
        }
    }

    /** No frame is begun any more until {@link #receive} is called again. */
    void interrupt() {
        isInterrupted = true;
    }

    // -- frames -------------------------------------------------------------------------------------------------------

    /** Takes the bytes from position to limit, all of them unless it is interrupted, and changes them. */
    void receive(ByteBuffer in) throws ConnectionFailure {
        isInterrupted = false;
        while (mode != Mode.STOPPED && !isInterrupted) {
            if (!decoder.isInPayload()) {
                if (!readHeader(in)) {
                    return;
                }
                if (!isControl()) {
                    message.frameBegins(decoder);
                }
            }
            boolean frameEnded = isControl() ? readControl(in) : readData(in);
            if (!frameEnded && (!in.hasRemaining() || mode == Mode.HELD)) {
                return;
            }
        }
        if (mode == Mode.STOPPED) {
            in.position(in.limit());
        }
    }

    private boolean isControl() {
        return Opcode.isControl(decoder.opcode());
    }

    private boolean readHeader(ByteBuffer in) throws ConnectionFailure {
        if (decoder.takeWholeHeader(in)) {
            rules.checkAll(decoder, message);
            return true;
        }
        while (true) {
            FrameDecoder.Part part = decoder.nextHeaderPart(in);
            if (part == FrameDecoder.Part.PAYLOAD) {
                return true;
            }
            if (part == null) {
                return false;
            }
            rules.check(part, decoder, message);
        }
    }

    private boolean readData(ByteBuffer in) throws ConnectionFailure {
        int available = (int) Math.min(decoder.payloadLeft(), in.remaining());
        if (mode == Mode.DELIVER) {
            return message.receive(in, available, decoder);
        }
        return mode == Mode.SKIP_MESSAGES && message.skip(in, available, decoder);
    }

    // -- control frames -----------------------------------------------------------------------------------------------

    private boolean readControl(ByteBuffer in) {
        int available = (int) Math.min(decoder.payloadLeft(), in.remaining());
        if (available == decoder.payloadLength()) {
            receiveWholeControl(in, available);
            return true;
        }
        if (available > 0) {
            if (controlPayload == null) {
                controlPayload = driver.memory().acquire(ControlFrame.MAX_PAYLOAD);
            }
            int at = controlPayload.position();
            Masking.copy(
                    in,
                    in.position(),
                    available,
                    decoder.maskingKey(),
                    decoder.payloadTaken(),
                    controlPayload.array(),
                    at);
            controlPayload.position(at + available);
            in.position(in.position() + available);
        }
        if (!decoder.take(available)) {
            return false;
        }
        ByteBuffer payload = controlPayload.flip();
        controlPayload = null;
        try {
            driver.controlReceived(decoder.opcode(), payload);
        } finally {
            driver.memory().release(payload);
        }
        return true;
    }

    private void receiveWholeControl(ByteBuffer in, int length) {
        int end = in.position() + length;
        PayloadInPlace.unmask(in, length, decoder, 0);
        decoder.take(length);
        int limit = PayloadInPlace.limitTo(in, end);
        try {
            driver.controlReceived(decoder.opcode(), in);
        } finally {
            PayloadInPlace.restore(in, end, limit);
        }
    }
}
