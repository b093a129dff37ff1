package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Feeds parsers and describes what came out in one line. */
final class Parsing {

    /** What becomes of an input, and how much of it belongs to the head; nothing of a request that is refused. */
    record Verdict(String description, int taken) {}

    static final int MAX_HEAD_LENGTH = 16_384;
    static final int MAX_HEADERS = 100;

    private Parsing() {}

    static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The verdict on a whole input, after making sure that no way of cutting it changes it. */
    static Verdict parseInEveryWay(String input) {
        byte[] octets = octets(input);
        Verdict whole = parse(octets, List.of());
        assertEquals(whole, parseByteWise(octets), "byte by byte");
        for (int cut = 0; cut <= octets.length; cut++) {
            assertEquals(whole, parse(octets, List.of(cut)), "cut at " + cut);
        }
        return whole;
    }

    static Verdict parse(String input) {
        return parse(octets(input), List.of());
    }

    static Verdict parseByteWise(byte[] octets) {
        List<Integer> cuts = new ArrayList<>();
        for (int i = 1; i < octets.length; i++) {
            cuts.add(i);
        }
        return parse(octets, cuts);
    }

    static Verdict parse(byte[] octets, List<Integer> cuts) {
        return parse(new RequestParser(MAX_HEAD_LENGTH, MAX_HEADERS), octets, cuts);
    }

    static Verdict parse(RequestParser parser, byte[] octets, List<Integer> cuts) {
        List<Integer> ends = new ArrayList<>(cuts);
        ends.add(octets.length);
        int from = 0;
        RequestParser.Result result = null;
        for (int end : ends) {
            // Direct, as the server's read buffers are, and at an odd place of its array.
            ByteBuffer piece = ByteBuffer.allocateDirect(end - from + 3);
            piece.position(3).put(octets, from, end - from).position(3);
            result = parser.parse(piece);
            if (result instanceof RequestParser.Complete) {
                return new Verdict(describe(result), from + piece.position() - 3);
            }
            if (result instanceof RequestParser.Refused) {
                return new Verdict(describe(result), 0);
            }
            assertEquals(0, piece.remaining(), "an incomplete head takes all");
            from = end;
        }
        return new Verdict(describe(result), from);
    }

    /** {@code GET /path HTTP/1.1 [Host=x, A=b]}, or the status of a refusal and its text, or {@code incomplete}. */
    static String describe(RequestParser.Result result) {
        if (result instanceof RequestParser.Complete complete) {
            return describe(complete.request());
        }
        return result instanceof RequestParser.Refused refused
                ? refused.response().status() + " "
                        + new String(refused.response().body(), StandardCharsets.UTF_8)
                : "incomplete";
    }

    private static String describe(Request request) {
        String fields = StreamSupport.stream(request.headers().spliterator(), false)
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(", ", "[", "]"));
        return request.method() + " " + request.target() + " " + request.version() + " " + fields;
    }
}
