package io.jackfield.codec;

import io.jackfield.api.CloseCode;
import io.jackfield.api.Event.Close.Initiator;
import java.util.OptionalInt;

/**
 * How far a connection that is no longer open has come: what it will be said to have ended with, and whether its close
 * frame has left. It is over when both are done.
 */
final class Closing {

    private static final int ABNORMAL = CloseCode.ABNORMAL_CLOSURE.value();
    private static final int UNSETTLED = 0;

    private final Initiator initiator;

    /** The close frame to send, or null for none; stays as it is once it is sent. */
    private CloseFrame ownFrame;

    private boolean isSent;

    private int code = UNSETTLED;
    private String reason = "";
    private boolean hasPeersFrame;

    /** The message of the error event that is due, or null. */
    private String error;

    Closing(Initiator initiator, CloseFrame ownFrame) {
        this.initiator = initiator;
        this.ownFrame = ownFrame;
    }

    // -- what it ends with --------------------------------------------------------------------------------------------

    /** Whether it is known what the connection ends with. */
    boolean isSettled() {
        return code != UNSETTLED;
    }

    void settleWithPeersFrame(CloseFrame frame) {
        code = frame.code();
        reason = frame.reason();
        hasPeersFrame = frame.isValid();
    }

    void settleWithFailure(ConnectionFailure failure) {
        code = failure.closeCode();
        reason = failure.reason();
    }

    void settleAbnormally() {
        code = ABNORMAL;
    }

    /** An error event is due. */
    void errorIsDue(String message) {
        error = message;
    }

    /** The message of the error event that is due, once; afterwards null. */
    String takeError() {
        String taken = error;
        error = null;
        return taken;
    }

    CloseStatus status() {
        OptionalInt sentCode = isSent ? OptionalInt.of(ownFrame.code()) : OptionalInt.empty();
        return new CloseStatus(code, reason, hasPeersFrame && isSent, initiator, sentCode);
    }

    // -- the close frame ----------------------------------------------------------------------------------------------

    /** Whether a close frame has to leave before the connection is over. */
    boolean mustSend() {
        return ownFrame != null && !isSent;
    }

    CloseFrame ownFrame() {
        return ownFrame;
    }

    /** Says something else in the close frame, which is not sent yet. */
    void replaceOwnFrame(CloseFrame frame) {
        ownFrame = frame;
    }

    void sent() {
        isSent = true;
    }
}
