package io.jackfield.server.connection;

import io.jackfield.api.AcceptedWebSocket;
import io.jackfield.api.CloseCode;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.api.statistics.RefusedHandshake;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.codec.handshake.OpeningHandshake;
import io.jackfield.codec.handshake.OpeningHandshake.Accepted;
import io.jackfield.codec.handshake.OpeningHandshake.Judgement;
import io.jackfield.codec.handshake.OpeningHandshake.Outcome;
import io.jackfield.codec.handshake.OpeningHandshake.Rejected;
import io.jackfield.codec.handshake.OpeningRequest;
import io.jackfield.server.routing.PathPattern;
import io.jackfield.server.routing.PublishedEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A session whose request somebody else has read, waiting to be started by whoever handed it over. */
public final class HandedOverSession extends WebSocketSession implements AcceptedWebSocket {

    private static final int ORIGIN_REFUSED = 403;

    private final Connection connection;
    private final Request request;
    private final ByteBuffer head;
    private final Outcome outcome;
    private final Opening opening;
    private final AtomicBoolean started = new AtomicBoolean();

    private HandedOverSession(
            Connection connection,
            PublishedEndpoint endpoint,
            Request request,
            ByteBuffer head,
            List<Extension> offered,
            Outcome outcome,
            List<ActiveExtension> active) {
        super(connection, endpoint, Opening.url(request), active, Opening.used(offered, active));
        this.connection = connection;
        this.request = request;
        this.head = head;
        this.outcome = outcome;
        opening = outcome instanceof Accepted accepted ? new Opening(connection, this, accepted) : null;
    }

    /**
     * Judges a request that was read elsewhere. Any thread may call it.
     *
     * @param connection the connection, not started
     * @param request the request
     * @param head what was read behind the request, or null
     * @param protocols the subprotocols to choose from
     * @param extensions the extensions to negotiate
     * @param options the options of the connection
     * @return the session, not started
     */
    public static HandedOverSession take(
            Connection connection,
            Request request,
            ByteBuffer head,
            List<String> protocols,
            List<Extension> extensions,
            Options options) {
        // It has no path of its own: whoever hands it over has routed it.
        PublishedEndpoint endpoint = new PublishedEndpoint(
                PathPattern.parse("/*"), (socket, ignored) -> {}, protocols, options, Integer.MIN_VALUE);
        Outcome outcome = judge(request, protocols, extensions, endpoint);
        List<ActiveExtension> active = outcome instanceof Accepted accepted ? accepted.extensions() : List.of();
        HandedOverSession session = new HandedOverSession(
                connection,
                endpoint,
                request,
                head == null ? ByteBuffer.allocate(0) : Listeners.copy(head),
                extensions,
                outcome,
                active);
        // Before anything that the application sends, which comes to the loop the same way.
        connection.loop().execute(session::hold);
        return session;
    }

    /**
     * Ends it with 1012, before it was started, if an extension that it uses is not offered any more: one that was withdrawn
     * while the request was judged was so before the loop knew of the connection. Any thread may call it.
     *
     * @param offered whether an extension is offered now
     */
    public void restartUnless(Predicate<Extension> offered) {
        connection.loop().execute(() -> {
            if (!phase().usesOnly(offered)) {
                restart();
            }
        });
    }

    private void restart() {
        abandon(CloseCode.SERVICE_RESTART.value(), "An extension was withdrawn");
    }

    private void hold() {
        connection.pauseReading(true);
        connection.start(new WaitingPhase());
        if (connection.isClosed()) {
            // The socket was closed on the way to the loop, or the loop has ended: the session has ended with it.
            return;
        }
        if (opening != null) {
            opening.hold();
        } else {
            connection.cork(true);
        }
    }

    private static Outcome judge(
            Request request, List<String> protocols, List<Extension> extensions, PublishedEndpoint endpoint) {
        Judgement judgement = OpeningHandshake.judge(request);
        if (judgement instanceof Rejected rejected) {
            return rejected;
        }
        if (!endpoint.allowsOrigin(request)) {
            return new Rejected(Response.text(ORIGIN_REFUSED, "Origin not allowed"), "Origin not allowed");
        }
        return OpeningHandshake.accept(
                (OpeningRequest) judgement,
                protocols,
                extensions,
                endpoint.extensionContext(),
                endpoint.options().headers());
    }

    @Override
    public boolean start() {
        if (readyState() != ReadyState.CONNECTING || !started.compareAndSet(false, true)) {
            return false;
        }
        connection.loop().execute(this::startOnLoop);
        return outcome instanceof Accepted;
    }

    private void startOnLoop() {
        if (readyState() != ReadyState.CONNECTING) {
            return;
        }
        connection.become(phase());
        if (outcome instanceof Rejected rejected) {
            connection
                    .loop()
                    .journal()
                    .handshakeRefused(new RefusedHandshake(
                            reasonOf(rejected), rejected.response().status(), request.path(), remoteAddress()));
            phase().reject(OpeningHandshake.encode(request, rejected.response()), rejected.reason());
        } else {
            opening.complete(head);
        }
    }

    private RefusalReason reasonOf(Rejected rejected) {
        return rejected.response().status() == ORIGIN_REFUSED ? RefusalReason.ORIGIN : OpeningPhase.reasonOf(rejected);
    }

    /** Before {@link #start}: nothing is read or written, but the loop knows the connection and can end it. */
    final class WaitingPhase implements Phase {

        boolean uses(Extension extension) {
            return phase().uses(extension);
        }

        void onExtensionGone() {
            restart();
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            throw new IllegalStateException("Reading is paused");
        }

        @Override
        public void onInputEnd() {
            throw new IllegalStateException("Reading is paused");
        }

        @Override
        public void onFlushed() {
            // Output is held back.
        }

        @Override
        public void onTransportFailure(IOException failure) {
            phase().discard();
        }

        @Override
        public void onGoingAway() {
            abandon(CloseCode.GOING_AWAY.value(), "The server goes away");
        }
    }
}
