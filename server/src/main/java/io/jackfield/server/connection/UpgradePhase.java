package io.jackfield.server.connection;

import io.jackfield.api.ReadyState;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.server.routing.Routing;
import io.jackfield.server.upgrade.UpgradeAnswer;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * The first phase of a connection of another HTTP server, which has read the request, writes the answer, and gives the
 * connection away behind a 101.
 */
final class UpgradePhase extends OpeningPhase {

    private final CompletableFuture<UpgradeAnswer> answer;

    /** Answered with 101: waits for the connection. */
    private Opening switching;

    /** Whether to close as soon as that is there. */
    private boolean goingAway;

    /**
     * @param answer takes the answer
     */
    UpgradePhase(Connection connection, Routing routing, Request request, CompletableFuture<UpgradeAnswer> answer) {
        super(connection, routing, request);
        this.answer = answer;
    }

    /** Judges the request; what it asks for is at {@code path} of this server. */
    void begin(String path) {
        startTimer();
        connection().pauseReading(true);
        connection().start(this);
        judge(path);
    }

    /** The connection is there. */
    void onConnected() {
        if (switching != null && connection().phase() == this) {
            open(switching, ByteBuffer.allocate(0));
            if (goingAway) {
                switching.session().phase().onGoingAway();
            }
        }
    }

    @Override
    void hold(Opening accepted) {
        accepted.holdOutput();
    }

    @Override
    void complete(Opening accepted) {
        // An application that has closed already writes nothing: the connection ends, and that is answered.
        if (accepted.session().readyState() != ReadyState.CLOSED) {
            switching = accepted;
            answer.complete(new UpgradeAnswer.SwitchProtocols(accepted.headers()));
        }
    }

    /** Behind a 101 there is no other answer any more. */
    @Override
    void refuse(RefusalReason reason, Response response) {
        if (switching == null) {
            super.refuse(reason, response);
        } else if (reason == RefusalReason.GOING_AWAY) {
            goingAway = true;
        } else {
            connection().fail(new EOFException("the container has not given the connection away"));
        }
    }

    @Override
    void answer(Response response) {
        answer.complete(new UpgradeAnswer.Respond(response));
        connection().close();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        throw new IllegalStateException("Reading is paused");
    }
}
