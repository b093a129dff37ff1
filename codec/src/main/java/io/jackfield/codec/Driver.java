package io.jackfield.codec;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * One end of one WebSocket connection behind the opening handshake: frames, messages, extensions and the closing
 * handshake, without I/O. Not thread-safe; see the package for who calls it.
 *
 * <p>The methods may be called from the listener's, except {@link #receive} from within itself.
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

    private final DriverConfig config;
    private final DriverMemory memory;
    private final DriverListener listener;

    private final FrameReceiver receiver;
    private final FrameEncoder encoder;

    /** The extensions, or null without any. */
    private final Pipeline pipeline;

    /** Null while nothing ends the connection. */
    private ClosingHandshake closing;

    /** The message that is being sent in parts, or null. */
    private OpenMessage openMessage;

    /** The payload of the latest ping, while the output does not take the answer; else null. */
    private byte[] heldPong;

    /**
     * A driver in state OPEN.
     *
     * @param config what it shares with others
     * @param extensions the extensions agreed on, in the order of the server's answer
     * @param owner runs tasks on the thread that owns the driver, later and in order: used where a
     *     {@link io.jackfield.api.extension.DeferredSession} completes later than it returns; never for immediate sessions
     * @param memory shared by the drivers of that thread
     * @param output takes frames
     * @param listener receives messages
     */
    public Driver(
            DriverConfig config,
            List<ActiveExtension> extensions,
            Executor owner,
            DriverMemory memory,
            FrameOutput output,
            DriverListener listener) {
        this.config = Objects.requireNonNull(config, "config");
        this.memory = Objects.requireNonNull(memory, "memory");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.encoder = new FrameEncoder(config, Objects.requireNonNull(output, "output"));
        this.pipeline = extensions.isEmpty() ? null : new Pipeline(extensions, owner, this, listener);
        FrameRules rules = new FrameRules(config, pipeline == null ? 0 : pipeline.claimedRsv());
        this.receiver = new FrameReceiver(this, rules);
    }

    /**
     * The state.
     *
     * @return never null
     */
    public State state() {
        return closing == null ? State.OPEN : closing.state();
    }

    private boolean isOpen() {
        return state() == State.OPEN;
    }

    // -- input --------------------------------------------------------------------------------------------------------

    /**
     * Takes bytes from the transport, all of them unless the listener calls {@link #interrupt}. The buffer's content between
     * position and limit may be changed: payload is unmasked where it lies. Its byte order may become big-endian.
     *
     * <p>If the listener throws in spite of its contract, the exception comes out here. Then the position is behind the
     * frame that was being handed on, and the rest may be passed in again.
     *
     * @param bytes what was read, from position to limit, not read-only; afterwards its position is behind what was
     *     taken
     */
    public void receive(ByteBuffer bytes) {
        try {
            receiver.receive(bytes);
        } catch (ConnectionFailure failure) {
            bytes.position(bytes.limit());
            closing().inputFailed(failure);
        }
    }

    /**
     * Called from the listener: {@link #receive} returns behind the frame that is being handed on. What is left of its
     * input is to be passed in again, at once or later. Without effect at any other time.
     */
    public void interrupt() {
        receiver.interrupt();
    }

    /**
     * Has the input held, or goes on. While it is held no message is handed on: {@link #receive} returns in front of the
     * first byte of its payload that has come, and control frames are handled until then. What is left of its input is to be
     * passed in again, when it is not held any more. Messages that deferred extensions still work on are handed on all the
     * same.
     *
     * @param held true to have it held, also from within the listener; without effect once the state is not OPEN
     */
    public void hold(boolean held) {
        receiver.hold(held);
    }

    /**
     * Whether the input is held.
     *
     * @return false if the state is not OPEN
     */
    public boolean isHeld() {
        return receiver.isHeld();
    }

    /**
     * Has messages handed on in parts, as they arrive: {@link DriverListener#onPart} is called instead of {@link
     * DriverListener#onText} and {@link DriverListener#onBinary}, and memory does not grow with the message. The limit is
     * {@link DriverConfig#maxPartedLength} then, and the number of frames has none.
     *
     * <p>Where extensions are agreed on, but not one alone that is a {@link
     * io.jackfield.api.extension.StreamingSession}, each message is one part, and the limits stay as they are.
     *
     * @param inParts true for parts, false for whole messages; holds from the next message on
     */
    public void receiveInParts(boolean inParts) {
        receiver.receiveInParts(inParts);
    }

    /**
     * The transport will deliver no more bytes: the peer has ended its side. Messages that extensions still work on are
     * delivered first; then the driver finishes with 1006, unless the peer's close frame has come.
     */
    public void inputEnded() {
        closing().transportEnded();
    }

    /**
     * The transport failed, or time is up. Finishes at once, with 1006 unless a close frame of the peer or a failure came
     * before, and closes the sessions as they become idle.
     *
     * @param error the message of an error event that comes first if the state is OPEN, or null for none
     */
    public void abort(String error) {
        closing().abort(error);
    }

    // -- output -------------------------------------------------------------------------------------------------------

    /**
     * Sends a text message in one frame. An unpaired surrogate is sent as U+FFFD.
     *
     * @param text the text
     * @return false, and nothing happens, unless the state is OPEN
     */
    public boolean sendText(CharSequence text) {
        if (!isOpen()) {
            return false;
        }
        return send(ExtensionMessage.Type.TEXT, memory.text().encode(text.toString()));
    }

    /**
     * Sends a message in one frame.
     *
     * @param type text, whose payload must be UTF-8, or binary
     * @param payload the bytes from position to limit; neither is moved and nothing is kept
     * @return false, and nothing happens, unless the state is OPEN
     */
    public boolean send(ExtensionMessage.Type type, ByteBuffer payload) {
        if (!isOpen()) {
            return false;
        }
        if (openMessage != null) {
            ByteBuffer copy = ByteBuffer.allocate(payload.remaining())
                    .put(payload.duplicate())
                    .flip();
            openMessage.append(() -> send(type, copy), copy.remaining());
            return true;
        }
        if (pipeline == null) {
            encoder.frame(FrameDecoder.B0_FIN | Opcode.of(type), payload, true);
        } else {
            pipeline.send(new ExtensionMessage(type, false, false, false, payload.slice()));
        }
        return true;
    }

    /**
     * Sends a message that was prepared for many connections. Its bytes are shared with the output, unless an extension makes
     * something of it for this connection alone.
     *
     * @param message the message
     * @return false, and nothing happens, unless the state is OPEN
     */
    public boolean send(PreparedMessage message) {
        if (!isOpen()) {
            return false;
        }
        if (openMessage != null) {
            openMessage.append(() -> send(message), message.length());
        } else if (pipeline == null) {
            encoder.shared(message.shared());
        } else {
            pipeline.send(message.shared());
        }
        return true;
    }

    /**
     * Sends a part of a message: a frame (RFC 6455 section 5.4), the last of them with FIN. Other messages that are sent
     * meanwhile wait until the last part was sent; control frames do not. A close in between abandons the message, and
     * what waits behind it.
     *
     * <p>Where extensions are agreed on, but not one alone that is a {@link
     * io.jackfield.api.extension.StreamingSession}, the parts are gathered until the last.
     *
     * @param type the type of the message: the same for all its parts. All parts of a text together must be UTF-8
     * @param payload the bytes from position to limit; neither is moved and nothing is kept. An empty part sends nothing
     *     unless it is the last
     * @param isLast whether the message ends with it
     * @return false, and nothing happens, unless the state is OPEN
     * @throws IllegalArgumentException if the message was begun with another type
     */
    public boolean sendPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
        if (!isOpen()) {
            return false;
        }
        if (openMessage == null) {
            if (isLast) {
                return send(type, payload);
            }
            openMessage = new OpenMessage(this, type);
        } else if (openMessage.type() != type) {
            throw new IllegalArgumentException("The message was begun as " + openMessage.type() + ", not " + type);
        }
        openMessage.send(payload, isLast);
        if (isLast && openMessage != null) {
            OpenMessage ended = openMessage;
            openMessage = null;
            ended.end();
        }
        return true;
    }

    /**
     * Whether a message is being sent in parts.
     *
     * @return true between its first part and its last
     */
    public boolean isSendingParts() {
        return openMessage != null;
    }

    /**
     * The payloads that wait for the last part of a message that is sent in parts: those of other messages, and the parts
     * themselves where they are gathered.
     *
     * @return a number of bytes
     */
    public long waitingOutgoingBytes() {
        return openMessage == null ? 0 : openMessage.waitingBytes();
    }

    /**
     * Sends a ping.
     *
     * @param payload the bytes from position to limit; neither is moved
     * @return false, and nothing happens, unless the state is OPEN
     * @throws IllegalArgumentException if the payload has more than 125 bytes (RFC 6455 section 5.5)
     */
    public boolean ping(ByteBuffer payload) {
        return sendControl(Opcode.PING, payload);
    }

    /**
     * Sends a pong that answers no ping.
     *
     * @param payload the bytes from position to limit; neither is moved
     * @return false, and nothing happens, unless the state is OPEN
     * @throws IllegalArgumentException if the payload has more than 125 bytes (RFC 6455 section 5.5)
     */
    public boolean pong(ByteBuffer payload) {
        return sendControl(Opcode.PONG, payload);
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
        CloseFrame frame = CloseFrame.require(code, reason);
        if (!isOpen()) {
            return false;
        }
        closing().close(frame);
        return true;
    }

    /**
     * Fails the connection (RFC 6455 section 7.1.7) from outside: sends a close frame, reports the reason as an error and
     * finishes without waiting for the peer. Messages that extensions still work on are sent before, and not received any
     * more. Does nothing unless the state is OPEN.
     *
     * @param code a code that is legal on the wire
     * @param reason what happened; cut to 123 bytes for the close frame
     * @throws IllegalArgumentException for any other code
     */
    public void fail(int code, String reason) {
        CloseFrame.requireLegalCode(code);
        ConnectionFailure failure = new ConnectionFailure(code, Objects.requireNonNull(reason, "reason"));
        if (isOpen()) {
            closing().fail(failure);
        }
    }

    /** The output is not congested any more: sends the answer to a ping that was held back. */
    public void outputDrained() {
        if (heldPong != null && !encoder.isCongested()) {
            ByteBuffer payload = ByteBuffer.wrap(heldPong);
            heldPong = null;
            encoder.control(Opcode.PONG, payload);
        }
    }

    /**
     * Whether messages may leave the extensions later than they come.
     *
     * @return true if one of the sessions is a {@link io.jackfield.api.extension.DeferredSession}
     */
    public boolean defers() {
        return pipeline != null && pipeline.hasDeferredSession();
    }

    /**
     * The incoming messages that extensions work on.
     *
     * @return a number of messages; an owner stops reading while it is large
     */
    public int pendingIncoming() {
        return pipeline == null ? 0 : pipeline.pendingIncoming();
    }

    /**
     * The payloads of these messages, or of what extensions have made of them meanwhile.
     *
     * @return a number of bytes; without what an extension itself holds
     */
    public long pendingIncomingBytes() {
        return pipeline == null ? 0 : pipeline.pendingIncomingBytes();
    }

    /**
     * The outgoing messages that extensions work on.
     *
     * @return a number of messages
     */
    public int pendingOutgoing() {
        return pipeline == null ? 0 : pipeline.pendingOutgoing();
    }

    private boolean sendControl(int opcode, ByteBuffer payload) {
        ControlFrame.requirePayloadFits(payload.remaining());
        if (!isOpen()) {
            return false;
        }
        encoder.control(opcode, payload);
        return true;
    }

    // -- for the parts of the driver ----------------------------------------------------------------------------------

    DriverConfig config() {
        return config;
    }

    DriverMemory memory() {
        return memory;
    }

    DriverListener listener() {
        return listener;
    }

    FrameReceiver receiver() {
        return receiver;
    }

    FrameEncoder encoder() {
        return encoder;
    }

    /** Null without extensions. */
    Pipeline pipeline() {
        return pipeline;
    }

    boolean hasExtensions() {
        return pipeline != null;
    }

    boolean canReceiveParts() {
        return pipeline == null || pipeline.isStreaming();
    }

    /** Made when something may end the connection. */
    ClosingHandshake closing() {
        if (closing == null) {
            closing = new ClosingHandshake(this);
        }
        return closing;
    }

    void controlReceived(int opcode, ByteBuffer payload) {
        switch (opcode) {
            case Opcode.PING -> {
                answerPing(payload);
                listener.onPing(payload);
            }
            case Opcode.PONG -> listener.onPong(payload);
            default -> {
                CloseFrame frame = CloseFrame.parse(payload);
                dropHeldPong();
                closing().closeReceived(frame);
            }
        }
    }

    private void answerPing(ByteBuffer payload) {
        if (encoder.isCongested()) {
            heldPong = new byte[payload.remaining()];
            payload.get(payload.position(), heldPong);
        } else {
            // RFC 6455 section 5.5.3: the answer to the latest ping answers those before it.
            dropHeldPong();
            encoder.control(Opcode.PONG, payload);
        }
    }

    void dropHeldPong() {
        heldPong = null;
    }

    void abandonOpenMessage() {
        openMessage = null;
    }

    /** Something has left the extensions later than it came. */
    void pipelineProgressed() {
        if (closing != null) {
            closing.extensionsProgressed();
        }
    }
}
