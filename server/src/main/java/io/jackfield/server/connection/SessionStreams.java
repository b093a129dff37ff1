package io.jackfield.server.connection;

import io.jackfield.api.Event;
import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.stream.BlockingWebSocket;
import io.jackfield.api.stream.MessagePart;
import io.jackfield.api.stream.WebSocketStream;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.stream.BlockingConnection;
import io.jackfield.server.stream.ConnectionStream;
import io.jackfield.server.stream.PartReceiver;
import io.jackfield.server.stream.StreamConnection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a session needs for streams, made when the application first asks for one: gives parts to whoever receives them, and
 * has the driver hold them while that one is not ready.
 */
final class SessionStreams implements StreamConnection {

    private final WebSocketSession session;
    private final WebSocketStream stream = new ConnectionStream(this);

    // Any thread.
    private final AtomicReference<PartReceiver> claimed = new AtomicReference<>();
    private final AtomicBoolean isMessageOpen = new AtomicBoolean();

    /** Guarded by this object. */
    private BlockingWebSocket blocking;

    // The loop's own.
    private PartReceiver receiver;
    private boolean isHandingOn;

    /** A receiver of whole messages got more than may be gathered. */
    private boolean hasRefusedToGather;

    /** Parts that extensions made when nobody was ready for them any more. */
    private final ArrayDeque<MessagePart> late = new ArrayDeque<>(0);

    /** How the connection ended, or null. */
    private Event.Close end;

    private final List<Runnable> onClosed = new ArrayList<>(1);

    SessionStreams(WebSocketSession session) {
        this.session = session;
    }

    WebSocketStream stream() {
        return stream;
    }

    synchronized BlockingWebSocket blocking() {
        if (blocking == null) {
            blocking = BlockingConnection.attach(this);
        }
        return blocking;
    }

    // -- from the phase, on the loop ----------------------------------------------------------------------------------

    void onPart(boolean isText, ByteBuffer payload, boolean isLast) {
        if (receiver == null) {
            // The rest of a message whose receiver has gone.
            return;
        }
        if (isHandingOn || !late.isEmpty() || !receiver.isReady()) {
            late.add(new MessagePart(isText, Listeners.copy(payload), isLast));
        } else {
            handOn(isText, payload, isLast);
        }
        heedDemand();
    }

    void onClosed(Event.Close close) {
        end = close;
        heedDemand();
        onClosed.forEach(Runnable::run);
        onClosed.clear();
    }

    private void handOn(boolean isText, ByteBuffer payload, boolean isLast) {
        isHandingOn = true;
        try {
            receiver.onPart(isText, payload, isLast);
        } finally {
            isHandingOn = false;
        }
    }

    private void heedDemand() {
        if (isHandingOn) {
            return;
        }
        while (receiver != null && !late.isEmpty() && receiver.isReady()) {
            MessagePart next = late.poll();
            handOn(next.isText(), next.data(), next.isLast());
        }
        if (end != null) {
            if (receiver != null && late.isEmpty()) {
                PartReceiver ending = receiver;
                receiver = null;
                ending.onEnd(end);
            }
        } else if (receiver == null || late.isEmpty() && receiver.isReady()) {
            session.phase().input().release();
        } else {
            session.driver().hold(true);
        }
    }

    // -- receiving ----------------------------------------------------------------------------------------------------

    @Override
    public boolean attach(PartReceiver attached) {
        if (!claimed.compareAndSet(null, attached)) {
            return false;
        }
        session.inLoop(() -> {
            receiver = attached;
            session.driver().receiveInParts(true);
            heedDemand();
        });
        return true;
    }

    @Override
    public void detach(PartReceiver attached) {
        if (claimed.get() != attached) {
            return;
        }
        session.inLoop(() -> {
            if (receiver == attached) {
                receiver = null;
                late.clear();
                session.driver().receiveInParts(false);
                heedDemand();
            }
            claimed.compareAndSet(attached, null);
        });
    }

    @Override
    public void demandChanged() {
        session.inLoop(this::heedDemand);
    }

    @Override
    public void fail(int code, String reason) {
        session.inLoop(() -> {
            hasRefusedToGather = true;
            session.driver().fail(code, reason);
        });
    }

    /** The option that a message goes beyond which is too large. On the loop. */
    Option limitOfLength() {
        Options options = session.endpoint().options();
        boolean isOfParts = claimed.get() != null && !hasRefusedToGather && options.maxStreamedLength() != maxLength();
        return isOfParts ? Option.MAX_STREAMED_LENGTH : Option.MAX_LENGTH;
    }

    @Override
    public long maxLength() {
        return session.endpoint().options().maxLength();
    }

    // -- sending ------------------------------------------------------------------------------------------------------

    @Override
    public boolean beginMessage() {
        return isMessageOpen.compareAndSet(false, true);
    }

    @Override
    public void endMessage() {
        isMessageOpen.set(false);
    }

    @Override
    public boolean sendPart(boolean isText, ByteBuffer part, boolean isLast, CompletableFuture<Void> receipt) {
        return session.outgoing()
                .sendPart(isText ? ExtensionMessage.Type.TEXT : ExtensionMessage.Type.BINARY, part, isLast, receipt);
    }

    @Override
    public void close(int code, String reason) {
        WebSocketSession.requireLegal(code, reason);
        session.closeFromOutside(code, reason);
    }

    // -- threads ------------------------------------------------------------------------------------------------------

    @Override
    public WebSocket socket() {
        return session;
    }

    @Override
    public boolean mayBlock() {
        return !EventLoop.isCurrentThreadALoop();
    }

    @Override
    public void onLoop(Runnable task) {
        session.inLoop(task);
    }

    @Override
    public void deliver(Runnable signal, long payloadBytes) {
        session.phase().deliver(signal, payloadBytes);
    }

    @Override
    public void report(Throwable thrown) {
        session.listeners().report(thrown);
    }

    @Override
    public void onClosed(Runnable task) {
        session.inLoop(() -> {
            if (end == null) {
                onClosed.add(task);
            } else {
                task.run();
            }
        });
    }
}
