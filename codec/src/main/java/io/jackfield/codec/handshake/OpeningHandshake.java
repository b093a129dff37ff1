package io.jackfield.codec.handshake;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.codec.ActiveExtension;
import java.util.List;
import java.util.Optional;

/** The server's side of the opening handshake (RFC 6455 section 4.2). Stateless and thread-safe. */
public final class OpeningHandshake {

    private OpeningHandshake() {}

    /** What becomes of a handshake. */
    public sealed interface Outcome {}

    /**
     * The handshake succeeds.
     *
     * @param protocol the subprotocol, or ""
     * @param extensions the extensions with their sessions, in the order of the answer
     * @param response the bytes of the 101 response; the receiver's own
     */
    public record Accepted(String protocol, List<ActiveExtension> extensions, byte[] response) implements Outcome {}

    /**
     * The handshake fails.
     *
     * @param response what to answer before closing
     * @param reason the same in one line, for the error event and the log
     */
    public record Rejected(Response response, String reason) implements Outcome {}

    /**
     * Judges everything that does not depend on the endpoint: that the request asks for a WebSocket, its version, its key
     * and the syntax of its extensions and subprotocols, in this order.
     *
     * @param request a request
     * @return why it is rejected, or empty if it is good so far
     */
    public static Optional<Rejected> check(Request request) {
        throw new UnsupportedOperationException();
    }

    /**
     * Chooses subprotocol and extensions and makes the answer. The request is checked again, so that nothing depends on
     * the caller having done so.
     *
     * @param request a request
     * @param protocols the subprotocols that the endpoint speaks; the client's order decides
     * @param extensions the extensions in the order of registration
     * @param context what binds the extensions' sessions
     * @param headers fields for the 101 response, in front of the handshake's own
     * @return the outcome; when it is {@link Rejected}, sessions that were made on the way are closed again
     */
    public static Outcome accept(
            Request request,
            List<String> protocols,
            List<Extension> extensions,
            ExtensionContext context,
            Headers headers) {
        throw new UnsupportedOperationException();
    }

    /**
     * The bytes of a response that is not a 101: status line, the response's header fields, {@code Content-Length},
     * {@code Connection: close}, and the body.
     *
     * @param request the request that is answered (no body behind a HEAD), or null if there was none that could be read
     * @param response the response
     * @return new bytes
     */
    public static byte[] encode(Request request, Response response) {
        throw new UnsupportedOperationException();
    }
}
