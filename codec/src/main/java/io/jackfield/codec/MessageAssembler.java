package io.jackfield.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The message that is being received: what its frames said, and as much of its payload as arrived in parts. A message that
 * lies whole in the input leaves no payload here. Holds no buffer while no payload is kept.
 */
final class MessageAssembler {

    private static final int NONE = -1;

    private final DriverMemory memory;

    /** The opcode of the first frame, or NONE between messages. */
    private byte opcode = NONE;

    /** The reserved bits of the first frame, where they stand in its first byte. */
    private byte rsv;

    private int fragments;

    /** The sum of the lengths of the frames, the one that is being received among them. */
    private long length;

    private ByteBuffer payload;

    private int utf8State;

    MessageAssembler(DriverMemory memory) {
        this.memory = memory;
    }

    // -- frames -------------------------------------------------------------------------------------------------------

    /** The header of a data frame, which the rules allow, is complete. */
    void frameBegins(FrameDecoder frame) {
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

    boolean isOpen() {
        return opcode != NONE;
    }

    boolean isText() {
        return opcode == Opcode.TEXT;
    }

    int rsv() {
        return rsv;
    }

    int fragments() {
        return fragments;
    }

    /** The length of all frames so far; 0 between messages. */
    long length() {
        return length;
    }

    // -- payload ------------------------------------------------------------------------------------------------------

    /**
     * Copies payload of the current frame behind what is there.
     *
     * @param in holds the bytes, masked, at its position; the position does not move
     * @param count how many bytes, at least 1
     * @param frame the current frame, of which they are not taken yet
     * @param maxLength the largest message
     * @param asText whether the application gets it as text as it is: then it fails at the first byte that is not UTF-8
     */
    void append(ByteBuffer in, int count, FrameDecoder frame, long maxLength, boolean asText) throws ConnectionFailure {
        makeRoomFor(count, frame.fin() ? length : maxLength);
        int at = payload.position();
        byte[] array = payload.array();
        Masking.copy(in, in.position(), count, frame.maskingKey(), frame.payloadTaken(), array, at);
        payload.position(at + count);
        if (asText) {
            validateText(array, at, at + count);
        }
    }

    /**
     * Looks at payload of a text that follows what was looked at before.
     *
     * @param from index of the first byte
     * @param to index behind the last
     * @throws ConnectionFailure at the first byte that cannot stand where it stands
     */
    void validateText(byte[] bytes, int from, int to) throws ConnectionFailure {
        utf8State = Utf8.validate(utf8State, bytes, from, to);
        if (utf8State == Utf8.INVALID) {
            throw ConnectionFailure.invalidText();
        }
    }

    /** Grows by what has arrived: what a peer announces costs nothing (RFC 6455 section 10.4). */
    private void makeRoomFor(int count, long most) {
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

    /**
     * The text that was assembled and validated.
     *
     * @throws ConnectionFailure if it ends within a character
     */
    String text() throws ConnectionFailure {
        requireWholeText();
        if (payload == null) {
            return "";
        }
        return new String(payload.array(), 0, payload.position(), StandardCharsets.UTF_8);
    }

    /** @throws ConnectionFailure if the text that was validated ends within a character */
    void requireWholeText() throws ConnectionFailure {
        if (utf8State != Utf8.COMPLETE) {
            throw ConnectionFailure.invalidText();
        }
    }

    /**
     * Hands over the payload and forgets the message.
     *
     * @return what was assembled, from position to limit; the receiver's own, to give back to the memory or to keep
     */
    ByteBuffer takePayload() {
        ByteBuffer taken = payload == null ? memory.acquire(0) : payload;
        payload = null;
        forget();
        return taken.flip();
    }

    /** Forgets the message, and gives its payload back. */
    void clear() {
        releasePayload();
        forget();
    }

    /** Gives the payload back; the message goes on without it. */
    void releasePayload() {
        if (payload != null) {
            memory.release(payload);
            payload = null;
        }
    }

    private void forget() {
        opcode = NONE;
        length = 0;
    }
}
