package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Inputs that nobody thought of. The seed is fixed, so that a failure happens again, and stands in the message. */
@DisplayName("R-95, A-14, A-23: whatever comes, the parser ends incomplete, complete or refused")
class RequestParserRobustnessTest {

    private static final long SEED = 20_260_101L;

    private static final String SEED_REQUEST = String.join(
            "\r\n",
            "GET /chat?a=b HTTP/1.1",
            "Host: example.com:8080",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "",
            "");

    private static final String DANGEROUS = "\r\n\0\t :;,\"\\%[]/?#@\u007f\u0080\u00ff";

    private final Random random = new Random(SEED);

    @Test
    void anyOctets() {
        for (int run = 0; run < 5_000; run++) {
            byte[] input = new byte[random.nextInt(300)];
            random.nextBytes(input);
            assertSameHoweverCut(input, run);
        }
    }

    @Test
    void anyOctetsBehindARequestLine() {
        for (int run = 0; run < 5_000; run++) {
            StringBuilder input = new StringBuilder("GET / HTTP/1.1\r\n");
            for (int i = random.nextInt(100); i > 0; i--) {
                input.append(
                        random.nextBoolean()
                                ? DANGEROUS.charAt(random.nextInt(DANGEROUS.length()))
                                : (char) ('a' + random.nextInt(4)));
            }
            assertSameHoweverCut(Parsing.octets(input.toString()), run);
        }
    }

    @Test
    void mutatedRequests() {
        for (int run = 0; run < 20_000; run++) {
            StringBuilder input = new StringBuilder(SEED_REQUEST);
            for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
                mutate(input);
            }
            assertSameHoweverCut(Parsing.octets(input.toString()), run);
        }
    }

    private void mutate(StringBuilder input) {
        int at = random.nextInt(input.length());
        char dangerous = DANGEROUS.charAt(random.nextInt(DANGEROUS.length()));
        switch (random.nextInt(4)) {
            case 0 -> input.deleteCharAt(at);
            case 1 -> input.insert(at, dangerous);
            case 2 -> input.setCharAt(at, dangerous);
            default -> input.insert(at, input.substring(at, Math.min(input.length(), at + random.nextInt(40))));
        }
    }

    private void assertSameHoweverCut(byte[] input, int run) {
        Parsing.Verdict whole = Parsing.parse(input, List.of());
        TreeSet<Integer> cuts = new TreeSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            cuts.add(random.nextInt(input.length + 1));
        }
        String where = "seed " + SEED + ", run " + run + ", cuts " + cuts;
        assertEquals(whole, Parsing.parse(input, List.copyOf(cuts)), where);
        assertTrue(whole.taken() <= input.length, where);
        boolean known =
                whole.description().matches("(?s)incomplete|[^ ]+ [^ ]+ HTTP/1\\.\\d \\[.*\\]|(400|413|501|505) .*");
        assertTrue(known, where + ": " + whole.description());
    }
}
