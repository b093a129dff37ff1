package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;

/**
 * The message that is being received: what its frames said, and what becomes of their payload, which each way of receiving
 * decides for itself. One receiver takes one message after the other.
 */
abstract sealed class MessageReceiver permits MessageAssembler, MessageStreamer, TransformingStreamer {

    private static final int NONE = -1;

    final Driver driver;

    /** The opcode of the first frame, or NONE between messages. */
    private byte opcode = NONE;

    /** The reserved bits of the first frame, where they stand in its first byte. */
    private byte rsv;

    private final boolean isInParts;

    private int fragments;

    /** The sum of the lengths of the frames, the one that is being received among them. */
    private long length;

    /** How far the text that was looked at has come. */
    private int utf8State;

    MessageReceiver(Driver driver, boolean isInParts) {
        this.driver = driver;
        this.isInParts = isInParts;
    }

    // -- what its frames said -----------------------------------------------------------------------------------------

    /** The header of a data frame, which the rules allow, is complete. */
    final void frameBegins(FrameDecoder frame) {
        if (frame.opcode() == Opcode.CONTINUATION) {
            fragments++;
            length += frame.payloadLength();
        } else {
            opcode = (byte) frame.opcode();
            rsv = (byte) frame.rsv();
            fragments = 1;
            length = frame.payloadLength();
            utf8State = Utf8.COMPLETE;
        }
    }

    final boolean isOpen() {
        return opcode != NONE;
    }

    final boolean isText() {
        return opcode == Opcode.TEXT;
    }

    final ExtensionMessage.Type type() {
        return type(isText());
    }

    static ExtensionMessage.Type type(boolean isText) {
        return isText ? ExtensionMessage.Type.TEXT : ExtensionMessage.Type.BINARY;
    }

    final int rsv() {
        return rsv;
    }

    final int fragments() {
        return fragments;
    }

    /** The length of all frames so far; 0 between messages. */
    final long length() {
        return length;
    }

    /** Whether messages are handed on in parts: what nobody gathers has limits of its own. */
    final boolean isInParts() {
        return isInParts;
    }

    // -- what becomes of its payload ----------------------------------------------------------------------------------

    /**
     * Takes payload of the current frame. All state is settled before it calls out, and the input is positioned behind what
     * was taken afterwards, so that all goes on correctly whatever the callee does.
     *
     * @param in holds the bytes, masked, at its position
     * @param available how many of them belong to the frame; 0 if the frame is empty, or none has come
     * @param frame the current frame
     * @return whether the frame has ended
     */
    abstract boolean receive(ByteBuffer in, int available, FrameDecoder frame) throws ConnectionFailure;

    /** Drops payload of the current frame, which nobody wants any more. */
    final boolean skip(ByteBuffer in, int available, FrameDecoder frame) {
        in.position(in.position() + available);
        return drop(available, frame);
    }

    /** The same with bytes that the input has no more. */
    final boolean drop(int count, FrameDecoder frame) {
        boolean frameEnded = frame.take(count);
        if (frameEnded && frame.fin()) {
            clear();
        }
        return frameEnded;
    }

    /** Nothing of the message is wanted any more: its frames go on, and will be skipped. */
    abstract void abandon(FrameDecoder frame);

    /** Forgets the message. */
    void clear() {
        opcode = NONE;
        length = 0;
    }

    /**
     * Looks at payload of a text that follows what was looked at before.
     *
     * @param from index of the first byte
     * @param to index behind the last
     * @throws ConnectionFailure at the first byte that cannot stand where it stands
     */
    final void validateText(byte[] bytes, int from, int to) throws ConnectionFailure {
        utf8State = Utf8.validate(utf8State, bytes, from, to);
        if (utf8State == Utf8.INVALID) {
            throw ConnectionFailure.invalidText();
        }
    }

    /** @throws ConnectionFailure if the text that was looked at ends within a character */
    final void requireWholeText() throws ConnectionFailure {
        if (utf8State != Utf8.COMPLETE) {
            throw ConnectionFailure.invalidText();
        }
    }
}
