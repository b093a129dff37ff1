package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlCharactersTest {

    /** The plain twin. */
    private static int expected(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            int octet = octets[i] & 0xFF;
            if (octet <= 0x1f || octet == 0x7f) {
                return i;
            }
        }
        return to;
    }

    @Test
    void everyOctetIsFoundOrPassedAtEveryPlace() {
        for (int octet = 0; octet < 0x100; octet++) {
            for (int at = 0; at < 20; at++) {
                byte[] octets = new byte[20];
                Arrays.fill(octets, (byte) 'a');
                octets[at] = (byte) octet;
                for (int from = 0; from < 10; from++) {
                    assertEquals(expected(octets, from, 20), ControlCharacters.indexIn(octets, from, 20));
                    assertEquals(expected(octets, from, from + 9), ControlCharacters.indexIn(octets, from, from + 9));
                }
            }
        }
    }

    @Test
    void neighboursDoNotMatter() {
        byte[] around = {0, 0x1f, 0x20, 0x21, 0x7e, 0x7f, (byte) 0x80, (byte) 0x9f, (byte) 0xa0, (byte) 0xff, '\t', 'a'
        };
        Random random = new Random(4);
        byte[] octets = new byte[24];
        for (int run = 0; run < 200_000; run++) {
            for (int i = 0; i < octets.length; i++) {
                // Mostly text, so that the first control character stands anywhere.
                octets[i] = random.nextInt(4) > 0 ? (byte) 0xa0 : around[random.nextInt(around.length)];
            }
            int from = random.nextInt(9);
            int to = from + random.nextInt(octets.length - from + 1);
            assertEquals(expected(octets, from, to), ControlCharacters.indexIn(octets, from, to));
        }
    }
}
