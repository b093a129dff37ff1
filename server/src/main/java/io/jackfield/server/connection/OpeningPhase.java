package io.jackfield.server.connection;

import io.jackfield.api.Decision;
import io.jackfield.api.Fallback;
import io.jackfield.api.Headers;
import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.api.statistics.RefusedHandshake;
import io.jackfield.codec.handshake.OpeningHandshake;
import io.jackfield.codec.handshake.OpeningHandshake.Accepted;
import io.jackfield.codec.handshake.OpeningHandshake.Judgement;
import io.jackfield.codec.handshake.OpeningHandshake.Rejected;
import io.jackfield.codec.handshake.OpeningRequest;
import io.jackfield.codec.handshake.RequestParser;
import io.jackfield.server.loop.Timer;
import io.jackfield.server.proxy.ForwardedClient;
import io.jackfield.server.routing.EndpointRegistry.Match;
import io.jackfield.server.routing.PublishedEndpoint;
import io.jackfield.server.routing.Routing;
import io.jackfield.server.statistics.Journal;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/**
 * The first phase of a connection: reads one request, and answers it or makes it a WebSocket. The user's code may run on an
 * executor; all else happens on the loop's thread.
 */
public sealed class OpeningPhase implements Phase permits UpgradePhase {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private static final String INTERNAL_ERROR = "Internal server error";

    private final Connection connection;
    private final Routing routing;
    private final Options options;

    /** Null if somebody else has read the request. */
    private final RequestParser parser;

    private Timer timer;

    private boolean receivedAnything;
    private Request request;

    /** The same as it was parsed; null if somebody else has read it. */
    private RequestParser.Complete parsed;

    /** Who decides on the handshake, as soon as its path is known. */
    private PublishedEndpoint matched;

    /** The handshake as soon as it is accepted; the handler may be looking at it. */
    private Opening opening;

    /** Bytes behind the head, from the moment at which it was complete. */
    private ByteBuffer early = ByteBuffer.allocate(0);

    private OpeningPhase(Connection connection, Routing routing) {
        this.connection = connection;
        this.routing = routing;
        options = routing.options();
        parser = new RequestParser(options.maxHeadLength(), options.maxHeaders());
    }

    /** For a request that somebody else has read. */
    OpeningPhase(Connection connection, Routing routing, Request request) {
        this.connection = connection;
        this.routing = routing;
        this.request = request;
        options = routing.options();
        parser = null;
        receivedAnything = true;
    }

    /**
     * Starts a connection with its opening handshake. Called on the connection's loop.
     *
     * @param connection a new connection
     * @param routing where its request goes
     */
    public static void begin(Connection connection, Routing routing) {
        OpeningPhase phase = new OpeningPhase(connection, routing);
        phase.startTimer();
        connection.start(connection.awaitsProxyHeader() ? new ProxyHeaderPhase(connection, phase) : phase);
    }

    final void startTimer() {
        timer = connection.loop().schedule(options.handshakeTimeout().toNanos(), this::onTimeout);
    }

    final Connection connection() {
        return connection;
    }

    // -- reading ------------------------------------------------------------------------------------------------------

    @Override
    public void onBytes(ByteBuffer bytes) {
        receivedAnything = true;
        if (request != null) {
            // Reading was paused, but a TLS record that was already read may hold more.
            early = ByteBuffer.allocate(early.remaining() + bytes.remaining())
                    .put(early)
                    .put(bytes)
                    .flip();
            return;
        }
        RequestParser.Result result = parser.parse(bytes);
        if (result instanceof RequestParser.Refused refused) {
            LOG.log(Level.INFO, "Request refused with {0}", refused.response().status());
            if (refused.limit() != null) {
                journal().limitHit(refused.limit(), connection.id());
            }
            refuse(refused.limit() == null ? RefusalReason.BAD_REQUEST : RefusalReason.LIMIT, refused.response());
        } else if (result instanceof RequestParser.Complete complete) {
            parsed = complete;
            request = complete.request();
            early = bytes;
            judge(request.path());
            if (connection.phase() == this) {
                // The decision comes later, when the loop's buffer has other bytes in it.
                early = Listeners.copy(bytes);
                connection.pauseReading(true);
            }
        }
    }

    /** Answers the request, at once or later. What it asks for is at {@code path} of this server. */
    final void judge(String path) {
        withClient(request).ifPresentOrElse(complete -> route(complete, path), this::refuseForwarded);
    }

    /** Completes the request by what the connection and trusted proxies tell of the client; empty if a proxy's words are broken. */
    private Optional<Request> withClient(Request received) {
        Request.Builder complete =
                received.toBuilder().secure(connection.isSecure()).peerCertificates(connection.peerCertificates());
        InetSocketAddress peer = connection.remoteAddress();
        if (peer == null) {
            return Optional.of(complete.build());
        }
        return ForwardedClient.of(received.headers(), peer, options).map(client -> {
            connection.cameFrom(client.address());
            client.host().ifPresent(host -> complete.headers(withHost(received.headers(), host)));
            return complete.remoteAddress(client.address())
                    .secure(connection.isSecure() || client.secure())
                    .build();
        });
    }

    /** The fields as the client sent them: proxies put their own {@code Host}, and tell the original (RFC 7239 section 5.3). */
    private static Headers withHost(Headers headers, String host) {
        Headers.Builder changed = Headers.builder();
        for (Map.Entry<String, String> field : headers) {
            changed.add(field.getKey(), field.getKey().equalsIgnoreCase("Host") ? host : field.getValue());
        }
        return changed.build();
    }

    @Override
    public void onInputEnd() {
        connection.fail(new EOFException("the peer closed"));
    }

    @Override
    public void onFlushed() {
        // Output before the answer is the TLS handshake's.
    }

    @Override
    public void onTransportFailure(IOException failure) {
        LOG.log(Level.DEBUG, "A connection failed before its handshake was complete: {0}", failure.getMessage());
        if (failure instanceof SSLException) {
            tellRefused(RefusalReason.TLS, 0);
        }
        end();
        if (opening != null) {
            opening.discard();
        }
    }

    /** Whether the handshake waits for this endpoint. */
    boolean isFor(PublishedEndpoint published) {
        return matched != null && matched.isSameAs(published);
    }

    /** Whether the handshake was accepted with this extension. */
    boolean uses(Extension extension) {
        return opening != null && opening.session().phase().uses(extension);
    }

    @Override
    public void onGoingAway() {
        refuseIfAsked(RefusalReason.GOING_AWAY, Response.text(503, "The server is going away"));
    }

    private void onTimeout() {
        journal().limitHit(Option.HANDSHAKE_TIMEOUT, connection.id());
        refuseIfAsked(RefusalReason.TIMEOUT, Response.text(408, "The request took too long"));
    }

    /** An answer to nothing would be taken for the answer to the next request. */
    private void refuseIfAsked(RefusalReason reason, Response response) {
        if (receivedAnything) {
            refuse(reason, response);
        } else {
            tellRefused(reason, 0);
            connection.fail(new EOFException("no request came"));
        }
    }

    // -- deciding -----------------------------------------------------------------------------------------------------

    private void refuseForwarded() {
        refuse(RefusalReason.BAD_REQUEST, Response.text(400, "Malformed Forwarded header"));
    }

    private void route(Request completed, String path) {
        request = completed;
        Optional<Match> match = routing.endpoints().find(path);
        if (!WebSocket.isWebSocket(request)) {
            Response own = PlainRequests.answer(request, match.isPresent());
            run(options, () -> {
                Response response = fallback().orElse(own);
                return () -> answerPlainRequest(response);
            });
            return;
        }
        Judgement judgement = parsed == null ? OpeningHandshake.judge(request) : OpeningHandshake.judge(parsed);
        if (judgement instanceof Rejected rejected) {
            reject(RefusalReason.BAD_HANDSHAKE, rejected);
        } else if (match.isEmpty()) {
            reject(
                    RefusalReason.NO_ENDPOINT,
                    new Rejected(Response.text(404, "Not found"), "no endpoint at this path"));
        } else {
            decide(match.get(), (OpeningRequest) judgement);
        }
    }

    private Optional<Response> fallback() throws Exception {
        for (Fallback fallback : routing.fallbacks().elements()) {
            Optional<Response> response = fallback.respond(request);
            if (response.isPresent()) {
                return response;
            }
        }
        return Optional.empty();
    }

    private void decide(Match match, OpeningRequest good) {
        PublishedEndpoint endpoint = match.endpoint();
        matched = endpoint;
        request = request.toBuilder().pathParameters(match.parameters()).build();
        boolean originAllowed;
        try {
            originAllowed = endpoint.allowsOrigin(request);
        } catch (RuntimeException | Error e) {
            fail(e);
            return;
        }
        if (!originAllowed) {
            reject(RefusalReason.ORIGIN, new Rejected(Response.text(403, "Origin not allowed"), "origin not allowed"));
            return;
        }
        run(endpoint.options(), () -> {
            Decision decision = endpoint.handler().decide(request);
            return () -> follow(endpoint, good, decision);
        });
    }

    private void follow(PublishedEndpoint endpoint, OpeningRequest good, Decision decision) {
        if (connection.phase() != this || connection.isClosed()) {
            return;
        }
        if (decision instanceof Decision.Accept accept) {
            accept(endpoint, good, accept);
        } else if (decision instanceof Decision.Reject reject) {
            refuse(RefusalReason.HANDLER, reject.response());
        } else if (decision instanceof Decision.Later later) {
            later.stage()
                    .whenComplete((decided, failure) -> inLoop(() -> {
                        if (failure == null) {
                            follow(endpoint, good, decided);
                        } else {
                            fail(failure);
                        }
                    }));
        } else {
            fail(new NullPointerException("decide() returned null"));
        }
    }

    private void accept(PublishedEndpoint endpoint, OpeningRequest good, Decision.Accept accept) {
        try {
            negotiate(endpoint, good, accept);
        } catch (RuntimeException | Error e) {
            // An extension, or header fields that the handshake owns.
            fail(e);
        }
        if (opening != null) {
            hold(opening);
            // As one of the session's events, so that no other is delivered before it returns.
            opening.session().phase().deliver(() -> handle(endpoint), 0);
        }
    }

    private void handle(PublishedEndpoint endpoint) {
        WebSocketSession session = opening.session();
        try {
            endpoint.handler().onConnection(session, request);
        } catch (Throwable e) {
            session.listeners().report(e);
            inLoop(() -> refuse(RefusalReason.FAILURE, Response.text(500, INTERNAL_ERROR)));
            return;
        }
        inLoop(this::complete);
    }

    /** Makes the opening, or rejects the handshake. */
    private void negotiate(PublishedEndpoint endpoint, OpeningRequest good, Decision.Accept accept) {
        List<Extension> extensions = routing.extensionsFor(endpoint.options());
        OpeningHandshake.Outcome outcome = OpeningHandshake.accept(
                good,
                accept.protocols() == null ? endpoint.protocols() : accept.protocols(),
                extensions,
                endpoint.extensionContext(),
                both(endpoint.options().headers(), accept.headers()));
        if (outcome instanceof Rejected rejected) {
            reject(reasonOf(rejected), rejected);
        } else {
            Accepted accepted = (Accepted) outcome;
            WebSocketSession session = new WebSocketSession(
                    connection,
                    endpoint,
                    Opening.url(request),
                    accepted.extensions(),
                    Opening.used(extensions, accepted.extensions()));
            opening = new Opening(connection, session, accepted);
        }
    }

    private void complete() {
        if (connection.phase() == this) {
            complete(opening);
        }
    }

    /** The handler gets the session next: from now on output is held back. */
    void hold(Opening accepted) {
        accepted.hold();
    }

    /** The handler has returned. */
    void complete(Opening accepted) {
        open(accepted, early);
    }

    /** The phase ends with a session. */
    final void open(Opening accepted, ByteBuffer first) {
        end();
        accepted.complete(first);
    }

    private static Headers both(Headers first, Headers second) {
        return Headers.builder().addAll(first).addAll(second).build();
    }

    /**
     * Runs the user's code, on the executor of the options or here, and then on the loop what follows from it. What the
     * code throws is answered with 500.
     */
    private void run(Options effective, Callable<Runnable> code) {
        Runnable guarded = () -> {
            Runnable consequence;
            try {
                consequence = code.call();
            } catch (Throwable e) {
                consequence = () -> fail(e);
            }
            inLoop(consequence);
        };
        Optional<Executor> executor = effective.executor();
        if (executor.isPresent()) {
            try {
                executor.get().execute(guarded);
            } catch (RuntimeException | Error e) {
                // Refused, or no thread could be started.
                fail(e);
            }
        } else {
            guarded.run();
        }
    }

    /** Runs on the loop: at once if this is its thread. */
    private void inLoop(Runnable action) {
        if (connection.loop().inLoop()) {
            action.run();
        } else {
            connection.execute(action);
        }
    }

    // -- answering ----------------------------------------------------------------------------------------------------

    /** Why a negotiation failed. */
    static RefusalReason reasonOf(Rejected rejected) {
        if (rejected.failure() == null) {
            return RefusalReason.BAD_HANDSHAKE;
        }
        return rejected.failure() instanceof ExtensionException ? RefusalReason.EXTENSION : RefusalReason.FAILURE;
    }

    /** Behind a colon stands what the peer sent, and browsers can send a token nowhere but as a subprotocol. */
    static String withoutPeerText(String reason) {
        int colon = reason.indexOf(": ");
        return colon < 0 ? reason : reason.substring(0, colon);
    }

    private void reject(RefusalReason reason, Rejected rejected) {
        LOG.log(
                Level.INFO,
                "Handshake refused with {0}: {1}",
                rejected.response().status(),
                withoutPeerText(rejected.reason()));
        if (rejected.failure() != null && !(rejected.failure() instanceof ExtensionException)) {
            // An extension that refuses says why in the reason; one that fails has a defect.
            LOG.log(Level.WARNING, "An extension failed in the opening handshake", rejected.failure());
            journal().extensionFailed("", rejected.failure(), connection.id());
        }
        refuse(reason, rejected.response());
    }

    private void fail(Throwable thrown) {
        if (connection.phase() == this) {
            LOG.log(Level.WARNING, "A handler failed in the opening handshake", thrown);
            refuse(RefusalReason.FAILURE, Response.text(500, INTERNAL_ERROR));
        }
    }

    private void answerPlainRequest(Response response) {
        if (connection.phase() == this) {
            journal().plainRequestAnswered();
            respond(response);
        }
    }

    void refuse(RefusalReason reason, Response response) {
        if (connection.phase() == this) {
            tellRefused(reason, response.status());
            respond(response);
        }
    }

    private void tellRefused(RefusalReason reason, int status) {
        String path = request == null ? "" : request.path();
        journal().handshakeRefused(new RefusedHandshake(reason, status, path, connection.remoteAddress()));
    }

    private Journal journal() {
        return connection.loop().journal();
    }

    private void respond(Response response) {
        if (connection.phase() == this) {
            end();
            if (opening != null) {
                opening.discard();
            }
            answer(response);
        }
    }

    /** The phase ends with an answer. */
    void answer(Response response) {
        connection.append(OpeningHandshake.encode(request, response));
        EndPhase.begin(connection, true, options.closeTimeout().toNanos(), () -> {});
    }

    private void end() {
        connection.loop().cancel(timer);
    }
}
