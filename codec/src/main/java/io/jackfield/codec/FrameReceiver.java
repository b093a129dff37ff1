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

    /** Whether messages are to be handed on in parts; one that has begun keeps to how it began. */
    private boolean partsWanted;

    /** What becomes of the input. */
    private enum Mode {
        DELIVER,
        /** The same, but each message in parts, as they arrive. */
        DELIVER_PARTS,
        /** The input stands still in front of a message's payload. */
        HELD,
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

    /** Messages are handed on in parts from the next one on, or whole. */
    void receiveInParts(boolean inParts) {
        partsWanted = inParts;
        if (!message.isOpen()) {
            beginNextMessage();
        }
    }

    boolean isInParts() {
        return partsWanted;
    }

    /** Between two messages. */
    private void beginNextMessage() {
        rules.setInParts(partsWanted && driver.canReceiveParts());
        if (mode == Mode.DELIVER || mode == Mode.DELIVER_PARTS) {
            deliver();
        }
    }

    private void deliver() {
        mode = rules.isInParts() ? Mode.DELIVER_PARTS : Mode.DELIVER;
    }

    void hold(boolean held) {
        if (held && (mode == Mode.DELIVER || mode == Mode.DELIVER_PARTS)) {
            mode = Mode.HELD;
        } else if (!held && mode == Mode.HELD) {
            deliver();
        }
    }

    boolean isHeld() {
        return mode == Mode.HELD;
    }

    /** No message is handed on any more. */
    void skipMessages() {
        if (mode != Mode.STOPPED) {
            mode = Mode.SKIP_MESSAGES;
            message.releasePayload();
            PartTransformation parts = driver.keptParts();
            if (parts != null && parts.takeRest() != null) {
                skipPiece(parts.pieceLength());
            }
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

    // -- data frames --------------------------------------------------------------------------------------------------

    private boolean readData(ByteBuffer in) throws ConnectionFailure {
        int available = (int) Math.min(decoder.payloadLeft(), in.remaining());
        if (mode != Mode.DELIVER) {
            return readOtherwise(in, available);
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

    private boolean readOtherwise(ByteBuffer in, int available) throws ConnectionFailure {
        return switch (mode) {
            case DELIVER_PARTS -> driver.hasExtensions() ? readTransformed(in, available) : readPart(in, available);
            case SKIP_MESSAGES -> skip(in, available);
            default -> false;
        };
    }

    private boolean skip(ByteBuffer in, int available) {
        in.position(in.position() + available);
        boolean frameEnded = decoder.take(available);
        if (frameEnded && decoder.fin()) {
            message.clear();
        }
        return frameEnded;
    }

    /** Hands on what is there of a frame, where it lies. */
    private boolean readPart(ByteBuffer in, int available) throws ConnectionFailure {
        int end = in.position() + available;
        boolean isText = message.isText();
        if (isText) {
            unmaskTextPart(in, available);
        } else if (available > 0 && decoder.isMasked()) {
            Masking.apply(in, in.position(), end, decoder.maskingKey(), decoder.payloadTaken());
        }
        boolean frameEnded = decoder.take(available);
        boolean isLast = frameEnded && decoder.fin();
        if (isLast) {
            message.requireWholeText();
            message.clear();
            beginNextMessage();
        }
        if (available > 0 || isLast) {
            int limit = limitTo(in, end);
            try {
                driver.partReceived(type(isText), in, isLast);
            } finally {
                restore(in, end, limit);
            }
        }
        return frameEnded;
    }

    /** Hands on what an extension makes of what is there of a frame. */
    private boolean readTransformed(ByteBuffer in, int available) throws ConnectionFailure {
        PartTransformation parts = driver.incomingParts(type(message.isText()), message.rsv());
        ByteBuffer kept = parts.takeRest();
        int length = kept == null ? available : parts.pieceLength();
        ByteBuffer piece = kept == null ? unmaskedPiece(in, length) : kept;
        boolean isLast = decoder.payloadLeft() == length && decoder.fin();
        boolean isThrough = length == 0 && !isLast;
        try {
            while (!isThrough && mode == Mode.DELIVER_PARTS) {
                isThrough = transform(parts, piece, isLast, length);
            }
        } finally {
            if (!isThrough && mode == Mode.SKIP_MESSAGES) {
                skipPiece(length);
            } else if (!isThrough) {
                // It is gone on with when the input is not held any more; until then its frame has not counted it.
                parts.keep(piece, kept != null, length);
            }
        }
        // With the last piece the frame has ended before its last part was handed on.
        return isThrough && !isLast ? decoder.take(length) : !decoder.isInPayload();
    }

    private ByteBuffer unmaskedPiece(ByteBuffer in, int length) {
        int from = in.position();
        if (decoder.isMasked()) {
            Masking.apply(in, from, from + length, decoder.maskingKey(), decoder.payloadTaken());
        }
        in.position(from + length);
        return in.slice(from, length);
    }

    /** Makes one part of a piece, or none; whether the piece is through. */
    private boolean transform(PartTransformation parts, ByteBuffer piece, boolean isLast, int length)
            throws ConnectionFailure {
        ByteBuffer room = driver.memory().acquire(PartTransformation.ROOM);
        try {
            boolean isThrough = parts.transform(piece, isLast, room);
            room.flip();
            if (parts.length() > rules.maxMessageLength()) {
                throw ConnectionFailure.tooLarge();
            }
            if (message.isText()) {
                message.validateText(room.array(), 0, room.limit());
            }
            ExtensionMessage.Type type = type(message.isText());
            boolean ends = isThrough && isLast;
            if (ends) {
                message.requireWholeText();
                decoder.take(length);
                message.clear();
                driver.endIncomingParts();
                beginNextMessage();
            }
            if (room.hasRemaining() || ends) {
                driver.partReceived(type, room, ends);
            }
            return isThrough;
        } finally {
            driver.memory().release(room);
        }
    }

    /** Counts a piece that is not wanted any more. */
    private void skipPiece(int length) {
        if (decoder.take(length) && decoder.fin()) {
            message.clear();
        }
    }

    private void unmaskTextPart(ByteBuffer in, int length) throws ConnectionFailure {
        // The input need not have an array, where text is looked at fastest.
        byte[] room = driver.memory().text().room(length);
        int from = in.position();
        Masking.copy(in, from, length, decoder.maskingKey(), decoder.payloadTaken(), room, 0);
        in.put(from, room, 0, length);
        message.validateText(room, 0, length);
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
            beginNextMessage();
            driver.textReceived(text);
            return;
        }
        int rsv = message.rsv();
        ByteBuffer payload = message.takePayload();
        beginNextMessage();
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
