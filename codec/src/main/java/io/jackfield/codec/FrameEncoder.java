package io.jackfield.codec;

import io.jackfield.api.extension.SharedMessage;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/**
 * Turns messages and control frames into bytes (RFC 6455 section 5.2), one frame each and in the shortest form. What is
 * small is encoded where it goes to; nothing is allocated.
 */
final class FrameEncoder {

    /** The longest payload whose length has 16 bits. */
    private static final int MAX_LENGTH_16 = 0xFFFF;

    private final FrameOutput output;

    /** Gives the masking keys of a client; null for a server, which does not mask. */
    private final IntSupplier maskingKeys;

    FrameEncoder(DriverConfig config, FrameOutput output) {
        this.output = output;
        this.maskingKeys = config.role() == Role.CLIENT ? config.maskingKeys() : null;
    }

    boolean isCongested() {
        return output.isCongested();
    }

    /**
     * Sends a frame of a message.
     *
     * <p>What is small goes to its place here, without a further call: the compiler puts fifteen calls into each other at
     * most, and a listener that answers has used up ten of them. With four calls more an echo of 125 bytes took 15 ns more.
     *
     * @param flagsAndOpcode the first byte of the frame
     * @param payload the bytes from position to limit; neither is moved
     * @param endsMessage whether the message ends with it
     */
    void frame(int flagsAndOpcode, ByteBuffer payload, boolean endsMessage) {
        int length = payload.remaining();
        int key = nextKey();
        int header = headerLength(length);
        if (length <= FrameOutput.MAX_CLAIM - header) {
            ByteBuffer room = output.claim(header + length);
            putHeader(room, flagsAndOpcode, length, key);
            int start = room.position();
            room.put(start, payload, payload.position(), length);
            room.position(start + length);
            mask(room, start, key, 0);
            output.commit();
        } else {
            large(flagsAndOpcode, payload, key);
        }
        if (endsMessage) {
            output.endOfMessage();
        }
    }

    private void large(int flagsAndOpcode, ByteBuffer payload, int key) {
        int length = payload.remaining();
        ByteBuffer room = output.claim(headerLength(length));
        putHeader(room, flagsAndOpcode, length, key);
        output.commit();
        if (maskingKeys == null) {
            int start = payload.position();
            output.write(payload);
            payload.position(start);
        } else {
            masked(payload, key);
        }
    }

    private void masked(ByteBuffer payload, int key) {
        int from = payload.position();
        int length = payload.remaining();
        for (int done = 0; done < length; ) {
            int part = Math.min(FrameOutput.MAX_CLAIM, length - done);
            ByteBuffer room = output.claim(part);
            int start = room.position();
            room.put(start, payload, from + done, part);
            room.position(start + part);
            mask(room, start, key, done);
            output.commit();
            done += part;
        }
    }

    /** Sends a message that is framed already, if that is what this end sends: a client masks each frame anew. */
    void shared(SharedMessage message) {
        if (maskingKeys == null) {
            output.share(message.frame());
            output.endOfMessage();
        } else {
            int rsv = Rsv.bits(message.rsv1(), message.rsv2(), message.rsv3());
            frame(FrameDecoder.B0_FIN | rsv | Opcode.of(message.type()), message.payload(), true);
        }
    }

    /** Sends a ping or a pong. */
    void control(int opcode, ByteBuffer payload) {
        frame(FrameDecoder.B0_FIN | opcode, payload, false);
    }

    void close(CloseFrame frame) {
        ByteBuffer payload = ByteBuffer.allocate(ControlFrame.MAX_PAYLOAD);
        frame.putPayload(payload);
        control(Opcode.CLOSE, payload.flip());
    }

    private void mask(ByteBuffer room, int start, int key, long offset) {
        if (maskingKeys != null) {
            Masking.apply(room, start, room.position(), key, offset);
        }
    }

    private int nextKey() {
        return maskingKeys == null ? 0 : maskingKeys.getAsInt();
    }

    private int headerLength(long length) {
        int extendedLength = length < FrameDecoder.LENGTH_16 ? 0 : length <= MAX_LENGTH_16 ? Short.BYTES : Long.BYTES;
        return 2 + extendedLength + (maskingKeys == null ? 0 : Integer.BYTES);
    }

    private void putHeader(ByteBuffer room, int flagsAndOpcode, long length, int key) {
        int maskBit = maskingKeys == null ? 0 : FrameDecoder.B1_MASK;
        room.put((byte) flagsAndOpcode);
        if (length < FrameDecoder.LENGTH_16) {
            room.put((byte) (maskBit | (int) length));
        } else if (length <= MAX_LENGTH_16) {
            room.put((byte) (maskBit | FrameDecoder.LENGTH_16)).putShort((short) length);
        } else {
            room.put((byte) (maskBit | FrameDecoder.LENGTH_64)).putLong(length);
        }
        if (maskingKeys != null) {
            room.putInt(key);
        }
    }
}
