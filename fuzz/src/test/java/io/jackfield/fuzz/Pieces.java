package io.jackfield.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The ways in which the bytes of an input arrive: what a peer sends in one piece may come in many. */
final class Pieces {

    /** Room before and behind a piece in its buffer. */
    private static final int MARGIN = 3;

    private Pieces() {}

    /** All at once. */
    static List<ByteBuffer> whole(byte[] input, int from) {
        ByteBuffer memory = ByteBuffer.allocate(input.length + 2 * MARGIN);
        return List.of(piece(memory, input, from, input.length));
    }

    /** Cut as a number says: 0 gives single bytes, others pieces of all lengths up to a few hundred. */
    static List<ByteBuffer> cut(byte[] input, int from, int seed) {
        // Direct, as the server's read buffers are.
        ByteBuffer memory = ByteBuffer.allocateDirect(input.length + 2 * MARGIN);
        List<ByteBuffer> pieces = new ArrayList<>();
        int state = seed;
        for (int at = from; at < input.length; ) {
            // A linear congruential generator: an input has to mean the same whenever it is run.
            state = state * 1_103_515_245 + 12_345;
            int random = state >>> 8;
            int most = seed == 0 ? 1 : 1 << (random % 9);
            int to = Math.min(input.length, at + 1 + (random >>> 4) % most);
            pieces.add(piece(memory, input, at, to));
            at = to;
        }
        return pieces;
    }

    /** At an odd place of its memory. */
    private static ByteBuffer piece(ByteBuffer memory, byte[] input, int from, int to) {
        memory.put(MARGIN + from, input, from, to - from);
        return memory.slice(from, to - from + 2 * MARGIN).position(MARGIN).limit(MARGIN + to - from);
    }
}
