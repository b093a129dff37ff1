package io.jackfield.fuzz;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.codec.handshake.OpeningHandshake;
import io.jackfield.codec.handshake.RequestParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The request head. The first byte of an input says how the others
 * are cut.
 */
public final class RequestHeadTarget {

    static final int MAX_HEAD_LENGTH = 1024;
    static final int MAX_HEADERS = 12;

    /** A head is held twice at most, its fields as text; the rest is the objects of a request and of its answer. */
    private static final int ALLOCATION_PER_BYTE = 40;

    private static final int ALLOCATION = 64 * 1024;

    private RequestHeadTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Allocation.run(RequestHeadTarget::run, input);
    }

    private static void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        RequestHead expected = RequestHead.of(new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1));
        RequestHead whole = parse(Pieces.whole(input, 1));
        Oracle.equal(expected, whole, "the head in one piece");
        Oracle.equal(expected, parse(Pieces.cut(input, 1, 0)), "the head byte by byte");
        Oracle.equal(expected, parse(Pieces.cut(input, 1, input[0])), "the head in pieces");
    }

    private static RequestHead parse(List<ByteBuffer> pieces) {
        RequestParser parser = new RequestParser(MAX_HEAD_LENGTH, MAX_HEADERS);
        int taken = 0;
        for (ByteBuffer piece : pieces) {
            int start = piece.position();
            int length = piece.remaining();
            Allocation allocation = new Allocation();
            RequestParser.Result result = parser.parse(piece);
            allocation.requireAtMost(ALLOCATION + (long) ALLOCATION_PER_BYTE * MAX_HEAD_LENGTH, "A piece of the head");
            taken += piece.position() - start;
            if (result instanceof RequestParser.Complete complete) {
                answer(complete.request());
                return RequestHead.complete(fields(complete.request()), taken);
            }
            if (result instanceof RequestParser.Refused refused) {
                requireOneResponse(OpeningHandshake.encode(null, refused.response()));
                return RequestHead.refused(refused.response().status());
            }
            Oracle.equal(length, piece.position() - start, "what an incomplete head takes");
        }
        return RequestHead.incomplete();
    }

    private static List<String> fields(Request request) {
        List<String> fields = new ArrayList<>();
        fields.add(request.method() + " " + request.target() + " " + request.version());
        for (Map.Entry<String, String> field : request.headers()) {
            fields.add(field.getKey() + ": " + field.getValue());
        }
        return fields;
    }

    /** Whatever the head says, the answer is one response, well-formed, and with nothing slipped in. */
    private static void answer(Request request) {
        ExtensionContext context = () -> 1000;
        OpeningHandshake.Outcome outcome =
                OpeningHandshake.accept(request, List.of("chat"), List.of(), context, Headers.EMPTY);
        if (outcome instanceof OpeningHandshake.Accepted accepted) {
            Oracle.holds(OpeningHandshake.check(request).isEmpty(), "accepted what the check rejects");
            Oracle.equal("101", requireOneResponse(accepted.response()), "the status");
        } else if (outcome instanceof OpeningHandshake.Rejected rejected) {
            int status = rejected.response().status();
            Oracle.equal(
                    String.valueOf(status),
                    requireOneResponse(OpeningHandshake.encode(request, rejected.response())),
                    "the status");
        }
    }

    /** The status of a response that consists of a head of printable ASCII and the body that it announces. */
    private static String requireOneResponse(byte[] response) {
        String text = new String(response, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, headEnd).split("\r\n", -1);
        Oracle.holds(lines[0].matches("HTTP/1\\.1 [1-5]\\d\\d [ -~]*"), "status line: " + lines[0]);
        String bodyLength = "0";
        for (int i = 1; i < lines.length; i++) {
            Oracle.holds(lines[i].matches("[A-Za-z-]+: [ -~]*"), "field: " + lines[i]);
            if (lines[i].startsWith("Content-Length: ")) {
                bodyLength = lines[i].substring("Content-Length: ".length());
            }
        }
        boolean bodyIsThere = headEnd + 4 + Integer.parseInt(bodyLength) == text.length();
        // The answer to HEAD announces a body and has none.
        Oracle.holds(bodyIsThere || headEnd + 4 == text.length(), "body: " + text);
        return text.substring(9, 12);
    }
}
