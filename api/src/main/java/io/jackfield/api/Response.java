package io.jackfield.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * An HTTP response to a request that does not become a WebSocket. The connection is closed behind it. How the body is
 * delimited, the server says: {@code Content-Length} and {@code Transfer-Encoding} are refused here, and {@code
 * Connection} is replaced. Two responses are equal if status, headers and the body's bytes are.
 *
 * @param status an HTTP status from 200 to 599
 * @param headers the header fields
 * @param body the body's bytes; not to be changed afterwards
 */
public record Response(int status, Headers headers, byte[] body) {

    private static final List<String> DELIMITING = List.of("Content-Length", "Transfer-Encoding");

    /**
     * Checks status and headers.
     *
     * @param status from 200 to 599
     * @param headers not null
     * @param body not null
     * @throws IllegalArgumentException for a status that is not from 200 to 599, and for headers with
     *     {@code Content-Length} or {@code Transfer-Encoding}: how the body is delimited, the server alone says
     */
    public Response {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be from 200 to 599, not " + status);
        }
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
        for (String name : DELIMITING) {
            if (headers.first(name).isPresent()) {
                throw new IllegalArgumentException("The header " + name + " is set by the server");
            }
        }
    }

    /**
     * A response without body.
     *
     * @param status an HTTP status from 200 to 599
     * @return a new response
     * @throws IllegalArgumentException for any other status
     */
    public static Response of(int status) {
        return new Response(status, Headers.EMPTY, new byte[0]);
    }

    /**
     * A response with plain text.
     *
     * @param status an HTTP status from 200 to 599
     * @param text the body, sent as UTF-8
     * @return a new response
     * @throws IllegalArgumentException for any other status
     */
    public static Response text(int status, String text) {
        return of(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same response with one more header field.
     *
     * @param name a field name
     * @param value the field's value
     * @return a new response
     * @throws IllegalArgumentException for {@code Content-Length}, {@code Transfer-Encoding}, a name that is no token,
     *     and a value with characters that are not allowed
     */
    public Response header(String name, String value) {
        return new Response(status, headers.with(name, value), body);
    }

    /**
     * The same response with another body.
     *
     * @param bytes the body; not to be changed afterwards
     * @return a new response
     */
    public Response body(byte[] bytes) {
        return new Response(status, headers, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Response response
                && status == response.status
                && headers.equals(response.headers)
                && Arrays.equals(body, response.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, headers, Arrays.hashCode(body));
    }

    /** Status, names of the header fields and length of the body. */
    @Override
    public String toString() {
        return "Response[" + status + ", headers=" + headers + ", body=" + body.length + " bytes]";
    }
}
