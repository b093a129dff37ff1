package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However the octets come, lines and first colons are those that a look at one octet after the other finds. */
class HeadBufferTest {

    private static final String PARTS = "abcdefgh:: \t\r\n";

    @Test
    void agreesWithALookAtOneOctetAfterTheOther() {
        Random random = new Random(7);
        for (int run = 0; run < 100_000; run++) {
            String head = randomHead(random);
            assertEquals(expected(head), found(head, random), () -> "head " + head.replace("\r", "\\r"));
        }
    }

    private static String randomHead(Random random) {
        StringBuilder head = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            char part = PARTS.charAt(random.nextInt(PARTS.length()));
            // Mostly whole ends of lines, so that there are several lines.
            head.append(part == '\r' || part == '\n' ? random.nextInt(8) > 0 ? "\r\n" : part : part);
        }
        return random.nextInt(10) > 0
                ? head.toString()
                : head.append('\0').append("x").toString();
    }

    /** The plain twin. */
    private static List<String> expected(String head) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            if (c == '\r' && i + 1 == head.length()) {
                break;
            } else if (c == '\r' && head.charAt(i + 1) == '\n') {
                lines.add(describe(head.substring(start, i)));
                i++;
                start = i + 1;
            } else if (c == '\r' || c == '\n') {
                lines.add(HeadBuffer.Found.LONE_CR_OR_LF.toString());
                return lines;
            } else if (c < ' ' && c != '\t') {
                lines.add(HeadBuffer.Found.CONTROL_CHARACTER.toString());
                return lines;
            }
        }
        lines.add(HeadBuffer.Found.UNFINISHED_LINE.toString());
        return lines;
    }

    private static List<String> found(String head, Random random) {
        List<String> lines = new ArrayList<>();
        HeadBuffer buffer = new HeadBuffer();
        ByteBuffer octets = ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1));
        HeadBuffer.Found found = HeadBuffer.Found.UNFINISHED_LINE;
        while (found == HeadBuffer.Found.UNFINISHED_LINE && octets.hasRemaining()) {
            buffer.receive(octets, 1 + random.nextInt(octets.remaining()));
            found = buffer.nextLine();
            while (found == HeadBuffer.Found.LINE) {
                int start = buffer.lineStart();
                int length = buffer.lineEnd() - start;
                String line = new String(buffer.octets(), start, length, StandardCharsets.ISO_8859_1);
                lines.add(line + " colon at " + (buffer.colon() < 0 ? -1 : buffer.colon() - start));
                found = buffer.nextLine();
            }
        }
        lines.add(found.toString());
        return lines;
    }

    private static String describe(String line) {
        return line + " colon at " + line.indexOf(':');
    }
}
