package io.jackfield.codec.handshake;

import io.jackfield.api.Request;
import io.jackfield.api.Response;
import java.nio.ByteBuffer;

/**
 * Parses one HTTP/1.1 request head (RFC 9112 sections 2 to 5), strictly and in linear time, however the bytes are cut.
 * Not thread-safe; serves one request.
 */
public final class RequestParser {

    /** What has become of the input so far. */
    public sealed interface Result {}

    /** The head is not complete. */
    public record Incomplete() implements Result {}

    /**
     * The head is complete. The input's position is behind it.
     *
     * @param request the request, without an address and not secure
     */
    public record Complete(Request request) implements Result {}

    /**
     * The input is not a request that the parser takes.
     *
     * @param response what to answer before closing: 400, 414, 431, 501 or 505, with a fixed text
     */
    public record Refused(Response response) implements Result {}

    /**
     * A parser for one request.
     *
     * @param maxHeadLength the most bytes of the head, first line and all
     * @param maxHeaders the most header fields
     */
    public RequestParser(int maxHeadLength, int maxHeaders) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes bytes up to the end of the head.
     *
     * @param bytes what was read; its position moves behind what was taken
     * @return the result; after {@link Complete} or {@link Refused} the parser is not called again
     */
    public Result parse(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }
}
