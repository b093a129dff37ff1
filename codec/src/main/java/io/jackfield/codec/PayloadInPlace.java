package io.jackfield.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Payload that is handed on where it lies, in the buffer with the input. */
final class PayloadInPlace {

    private PayloadInPlace() {}

    /**
     * Unmasks payload at the position of the input, which does not move.
     *
     * @param offset where in the frame's payload it begins
     */
    static void unmask(ByteBuffer in, int length, FrameDecoder frame, long offset) {
        if (frame.isMasked()) {
            Masking.apply(in, in.position(), in.position() + length, frame.maskingKey(), offset);
        }
    }

    /**
     * Leaves nothing between position and limit but the payload.
     *
     * @return the limit, to be restored
     */
    static int limitTo(ByteBuffer in, int end) {
        int limit = in.limit();
        in.limit(end).order(ByteOrder.BIG_ENDIAN);
        return limit;
    }

    /** Goes on behind the payload, whatever its receiver did to the buffer. */
    static void restore(ByteBuffer in, int end, int limit) {
        in.limit(limit).position(end);
    }
}
