package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One end of one WebSocket connection behind the opening handshake: frames, messages, extensions and the closing
 * handshake, without I/O. Not thread-safe; see the package for who calls it.
 */
public final class Driver {

    /** The states of a driver; they only move forward. */
    public enum State {
        /** Messages go both ways. */
        OPEN,
        /** A close frame was sent or received, or the connection failed; work in the extensions may be finishing. */
        CLOSING,
        /** {@link DriverListener#onFinished} was called. Input is discarded. */
        CLOSED
    }

    /**
     * A driver in state OPEN.
     *
     * @param config what it shares with others
     * @param extensions the extensions agreed on, in the order of the server's answer
     * @param owner runs tasks on the thread that owns the driver, later and in order: used where a
     *     {@link io.jackfield.api.extension.DeferredSession} completes on another thread; never for immediate sessions
     * @param output takes frames
     * @param listener receives messages
     */
    public Driver(
            DriverConfig config,
            List<ActiveExtension> extensions,
            Executor owner,
            FrameOutput output,
            DriverListener listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * The state.
     *
     * @return never null
     */
    public State state() {
        throw new UnsupportedOperationException();
    }

    // -- input --------------------------------------------------------------------------------------------------------

    /**
     * Takes bytes from the transport, all of them. The buffer's content between position and limit may be changed: payload
     * is unmasked where it lies.
     *
     * @param bytes what was read, from position to limit; afterwards its position is at its limit
     */
    public void receive(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    /**
     * The transport will deliver no more bytes: the peer has ended its side. Messages that extensions still work on are
     * delivered first; then the driver finishes with 1006, unless a closing handshake is complete.
     */
    public void inputEnded() {
        throw new UnsupportedOperationException();
    }

    /**
     * The transport failed, or time is up. Finishes at once with 1006 and closes the sessions as they become idle.
     *
     * @param error the message of an error event that comes first if the state is OPEN, or null for none
     */
    public void abort(String error) {
        throw new UnsupportedOperationException();
    }

    // -- output -------------------------------------------------------------------------------------------------------

    /**
     * Sends a text message in one frame. An unpaired surrogate is sent as U+FFFD.
     *
     * @param text the text
     * @return false, and nothing happens, unless the state is OPEN
     */
    public boolean sendText(CharSequence text) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends a message in one frame.
     *
     * @param type text, whose payload must be UTF-8, or binary
     * @param payload the bytes from position to limit; neither is moved and nothing is kept
     * @return false, and nothing happens, unless the state is OPEN
     */
    public boolean send(ExtensionMessage.Type type, ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends a ping.
     *
     * @param payload the bytes from position to limit; neither is moved
     * @return false, and nothing happens, unless the state is OPEN
     * @throws IllegalArgumentException if the payload has more than 125 bytes (RFC 6455 section 5.5)
     */
    public boolean ping(ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends a pong that answers no ping.
     *
     * @param payload the bytes from position to limit; neither is moved
     * @return false, and nothing happens, unless the state is OPEN
     * @throws IllegalArgumentException if the payload has more than 125 bytes (RFC 6455 section 5.5)
     */
    public boolean pong(ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts the closing handshake: the close frame leaves behind all messages sent before, also those that extensions
     * still work on.
     *
     * @param code a code that is legal on the wire, or 1005 for an empty close frame
     * @param reason up to 123 bytes of UTF-8
     * @return false, and nothing happens, unless the state is OPEN
     * @throws IllegalArgumentException for any other code, or a longer reason
     */
    public boolean close(int code, String reason) {
        throw new UnsupportedOperationException();
    }

    /**
     * Fails the connection (RFC 6455 section 7.1.7) from outside: sends a close frame, reports the reason as an error and
     * finishes without waiting for the peer.
     *
     * @param code a code that is legal on the wire
     * @param reason what happened; cut to 123 bytes for the close frame
     */
    public void fail(int code, String reason) {
        throw new UnsupportedOperationException();
    }

    /** The output is not congested any more: sends the answer to a ping that was held back. */
    public void outputDrained() {
        throw new UnsupportedOperationException();
    }

    /**
     * The incoming messages that extensions work on.
     *
     * @return a number of messages; an owner stops reading while it is large
     */
    public int pendingIncoming() {
        throw new UnsupportedOperationException();
    }

    /**
     * The outgoing messages that extensions work on.
     *
     * @return a number of messages
     */
    public int pendingOutgoing() {
        throw new UnsupportedOperationException();
    }
}
