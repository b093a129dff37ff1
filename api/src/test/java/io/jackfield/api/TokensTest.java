package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokensTest {

    @Test
    @DisplayName("R-10: empty elements are tolerated")
    void emptyElementsAreTolerated() {
        assertTrue(contains(",, ,upgrade,"));
        assertFalse(contains(""));
        assertFalse(contains(",,,"));
        assertFalse(contains(" \t "));
    }

    @Test
    @DisplayName("R-30, R-31: only ASCII letters fold, whatever octets a value holds")
    void onlyAsciiLettersFold() {
        for (char c = 0x80; c <= 0xff; c++) {
            for (char letter = 'a'; letter <= 'z'; letter++) {
                assertFalse(Tokens.contains("x" + c, "x" + letter));
            }
        }
        assertTrue(contains("uPgRaDe"));
    }

    @Test
    @DisplayName("R-31: agrees with a plain split for random lists")
    void agreesWithAPlainSplit() {
        long seed = 20_261_123L;
        Random random = new Random(seed);
        String[] parts = {"upgrade", "Upgrade", "up", "grade", " ", "\t", ",", ",", "x", ";"};
        for (int round = 0; round < 20_000; round++) {
            StringBuilder list = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                list.append(parts[random.nextInt(parts.length)]);
            }
            boolean expected = Arrays.stream(list.toString().split(","))
                    .anyMatch(
                            element -> element.replaceAll("^[ \t]+|[ \t]+$", "").equalsIgnoreCase("upgrade"));
            assertEquals(expected, contains(list.toString()), () -> "seed " + seed + ", list '" + list + "'");
        }
    }

    @Test
    @DisplayName("A-50, A-61: the work is linear in the value")
    void theWorkIsLinear() {
        String blanks = " ".repeat(1_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertFalse(contains("a" + blanks + "b"));
            assertFalse(contains("a," + blanks + "," + ",".repeat(1_000_000) + "b"));
            assertEquals(
                    2, WebSocket.subprotocols("a" + blanks + "," + blanks + "b").size());
        });
    }

    private static boolean contains(String list) {
        return Tokens.contains(list, "upgrade");
    }
}
