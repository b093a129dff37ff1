package io.jackfield.codec;

import io.jackfield.api.CloseCode;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionSession;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.api.extension.SharedMessage;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Calls one session, makes a close code of whatever it throws, and closes it once nothing is in flight in it. */
final class SessionGuard {

    private final String name;
    private final boolean isDeferred;
    private final DriverListener listener;

    /** Null once it is closed: whoever keeps the driver keeps no class of the extension with it. */
    private ExtensionSession session;

    /** The calls of a deferred session that are not answered. */
    private int callsInFlight;

    SessionGuard(ActiveExtension extension, DriverListener listener) {
        this.name = extension.negotiated().name();
        this.session = extension.session();
        this.isDeferred = session instanceof DeferredSession;
        this.listener = listener;
    }

    boolean isDeferred() {
        return isDeferred;
    }

    /** Calls an immediate session. */
    ExtensionMessage call(boolean isIncoming, ExtensionMessage message) throws ConnectionFailure {
        ImmediateSession immediate = (ImmediateSession) session;
        try {
            return requireResult(isIncoming ? immediate.incoming(message) : immediate.outgoing(message));
        } catch (ConnectionFailure failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw failure(thrown);
        }
    }

    /** Offers an immediate session a message that it may share; null if it does not. */
    SharedMessage callShared(SharedMessage message) throws ConnectionFailure {
        try {
            return ((ImmediateSession) session).outgoingShared(message);
        } catch (Throwable thrown) {
            throw failure(thrown);
        }
    }

    /** Calls a deferred session; the call is told the result, now or later. */
    void start(boolean isIncoming, ExtensionMessage message, DeferredCall call) {
        DeferredSession deferred = (DeferredSession) session;
        callsInFlight++;
        try {
            CompletionStage<ExtensionMessage> stage =
                    isIncoming ? deferred.incoming(message) : deferred.outgoing(message);
            if (stage == null) {
                call.accept(null, null);
            } else {
                stage.whenComplete(call);
            }
        } catch (Throwable thrown) {
            call.accept(null, thrown);
        }
    }

    /**
     * A deferred session has answered.
     *
     * @param result what it answered with
     * @param thrown what went wrong, or null
     */
    ExtensionMessage finish(ExtensionMessage result, Throwable thrown) throws ConnectionFailure {
        callsInFlight--;
        if (thrown != null) {
            throw failure(thrown);
        }
        return requireResult(result);
    }

    /** Closes the session unless it works on a message or is closed. */
    void closeIfIdle() {
        if (callsInFlight == 0 && session != null) {
            ExtensionSession closing = session;
            session = null;
            try {
                closing.close();
            } catch (Throwable thrown) {
                listener.onExtensionException(name, thrown);
            }
        }
    }

    private ExtensionMessage requireResult(ExtensionMessage result) throws ConnectionFailure {
        if (result == null) {
            throw internalError("the session answered with no message");
        }
        return result;
    }

    private ConnectionFailure failure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ExtensionException named) {
            int code =
                    CloseCode.isLegalOnWire(named.closeCode()) ? named.closeCode() : CloseCode.INTERNAL_ERROR.value();
            return new ConnectionFailure(code, name + ": " + named.getMessage());
        }
        listener.onExtensionException(name, cause);
        return internalError(cause.toString());
    }

    /** What went wrong inside is not the peer's business. */
    private ConnectionFailure internalError(String detail) {
        return new ConnectionFailure(CloseCode.INTERNAL_ERROR.value(), name + ": internal error", name + ": " + detail);
    }
}
