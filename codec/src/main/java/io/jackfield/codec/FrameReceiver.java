package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The receiving half of a driver: frames in, messages and control frames out. A frame that lies whole in the input is
 * handed on where it lies; only what arrives in parts is copied.
 *
 * <p>All its state is settled before it calls out, and the input is positioned behind the frame afterwards, so that it goes
 * on correctly whatever the callee does.
 */
final class FrameReceiver {

    private final Driver driver;
    private final FrameRules rules;
    private final FrameDecoder decoder = new FrameDecoder();
    private final MessageAssembler message;

    /** The payload of a control frame that arrives in parts, else null. */
    private ByteBuffer controlPayload;

    private Mode mode = Mode.DELIVER;

    /** The owner wants no more for now. */
    private boolean isInterrupted;

    /** What becomes of the input. */
    private enum Mode {
        DELIVER,
        /** Messages are checked and skipped; control frames are handled. */
        SKIP_MESSAGES,
        /** All is ignored. */
        STOPPED
    }

    FrameReceiver(Driver driver, DriverMemory memory, FrameRules rules) {
        this.driver = driver;
        this.rules = rules;
        this.message = new MessageAssembler(memory);
    }

    /** No message is handed on any more. */
    void skipMessages() {
        if (mode == Mode.DELIVER) {
            mode = Mode.SKIP_MESSAGES;
            message.releasePayload();
        }
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
            if (!frameEnded) {
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

    // -- data frames --------------------------------------------------------------------------------------------------

    private boolean readData(ByteBuffer in) throws ConnectionFailure {
        int available = (int) Math.min(decoder.payloadLeft(), in.remaining());
        if (mode == Mode.SKIP_MESSAGES) {
            return skip(in, available);
        }
        boolean isWholeMessage = available == decoder.payloadLength() && decoder.fin() && message.fragments() == 1;
        if (isWholeMessage) {
            receiveWhole(in, available);
            return true;
        }
        if (available > 0) {
            boolean asText = message.isText() && !driver.hasExtensions();
            message.append(in, available, decoder, rules.maxMessageLength(), asText);
            in.position(in.position() + available);
        }
        if (!decoder.take(available)) {
            return false;
        }
        if (decoder.fin()) {
            receiveAssembled();
        }
        return true;
    }

    private boolean skip(ByteBuffer in, int available) {
        in.position(in.position() + available);
        boolean frameEnded = decoder.take(available);
        if (frameEnded && decoder.fin()) {
            message.clear();
        }
        return frameEnded;
    }

    private void receiveWhole(ByteBuffer in, int length) throws ConnectionFailure {
        int from = in.position();
        boolean isText = message.isText();
        int rsv = message.rsv();
        message.clear();
        decoder.take(length);
        if (driver.hasExtensions()) {
            unmask(in, length);
            ByteBuffer payload = in.slice(from, length);
            in.position(from + length);
            driver.messageReceived(type(isText), rsv, payload, false);
        } else if (isText) {
            String text = unmaskText(in, from, length);
            in.position(from + length);
            driver.textReceived(text);
        } else {
            unmask(in, length);
            int limit = limitTo(in, from + length);
            try {
                driver.binaryReceived(in);
            } finally {
                restore(in, from + length, limit);
            }
        }
    }

    private String unmaskText(ByteBuffer in, int from, int length) throws ConnectionFailure {
        TextMemory memory = driver.memory().text();
        byte[] room = memory.room(length);
        Masking.copy(in, from, length, decoder.maskingKey(), 0, room, 0);
        String text = Utf8.decode(room, 0, length);
        memory.decoded(text, length);
        return text;
    }

    private void receiveAssembled() throws ConnectionFailure {
        boolean isText = message.isText();
        if (isText && !driver.hasExtensions()) {
            String text = message.text();
            message.clear();
            driver.textReceived(text);
            return;
        }
        int rsv = message.rsv();
        ByteBuffer payload = message.takePayload();
        if (driver.defers()) {
            // An extension may keep the payload while it works on it.
            driver.messageReceived(type(isText), rsv, payload, true);
            return;
        }
        try {
            if (driver.hasExtensions()) {
                driver.messageReceived(type(isText), rsv, payload, false);
            } else {
                driver.binaryReceived(payload);
            }
        } finally {
            driver.memory().release(payload);
        }
    }

    private static ExtensionMessage.Type type(boolean isText) {
        return isText ? ExtensionMessage.Type.TEXT : ExtensionMessage.Type.BINARY;
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
        unmask(in, length);
        decoder.take(length);
        int limit = limitTo(in, end);
        try {
            driver.controlReceived(decoder.opcode(), in);
        } finally {
            restore(in, end, limit);
        }
    }

    // -- payload in the input -----------------------------------------------------------------------------------------

    private void unmask(ByteBuffer in, int length) {
        if (decoder.isMasked()) {
            Masking.apply(in, in.position(), in.position() + length, decoder.maskingKey(), 0);
        }
    }

    private static int limitTo(ByteBuffer in, int end) {
        int limit = in.limit();
        in.limit(end).order(ByteOrder.BIG_ENDIAN);
        return limit;
    }

    private static void restore(ByteBuffer in, int position, int limit) {
        in.limit(limit).position(position);
    }
}
