package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class EightOctetsTest {

    private static boolean isControlCharacter(int octet) {
        return octet <= 0x1f || octet == 0x7f;
    }

    private static boolean isColon(int octet) {
        return octet == ':';
    }

    /** The plain twin. */
    private static int expected(byte[] octets, IntPredicate wanted) {
        for (int i = 0; i < Long.BYTES; i++) {
            if (wanted.test(octets[i] & 0xFF)) {
                return i;
            }
        }
        return Long.BYTES;
    }

    private static void compare(byte[] octets) {
        compare(octets, EightOctetsTest::isControlCharacter, EightOctets::controlCharacter);
        compare(octets, EightOctetsTest::isColon, EightOctets::colon);
    }

    private static void compare(byte[] octets, IntPredicate wanted, LongUnaryOperator marks) {
        int expected = expected(octets, wanted);
        assertEquals(
                expected,
                EightOctets.first(marks.applyAsLong(EightOctets.at(octets, 0))),
                () -> Arrays.toString(octets));
    }

    @Test
    void everyOctetIsFoundOrPassedAtEveryPlace() {
        for (int octet = 0; octet < 0x100; octet++) {
            for (int at = 0; at < Long.BYTES; at++) {
                byte[] octets = new byte[Long.BYTES];
                Arrays.fill(octets, (byte) 'a');
                octets[at] = (byte) octet;
                compare(octets);
            }
        }
    }

    @Test
    void neighboursDoNotMatter() {
        byte[] around = {
            0, 0x1f, 0x20, 0x21, 0x39, ':', 0x3b, 0x7e, 0x7f, (byte) 0x80, (byte) 0x9f, (byte) 0xba, (byte) 0xff, '\t'
        };
        Random random = new Random(4);
        byte[] octets = new byte[Long.BYTES];
        for (int run = 0; run < 200_000; run++) {
            for (int i = 0; i < octets.length; i++) {
                // Mostly text, so that what is looked for stands anywhere.
                octets[i] = random.nextInt(4) > 0 ? (byte) 0xa0 : around[random.nextInt(around.length)];
            }
            compare(octets);
        }
    }

    @Test
    void onlyMarksBeforeOthersAreLeft() {
        long eight = EightOctets.at("ab:d\r\n:h".getBytes(StandardCharsets.US_ASCII), 0);
        long late = EightOctets.at("ab\rd::gh".getBytes(StandardCharsets.US_ASCII), 0);
        long none = EightOctets.at("abcdef:h".getBytes(StandardCharsets.US_ASCII), 0);

        assertEquals(2, firstColonInFront(eight));
        assertEquals(Long.BYTES, firstColonInFront(late));
        assertEquals(6, firstColonInFront(none));
    }

    private static int firstColonInFront(long octets) {
        return EightOctets.first(EightOctets.before(EightOctets.controlCharacter(octets), EightOctets.colon(octets)));
    }
}
