package io.jackfield.bench.load;

import java.nio.ByteBuffer;

/**
 * Messages made beforehand, as frames of a client and as the payloads that must come back. A connection sends them in order and
 * begins again at {@link #loopStart()} behind the last.
 */
final class Frames {

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;
    private static final int[] MASK = {0x3d, 0x81, 0x4e, 0xc6};

    private final ByteBuffer bytes;
    private final ByteBuffer payloads;
    private final int[] ends;
    private final int[] payloadEnds;
    private final int loopStart;
    private final int opcode;

    /**
     * @param wire what goes over the wire, message by message
     * @param payloads what an application sends and gets back; the same unless there is compression
     * @param loopStart the message that follows the last
     * @param opcode 1 for text, 2 for binary
     * @param rsv1 whether the wire's payloads are compressed
     */
    Frames(byte[][] wire, byte[][] payloads, int loopStart, int opcode, boolean rsv1) {
        this.loopStart = loopStart;
        this.opcode = opcode;
        ends = new int[wire.length];
        payloadEnds = new int[wire.length];
        int size = 0;
        int payloadSize = 0;
        for (int i = 0; i < wire.length; i++) {
            size += headLength(wire[i].length) + wire[i].length;
            ends[i] = size;
            payloadSize += payloads[i].length;
            payloadEnds[i] = payloadSize;
        }
        bytes = ByteBuffer.allocateDirect(size);
        this.payloads = ByteBuffer.allocateDirect(payloadSize);
        for (int i = 0; i < wire.length; i++) {
            put(wire[i], FIN | (rsv1 ? 0x40 : 0) | opcode);
            this.payloads.put(payloads[i]);
        }
    }

    private static int headLength(int length) {
        return 2 + (length < TWO_BYTE_LENGTH ? 0 : length < 65_536 ? 2 : 8) + MASK.length;
    }

    private void put(byte[] payload, int first) {
        bytes.put((byte) first);
        if (payload.length < TWO_BYTE_LENGTH) {
            bytes.put((byte) (MASKED | payload.length));
        } else if (payload.length < 65_536) {
            bytes.put((byte) (MASKED | TWO_BYTE_LENGTH)).putShort((short) payload.length);
        } else {
            bytes.put((byte) (MASKED | EIGHT_BYTE_LENGTH)).putLong(payload.length);
        }
        for (int octet : MASK) {
            bytes.put((byte) octet);
        }
        for (int i = 0; i < payload.length; i++) {
            bytes.put((byte) (payload[i] ^ MASK[i & 3]));
        }
    }

    int count() {
        return ends.length;
    }

    int loopStart() {
        return loopStart;
    }

    int opcode() {
        return opcode;
    }

    int after(int message) {
        return message + 1 == ends.length ? loopStart : message + 1;
    }

    /** All frames. Its position and limit are whoever's uses it. */
    ByteBuffer bytes() {
        return bytes;
    }

    int start(int message) {
        return message == 0 ? 0 : ends[message - 1];
    }

    int end(int message) {
        return ends[message];
    }

    /** All payloads. Its position and limit are whoever's uses it. */
    ByteBuffer payloads() {
        return payloads;
    }

    int payloadStart(int message) {
        return message == 0 ? 0 : payloadEnds[message - 1];
    }

    int payloadEnd(int message) {
        return payloadEnds[message];
    }
}
