package io.jackfield.codec;

import io.jackfield.api.Event.Close.Initiator;

/**
 * The way of a driver from OPEN to CLOSED (RFC 6455 section 7): who ends the connection, in which order what is under way,
 * the close frames and the events come, and when it is over. All transitions between states are here. A driver that nothing
 * ends has none.
 */
final class ClosingHandshake {

    private final Driver driver;
    private final FrameReceiver receiver;
    private final DriverListener listener;

    private Driver.State state = Driver.State.OPEN;

    /** Null while OPEN. */
    private Closing closing;

    /** What the input ended with, to be acted on when the extensions are done with what came before; else null. */
    private Runnable inputEnd;

    ClosingHandshake(Driver driver) {
        this.driver = driver;
        this.receiver = driver.receiver();
        this.listener = driver.listener();
    }

    Driver.State state() {
        return state;
    }

    // -- by this end --------------------------------------------------------------------------------------------------

    /** The application closes, while OPEN. */
    void close(CloseFrame frame) {
        start(new Closing(Initiator.LOCAL, frame));
        actOnInputEnd();
        proceed();
    }

    /** RFC 6455 section 7.1.7. While closing it is not reported, and no close frame is sent for it. */
    void fail(ConnectionFailure failure) {
        if (state == Driver.State.OPEN) {
            start(new Closing(Initiator.LOCAL, CloseFrame.of(failure)));
            receiver.stop();
            inputEnd = null;
            closing.settleWithFailure(failure);
            closing.errorIsDue(failure.getMessage());
            listener.onClosing();
        } else if (state == Driver.State.CLOSING && !closing.isSettled()) {
            closing.settleAbnormally();
        }
        proceed();
    }

    /** A failure has passed the extensions: all before it has left, and nothing will come behind it. */
    void extensionFailed(ConnectionFailure failure) {
        if (state == Driver.State.CLOSING && closing.mustSend() && !closing.isSettled()) {
            // The application has closed, and a message that it sent before is lost: the peer is told so.
            closing.replaceOwnFrame(CloseFrame.of(failure));
            closing.settleWithFailure(failure);
            proceed();
        } else {
            fail(failure);
        }
    }

    /**
     * Ends at once.
     *
     * @param error the message of the error event that is due if the state is OPEN, or null for none
     */
    void abort(String error) {
        if (state == Driver.State.OPEN) {
            start(new Closing(Initiator.NETWORK, null));
            closing.settleAbnormally();
            closing.errorIsDue(error);
            listener.onClosing();
        }
        finish();
    }

    // -- by the end of the input --------------------------------------------------------------------------------------

    /** A close frame has come. */
    void closeReceived(CloseFrame frame) {
        endInput(() -> peerCloses(frame));
    }

    /** What has come breaks a rule. */
    void inputFailed(ConnectionFailure failure) {
        endInput(() -> fail(failure));
    }

    /** Nothing comes any more. */
    void transportEnded() {
        if (inputEnd == null) {
            endInput(this::peerIsGone);
        }
    }

    /** Nothing that arrives from now on counts; acts as soon as all that arrived before is delivered. */
    private void endInput(Runnable action) {
        if (state == Driver.State.CLOSED) {
            return;
        }
        receiver.stop();
        inputEnd = action;
        if (driver.pendingIncoming() == 0) {
            actOnInputEnd();
        }
    }

    private void actOnInputEnd() {
        if (inputEnd != null) {
            Runnable action = inputEnd;
            inputEnd = null;
            action.run();
        }
    }

    private void peerCloses(CloseFrame frame) {
        if (state == Driver.State.OPEN) {
            start(new Closing(Initiator.PEER, frame));
            closing.settleWithPeersFrame(frame);
            listener.onClosing();
        } else if (!closing.isSettled()) {
            closing.settleWithPeersFrame(frame);
        }
        proceed();
    }

    private void peerIsGone() {
        if (state == Driver.State.OPEN) {
            abort(null);
        } else if (state == Driver.State.CLOSING && !closing.isSettled()) {
            closing.settleAbnormally();
            proceed();
        }
    }

    // -- how it goes on -----------------------------------------------------------------------------------------------

    private void start(Closing started) {
        state = Driver.State.CLOSING;
        closing = started;
        driver.abandonOpenMessage();
        receiver.skipMessages();
        if (driver.hasExtensions()) {
            driver.pipeline().startClosing();
        }
    }

    /** Something has left the extensions later than it came. */
    void extensionsProgressed() {
        if (driver.pendingIncoming() == 0) {
            actOnInputEnd();
        }
        proceed();
    }

    /** Sends the close frame once no message is in front of it, and finishes once nothing more is to come. */
    private void proceed() {
        if (state != Driver.State.CLOSING) {
            return;
        }
        if (closing.mustSend() && driver.pendingOutgoing() == 0) {
            closing.sent();
            driver.encoder().close(closing.ownFrame());
        }
        if (!closing.mustSend() && closing.isSettled()) {
            finish();
        }
    }

    private void finish() {
        if (state != Driver.State.CLOSING) {
            return;
        }
        if (!closing.isSettled()) {
            closing.settleAbnormally();
        }
        receiver.stop();
        String error = closing.takeError();
        if (error != null) {
            listener.onError(error);
        }
        if (state == Driver.State.CLOSING) {
            state = Driver.State.CLOSED;
            inputEnd = null;
            driver.dropHeldPong();
            if (driver.hasExtensions()) {
                driver.pipeline().abandon();
            }
            listener.onFinished(closing.status());
        }
    }
}
