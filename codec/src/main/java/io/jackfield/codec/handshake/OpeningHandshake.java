package io.jackfield.codec.handshake;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.codec.ActiveExtension;
import java.util.List;
import java.util.Optional;

/** The server's side of the opening handshake (RFC 6455 section 4.2). Stateless and thread-safe. */
public final class OpeningHandshake {

    private OpeningHandshake() {}

    /** What a request is by itself: an {@link OpeningRequest} that is good so far, or {@link Rejected}. */
    public sealed interface Judgement permits OpeningRequest, Rejected {}

    /** What becomes of a handshake. */
    public sealed interface Outcome {}

    /**
     * The handshake succeeds.
     *
     * @param protocol the subprotocol, or ""
     * @param extensions the extensions with their sessions, in the order of the answer
     * @param response the bytes of the 101 response; the receiver's own
     */
    public record Accepted(String protocol, List<ActiveExtension> extensions, byte[] response) implements Outcome {

        /**
         * The fields of the response, for whoever does not write its bytes but has an HTTP server write them.
         *
         * @return all of them, as they are in {@link #response}
         */
        public Headers headers() {
            return SwitchingProtocols.fields(response);
        }
    }

    /**
     * The handshake fails.
     *
     * @param response what to answer before closing
     * @param reason the same in one line, for the error event and the log
     * @param failure what an extension threw, for the log (with what its sessions' {@code close()} threw as
     *     suppressed); null if none threw
     */
    public record Rejected(Response response, String reason, Throwable failure) implements Outcome, Judgement {

        /**
         * A rejection that no exception has caused.
         *
         * @param response what to answer before closing
         * @param reason the same in one line
         */
        public Rejected(Response response, String reason) {
            this(response, reason, null);
        }
    }

    /**
     * Judges everything that does not depend on the endpoint, in this order: that the request asks for a WebSocket, its
     * version, its key, the syntax of its extensions and subprotocols, its {@code Host}, and that it has no body.
     *
     * <p>The status is 426 for another version than 13, 405 or 501 for another method than GET, 413 for a body, and 400
     * for all else; also for a request with neither version nor key. Of the request's fields only version, extensions
     * and subprotocols are shown in the response, and only if they are printable ASCII, up to 200 characters.
     *
     * @param request a request
     * @return the request as it is to be answered, or why it is rejected
     */
    public static Judgement judge(Request request) {
        return OpeningRequestJudge.judge(request, new HandshakeFields(request.headers()));
    }

    /**
     * Judges a request that was just parsed as {@link #judge(Request)} does, without walking through its fields again.
     *
     * @param parsed a request with its fields as they were sent
     * @return the request as it is to be answered, or why it is rejected
     */
    public static Judgement judge(RequestParser.Complete parsed) {
        return OpeningRequestJudge.judge(parsed.request(), parsed.fields());
    }

    /**
     * Whether {@link #judge(Request)} rejects a request.
     *
     * @param request a request
     * @return why it is rejected, or empty if it is good so far
     */
    public static Optional<Rejected> check(Request request) {
        return judge(request) instanceof Rejected rejected ? Optional.of(rejected) : Optional.empty();
    }

    /**
     * Judges a request and, if it is good, answers it.
     *
     * @param request a request
     * @param protocols the subprotocols that the endpoint speaks; the client's order decides
     * @param extensions the extensions in the order of registration
     * @param context what binds the extensions' sessions
     * @param headers fields for the 101 response
     * @return the outcome, as {@link #accept(OpeningRequest, List, List, ExtensionContext, Headers)} has it
     * @throws IllegalArgumentException if the headers have a field that the handshake owns
     */
    public static Outcome accept(
            Request request,
            List<String> protocols,
            List<Extension> extensions,
            ExtensionContext context,
            Headers headers) {
        SwitchingProtocols.requireAllowed(headers);
        Judgement judgement = judge(request);
        return judgement instanceof OpeningRequest opening
                ? accept(opening, protocols, extensions, context, headers)
                : (Rejected) judgement;
    }

    /**
     * Chooses subprotocol and extensions and makes the answer.
     *
     * <p>An extension that throws an {@link ExtensionException} refuses the handshake: status 400 with its message. One
     * that throws anything else, answers null, or answers what cannot be written in a header field, has failed: the
     * client's request was good, so the status is 500, and the message goes to {@link Rejected#reason()} alone.
     *
     * @param opening a request that was judged good
     * @param protocols the subprotocols that the endpoint speaks; the client's order decides
     * @param extensions the extensions in the order of registration
     * @param context what binds the extensions' sessions
     * @param headers fields for the 101 response, in front of the handshake's own. Of several with one name the first
     *     counts, unless it is {@code Set-Cookie}, {@code Set-Cookie2}, {@code Warning} or {@code WWW-Authenticate}
     * @return the outcome; when it is {@link Rejected}, sessions that were made on the way are closed again
     * @throws IllegalArgumentException if the headers have a field that the handshake owns: {@code Upgrade},
     *     {@code Connection}, {@code Content-Length}, {@code Transfer-Encoding} or any {@code Sec-WebSocket-*}
     */
    public static Outcome accept(
            OpeningRequest opening,
            List<String> protocols,
            List<Extension> extensions,
            ExtensionContext context,
            Headers headers) {
        SwitchingProtocols.requireAllowed(headers);
        String protocol = SubprotocolList.choose(opening.protocols(), protocols);
        ExtensionNegotiation negotiation = new ExtensionNegotiation(opening.extensionOffers(), context);
        try {
            negotiation.run(extensions);
        } catch (ExtensionException e) {
            negotiation.closeSessions(e);
            return refusedByExtension(e);
        } catch (RuntimeException | Error e) {
            negotiation.closeSessions(e);
            return extensionFailed(e);
        }
        byte[] response = SwitchingProtocols.encode(headers, opening.key(), protocol, negotiation.response());
        return new Accepted(protocol, negotiation.active(), response);
    }

    private static Rejected refusedByExtension(ExtensionException refusal) {
        String message = refusal.getMessage();
        String reason = message == null ? "Refused by an extension" : PeerText.line(message);
        return new Rejected(Response.text(400, reason), reason, refusal);
    }

    private static Rejected extensionFailed(Throwable failure) {
        String message = failure.getMessage();
        String reason = PeerText.line(message == null ? failure.toString() : message);
        return new Rejected(Response.text(500, "An extension failed"), reason, failure);
    }

    /**
     * The bytes of a response that is not a 101: status line, the response's header fields, {@code Content-Length},
     * {@code Connection: close}, and the body. A {@code Connection} of the response's own is left out; with
     * {@code Upgrade} it is {@code Connection: close, Upgrade} (RFC 9110 section 7.8). Values are written as ISO-8859-1.
     *
     * @param request the request that is answered (no body behind a HEAD), or null if there was none that could be read
     * @param response the response
     * @return new bytes
     */
    public static byte[] encode(Request request, Response response) {
        return ClosingResponse.encode(request, response);
    }
}
