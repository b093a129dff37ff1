package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.MessageHeader;
import java.nio.ByteBuffer;

/**
 * Receives messages in parts through an extension: each piece of a frame becomes any number of parts. When the input is held
 * between two of them, it keeps what is left of the piece.
 */
final class TransformingStreamer extends MessageReceiver {

    /** What is left of a piece, while nobody takes what is made of it; else null. */
    private ByteBuffer rest;

    /** The whole length of that piece, which its frame has still to count. */
    private int pieceLength;

    TransformingStreamer(Driver driver) {
        super(driver, true);
    }

    @Override
    boolean receive(ByteBuffer in, int available, FrameDecoder frame) throws ConnectionFailure {
        PartTransformation parts = transformation();
        ByteBuffer kept = takeRest();
        int length = kept == null ? available : pieceLength;
        ByteBuffer piece = kept == null ? unmaskedPiece(in, length, frame) : kept;
        boolean isLast = frame.payloadLeft() == length && frame.fin();
        boolean isThrough = length == 0 && !isLast;
        FrameReceiver receiver = driver.receiver();
        try {
            while (!isThrough && receiver.isDelivering()) {
                isThrough = transform(parts, piece, isLast, frame);
            }
        } finally {
            if (!isThrough && receiver.isSkippingMessages()) {
                drop(length, frame);
            } else if (!isThrough) {
                // It is gone on with when the input is not held any more; until then its frame has not counted it.
                keep(piece, kept != null, length);
            }
        }
        // With the last piece the frame has ended before its last part was handed on.
        return isThrough && !isLast ? frame.take(length) : !frame.isInPayload();
    }

    /** Of the message that has begun, or else of this. */
    private PartTransformation transformation() throws ConnectionFailure {
        PartTransformation begun = driver.pipeline().incomingParts();
        if (begun != null) {
            return begun;
        }
        MessageHeader header =
                new MessageHeader(type(), (rsv() & Rsv.RSV1) != 0, (rsv() & Rsv.RSV2) != 0, (rsv() & Rsv.RSV3) != 0);
        return driver.pipeline().beginIncomingParts(header);
    }

    private static ByteBuffer unmaskedPiece(ByteBuffer in, int length, FrameDecoder frame) {
        int from = in.position();
        PayloadInPlace.unmask(in, length, frame, frame.payloadTaken());
        in.position(from + length);
        return in.slice(from, length);
    }

    /** Makes one part of a piece, or none; whether the piece is through. */
    private boolean transform(PartTransformation parts, ByteBuffer piece, boolean isLast, FrameDecoder frame)
            throws ConnectionFailure {
        ByteBuffer room = driver.memory().acquire(PartTransformation.ROOM);
        try {
            boolean isThrough = parts.transform(piece, isLast, room);
            room.flip();
            if (parts.length() > driver.config().maxPartedLength()) {
                throw ConnectionFailure.tooLarge();
            }
            if (isText()) {
                validateText(room.array(), 0, room.limit());
            }
            ExtensionMessage.Type type = type();
            boolean ends = isThrough && isLast;
            if (ends) {
                end(frame);
            }
            if (room.hasRemaining() || ends) {
                driver.listener().onPart(type, room, ends);
            }
            return isThrough;
        } finally {
            driver.memory().release(room);
        }
    }

    /** The last piece is through. */
    private void end(FrameDecoder frame) throws ConnectionFailure {
        requireWholeText();
        frame.take((int) frame.payloadLeft());
        clear();
        driver.pipeline().endIncomingParts();
        driver.receiver().messageEnded();
    }

    /**
     * Keeps what is left of a piece.
     *
     * @param isStable whether it need not be copied for that
     * @param wholeLength the length of the whole piece
     */
    private void keep(ByteBuffer left, boolean isStable, int wholeLength) {
        rest = isStable ? left : ByteBuffer.allocate(left.remaining()).put(left).flip();
        pieceLength = wholeLength;
    }

    private ByteBuffer takeRest() {
        ByteBuffer taken = rest;
        rest = null;
        return taken;
    }

    @Override
    void abandon(FrameDecoder frame) {
        if (takeRest() != null) {
            drop(pieceLength, frame);
        }
    }

    @Override
    void clear() {
        rest = null;
        super.clear();
    }
}
