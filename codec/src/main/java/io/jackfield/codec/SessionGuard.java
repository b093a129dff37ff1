package io.jackfield.codec;

import io.jackfield.api.CloseCode;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ImmediateSession;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Calls one session, makes a close code of whatever it throws, and closes it once nothing is in flight in it. */
final class SessionGuard {

    private final ActiveExtension extension;
    private final DriverListener listener;

    /** The calls of a deferred session that are not answered. */
    private int callsInFlight;

    private boolean isClosed;

    SessionGuard(ActiveExtension extension, DriverListener listener) {
        this.extension = extension;
        this.listener = listener;
    }

    boolean isDeferred() {
        return extension.session() instanceof DeferredSession;
    }

    /** Calls an immediate session. */
    ExtensionMessage call(boolean isIncoming, ExtensionMessage message) throws ConnectionFailure {
        ImmediateSession session = (ImmediateSession) extension.session();
        try {
            return requireResult(isIncoming ? session.incoming(message) : session.outgoing(message));
        } catch (ConnectionFailure failure) {
            throw failure;
        } catch (Throwable thrown) {
            throw failure(thrown);
        }
    }

    /** Calls a deferred session; the call is told the result, now or later. */
    void start(boolean isIncoming, ExtensionMessage message, DeferredCall call) {
        DeferredSession session = (DeferredSession) extension.session();
        callsInFlight++;
        try {
            CompletionStage<ExtensionMessage> stage =
                    isIncoming ? session.incoming(message) : session.outgoing(message);
            stage.whenComplete(call);
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
        if (callsInFlight == 0 && !isClosed) {
            isClosed = true;
            try {
                extension.session().close();
            } catch (Throwable thrown) {
                listener.onExtensionException(name(), thrown);
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
            return new ConnectionFailure(code, name() + ": " + named.getMessage());
        }
        listener.onExtensionException(name(), cause);
        return internalError(cause.toString());
    }

    /** What went wrong inside is not the peer's business. */
    private ConnectionFailure internalError(String detail) {
        return new ConnectionFailure(
                CloseCode.INTERNAL_ERROR.value(), name() + ": internal error", name() + ": " + detail);
    }

    private String name() {
        return extension.negotiated().name();
    }
}
