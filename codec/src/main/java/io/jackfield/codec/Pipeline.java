package io.jackfield.codec;

import io.jackfield.api.CloseCode;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.SharedMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Takes messages through the sessions of a connection: outgoing ones in the order in which the extensions were agreed on,
 * incoming ones in the reverse order. A failure in one direction leaves the other as it is until the failure has reached
 * the driver, which then closes both.
 */
final class Pipeline {

    private final Driver driver;

    /** The sessions in the order in which outgoing messages pass them. */
    private final List<SessionGuard> guards = new ArrayList<>();

    /** The reserved bits that the extensions claim, where they stand in the first byte of a frame. */
    private final byte claimedRsv;

    private final boolean hasDeferredSession;
    private final PipelineDirection incoming;
    private final PipelineDirection outgoing;

    // The messages that are received and sent in parts, or null.
    private PartTransformation incomingParts;
    private PartTransformation outgoingParts;

    /** No message enters any more; sessions are closed as they become idle. */
    private boolean isClosing;

    /** How many times messages are being passed on right now: until that is over, any session may be in use. */
    private byte passing;

    Pipeline(List<ActiveExtension> extensions, Executor owner, Driver driver, DriverListener listener) {
        this.driver = driver;
        int claimed = 0;
        boolean deferred = false;
        for (ActiveExtension extension : extensions) {
            SessionGuard guard = new SessionGuard(extension, listener);
            guards.add(guard);
            deferred |= guard.isDeferred();
            claimed |= Rsv.bits(extension.rsv1(), extension.rsv2(), extension.rsv3());
        }
        claimedRsv = (byte) claimed;
        hasDeferredSession = deferred;
        List<SessionGuard> reversed = new ArrayList<>(guards);
        Collections.reverse(reversed);
        incoming = new PipelineDirection(true, reversed, owner, new IncomingEnd(driver), this::progressed);
        outgoing = new PipelineDirection(false, guards, owner, new OutgoingEnd(), this::progressed);
    }

    int claimedRsv() {
        return claimedRsv;
    }

    /** Whether a session may keep a payload after its method has returned. */
    boolean hasDeferredSession() {
        return hasDeferredSession;
    }

    int pendingIncoming() {
        return incoming.pending();
    }

    long pendingIncomingBytes() {
        return incoming.pendingBytes();
    }

    int pendingOutgoing() {
        return outgoing.pending();
    }

    /**
     * A message from the peer enters.
     *
     * @param isStable whether its payload may be kept as it is
     */
    void receive(ExtensionMessage message, boolean isStable) {
        enter(incoming, message, isStable);
    }

    /** A message from the application enters. Its payload is valid for this call. */
    void send(ExtensionMessage message) {
        enter(outgoing, message, false);
    }

    /** A message from the application enters that goes to other connections as well. */
    void send(SharedMessage message) {
        if (isClosing) {
            return;
        }
        passing++;
        try {
            outgoing.enterShared(message);
        } finally {
            passing--;
            closeIdleSessions();
        }
    }

    // -- messages in parts --------------------------------------------------------------------------------------------

    /** Whether messages can pass in parts: with one extension, if it can. */
    boolean isStreaming() {
        return guards.size() == 1 && guards.get(0).isStreaming();
    }

    /** The message that is received in parts, or null if none has begun. */
    PartTransformation incomingParts() {
        return incomingParts;
    }

    /** Begins with a message that is received in parts, while there is none. */
    PartTransformation beginIncomingParts(MessageHeader header) throws ConnectionFailure {
        incomingParts = guards.get(0).begin(true, header);
        return incomingParts;
    }

    void endIncomingParts() {
        if (incomingParts != null) {
            PartTransformation ended = incomingParts;
            incomingParts = null;
            ended.close();
        }
    }

    /** The message that is sent in parts: the one that has begun, or else one of this type. */
    PartTransformation sendInParts(ExtensionMessage.Type type) throws ConnectionFailure {
        if (outgoingParts == null) {
            PartTransformation begun = guards.get(0).begin(false, new MessageHeader(type, false, false, false));
            outgoingParts = begun;
            if ((begun.rsv() & ~claimedRsv) != 0) {
                throw unclaimedBit();
            }
        }
        return outgoingParts;
    }

    void endOutgoingParts() {
        if (outgoingParts != null) {
            PartTransformation ended = outgoingParts;
            outgoingParts = null;
            ended.close();
        }
    }

    private static ConnectionFailure unclaimedBit() {
        return new ConnectionFailure(
                CloseCode.INTERNAL_ERROR.value(),
                "internal error",
                "An extension set a reserved bit that it does not claim");
    }

    // -- closing ------------------------------------------------------------------------------------------------------

    /** No message enters any more. What the application sent still leaves; what the peer sent is dropped. */
    void startClosing() {
        isClosing = true;
        endIncomingParts();
        endOutgoingParts();
        incoming.discard();
        closeIdleSessions();
    }

    /** Drops everything. */
    void abandon() {
        outgoing.discard();
        startClosing();
    }

    private void enter(PipelineDirection direction, ExtensionMessage message, boolean isStable) {
        if (isClosing) {
            return;
        }
        passing++;
        try {
            direction.enter(message, isStable);
        } finally {
            passing--;
            closeIdleSessions();
        }
    }

    /** A message is handed on behind the sessions. */
    void passingBegins() {
        passing++;
    }

    void passingEnds() {
        passing--;
    }

    private void progressed() {
        closeIdleSessions();
        driver.pipelineProgressed();
    }

    private void closeIdleSessions() {
        if (!isClosing || passing > 0) {
            return;
        }
        for (int i = 0; i < guards.size(); i++) {
            if (outgoing.isBusyAt(i)) {
                // Its messages are still to pass the sessions behind it.
                return;
            }
            guards.get(i).closeIfIdle();
        }
    }

    private final class OutgoingEnd implements PipelineDirection.End {
        @Override
        public void message(ExtensionMessage message) {
            int rsv = Rsv.bits(message.rsv1(), message.rsv2(), message.rsv3());
            if (areClaimed(rsv)) {
                driver.encoder().frame(FrameDecoder.B0_FIN | rsv | Opcode.of(message.type()), message.payload(), true);
            }
        }

        @Override
        public void shared(SharedMessage message) {
            if (areClaimed(Rsv.bits(message.rsv1(), message.rsv2(), message.rsv3()))) {
                driver.encoder().shared(message);
            }
        }

        private boolean areClaimed(int rsv) {
            if ((rsv & ~claimedRsv) == 0) {
                return true;
            }
            outgoing.discard();
            failure(unclaimedBit());
            return false;
        }

        @Override
        public void failure(ConnectionFailure failure) {
            driver.closing().extensionFailed(failure);
        }
    }
}
