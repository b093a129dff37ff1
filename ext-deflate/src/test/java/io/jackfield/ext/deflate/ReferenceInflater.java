package io.jackfield.ext.deflate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * DEFLATE as RFC 1951 describes it, written for these tests and sharing no code with zlib. Keeps the window between
 * messages and fails on a reference that reaches further back than it.
 */
public final class ReferenceInflater {

    /** The bytes are no message. */
    public static class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** The bytes are the beginning of a message. */
    public static final class Truncated extends Malformed {

        private static final long serialVersionUID = 1L;

        Truncated() {
            super("ends within a block");
        }
    }

    /** The message has more bytes than it may have. */
    public static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("more bytes than there may be");
        }
    }

    /** A reference reaches further back than the window that was agreed on. */
    public static final class TooFar extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooFar(String message) {
            super(message);
        }
    }

    private static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final int[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final Huffman FIXED_LITERALS = fixedLiterals();
    private static final Huffman FIXED_DISTANCES = fixedDistances();

    private final byte[] window;
    private final boolean contextTakeover;
    private final int limit;
    private long passed;
    private int longestDistance;
    private int finalBlocks;

    private byte[] input;
    private int bit;
    private ByteArrayOutputStream output;

    ReferenceInflater(int windowBits, boolean contextTakeover) {
        this(windowBits, contextTakeover, Integer.MAX_VALUE);
    }

    /**
     * @param windowBits the window that was agreed on
     * @param contextTakeover whether messages refer to those before them
     * @param limit the most bytes of a message
     */
    public ReferenceInflater(int windowBits, boolean contextTakeover, int limit) {
        this.window = new byte[1 << windowBits];
        this.contextTakeover = contextTakeover;
        this.limit = limit;
    }

    int longestDistance() {
        return longestDistance;
    }

    /** The bytes of the last message, or of as much of it as could be read. */
    public int produced() {
        return output.size();
    }

    /** The final blocks (BFINAL) of the last message. */
    public int finalBlocks() {
        return finalBlocks;
    }

    /**
     * A message from its payload, as RFC 7692 section 7.2.2 has it.
     *
     * @param payload read from position to limit, both of which stay as they are
     * @return the message
     * @throws Malformed if it is none
     * @throws TooLarge if it is larger than the limit
     * @throws TooFar if a reference reaches back behind the window
     */
    public byte[] message(ByteBuffer payload) {
        if (!contextTakeover) {
            passed = 0;
        }
        int length = payload.remaining();
        input = new byte[length + 4];
        payload.get(payload.position(), input, 0, length);
        input[length + 2] = (byte) 0xff;
        input[length + 3] = (byte) 0xff;
        bit = 0;
        finalBlocks = 0;
        output = new ByteArrayOutputStream();
        while (bit < 8 * input.length) {
            if (block()) {
                finalBlocks++;
                bit = (bit + 7) / 8 * 8;
                if (bit == 8 * length) {
                    // RFC 7692 section 7.2.3.4 puts an octet behind it; who leaves that away has said all, too.
                    break;
                }
            }
        }
        return output.toByteArray();
    }

    /** Whether it was a final block. */
    private boolean block() {
        boolean last = bits(1) == 1;
        switch (bits(2)) {
            case 0 -> stored();
            case 1 -> compressed(FIXED_LITERALS, FIXED_DISTANCES);
            case 2 -> dynamic();
            default -> throw new Malformed("reserved block type");
        }
        return last;
    }

    private void stored() {
        bit = (bit + 7) / 8 * 8;
        int length = bits(16);
        if ((length ^ bits(16)) != 0xffff) {
            throw new Malformed("stored lengths");
        }
        for (int i = 0; i < length; i++) {
            emit((byte) bits(8));
        }
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int codes = bits(4) + 4;
        if (literals > 286 || distances > 30) {
            throw new Malformed(literals + " literals and " + distances + " distances");
        }
        int[] codeLengths = new int[19];
        for (int i = 0; i < codes; i++) {
            codeLengths[CODE_LENGTH_ORDER[i]] = bits(3);
        }
        Huffman codeLengthCode = new Huffman(codeLengths, 0, 19).requireComplete();
        int[] lengths = new int[literals + distances];
        for (int i = 0; i < lengths.length; ) {
            int symbol = symbol(codeLengthCode);
            if (symbol == 16 && i == 0) {
                throw new Malformed("nothing to repeat");
            }
            int value = symbol == 16 ? lengths[i - 1] : symbol < 16 ? symbol : 0;
            int repeat = switch (symbol) {
                case 16 -> 3 + bits(2);
                case 17 -> 3 + bits(3);
                case 18 -> 11 + bits(7);
                default -> 1;
            };
            if (repeat > lengths.length - i) {
                throw new Malformed("too many code lengths");
            }
            while (repeat-- > 0) {
                lengths[i++] = value;
            }
        }
        if (lengths[256] == 0) {
            throw new Malformed("no code for the end of the block");
        }
        compressed(
                new Huffman(lengths, 0, literals).requireCompleteOrSingle(),
                new Huffman(lengths, literals, distances).requireCompleteOrSingle());
    }

    private void compressed(Huffman literals, Huffman distances) {
        for (int symbol = symbol(literals); symbol != 256; symbol = symbol(literals)) {
            if (symbol < 256) {
                emit((byte) symbol);
            } else if (symbol > 285) {
                throw new Malformed("length symbol " + symbol);
            } else {
                int length = LENGTH_BASE[symbol - 257] + bits(LENGTH_BITS[symbol - 257]);
                int code = symbol(distances);
                int distance = DISTANCE_BASE[code] + bits(Math.max(0, code / 2 - 1));
                if (distance > passed) {
                    throw new Malformed("distance " + distance + " after " + passed + " bytes");
                }
                if (distance > window.length) {
                    throw new TooFar("distance " + distance + " in a window of " + window.length + " bytes");
                }
                longestDistance = Math.max(longestDistance, distance);
                for (int i = 0; i < length; i++) {
                    emit(window[(int) ((passed - distance) & (window.length - 1))]);
                }
            }
        }
    }

    private void emit(byte value) {
        if (output.size() == limit) {
            throw new TooLarge();
        }
        window[(int) (passed++ & (window.length - 1))] = value;
        output.write(value);
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            if (bit == 8 * input.length) {
                throw new Truncated();
            }
            value |= (input[bit >> 3] >> (bit & 7) & 1) << i;
        }
        return value;
    }

    private int symbol(Huffman code) {
        int value = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length < 16; length++) {
            value |= bits(1);
            int count = code.counts[length];
            if (value - count < first) {
                return code.symbols[index + value - first];
            }
            index += count;
            first = first + count << 1;
            value <<= 1;
        }
        throw new Malformed("no such code");
    }

    private static Huffman fixedLiterals() {
        int[] lengths = new int[288];
        for (int i = 0; i < 288; i++) {
            lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        }
        return new Huffman(lengths, 0, 288);
    }

    private static Huffman fixedDistances() {
        int[] lengths = new int[30];
        java.util.Arrays.fill(lengths, 5);
        return new Huffman(lengths, 0, 30);
    }

    /** A canonical code: how many codes there are of each length, and their symbols in order. */
    private static final class Huffman {
        private final int[] counts = new int[16];
        private final int[] symbols;

        /** The codes of 15 bits that stand for nothing. */
        private int left = 1 << 15;

        Huffman(int[] lengths, int from, int count) {
            for (int i = 0; i < count; i++) {
                counts[lengths[from + i]]++;
            }
            counts[0] = 0;
            int[] next = new int[17];
            for (int length = 1; length < 16; length++) {
                next[length + 1] = next[length] + counts[length];
            }
            symbols = new int[count];
            for (int i = 0; i < count; i++) {
                if (lengths[from + i] != 0) {
                    symbols[next[lengths[from + i]]++] = i;
                }
            }
            for (int length = 1; length < 16; length++) {
                left -= counts[length] << (15 - length);
            }
            if (left < 0) {
                throw new Malformed("more codes than there can be");
            }
        }

        Huffman requireComplete() {
            if (left > 0) {
                throw new Malformed("fewer codes than there must be");
            }
            return this;
        }

        /** RFC 1951 section 3.2.7: one distance alone has one bit; and with literals alone there is none. */
        Huffman requireCompleteOrSingle() {
            boolean single = left == 1 << 14 && counts[1] == 1;
            boolean none = left == 1 << 15;
            return single || none ? this : requireComplete();
        }
    }
}
