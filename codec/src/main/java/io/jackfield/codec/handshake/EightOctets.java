package io.jackfield.codec.handshake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight octets at a time. One at a time, a browser's handshake took 1,360 ns instead of 1,210.
 *
 * <p>What is found is told by marks: the top bit of the first octet that is looked for, and none before it. What stands
 * behind it may be wrong, since the subtractions borrow from there.
 */
final class EightOctets {

    private static final VarHandle LONG_IN_ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final long BLANKS = 0x2020_2020_2020_2020L;
    private static final long COLONS = 0x3a3a_3a3a_3a3a_3a3aL;
    private static final long DELETES = 0x7f7f_7f7f_7f7f_7f7fL;

    private EightOctets() {}

    static long at(byte[] octets, int index) {
        return (long) LONG_IN_ARRAY.get(octets, index);
    }

    /** Marks the first of ASCII's control characters, 0x00 to 0x1f and 0x7f. */
    static long controlCharacter(long octets) {
        return (octets - BLANKS) & ~octets & TOP_BITS | zero(octets ^ DELETES);
    }

    /** Marks the first colon. */
    static long colon(long octets) {
        return zero(octets ^ COLONS);
    }

    private static long zero(long octets) {
        return (octets - EACH) & ~octets & TOP_BITS;
    }

    /** Leaves no mark that does not stand before the first of others, of which there may be none. */
    static long before(long others, long marks) {
        return marks & (Long.lowestOneBit(others) - 1);
    }

    /** Where among the eight the first mark stands; 8 without any. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }
}
