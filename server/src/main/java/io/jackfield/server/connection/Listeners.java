package io.jackfield.server.connection;

import io.jackfield.api.Event;
import io.jackfield.api.EventListener;
import io.jackfield.api.MessageListener;
import io.jackfield.api.Registration;
import io.jackfield.server.statistics.Recorder;
import io.jackfield.server.statistics.Recorder.ListenerCall;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The handlers and listeners of one connection. They may be set from any thread; delivery runs on one thread at a time.
 * Whatever a listener throws is reported and goes no further.
 */
final class Listeners {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    /** A class and no record: the same listener may be added twice, and each addition is removed by itself. */
    private static final class Added<E extends Event> {
        private final Class<E> type;
        private final EventListener<? super E> listener;

        Added(Class<E> type, EventListener<? super E> listener) {
            this.type = type;
            this.listener = listener;
        }

        void offer(Event event) throws Exception {
            if (type.isInstance(event)) {
                listener.handle(type.cast(event));
            }
        }
    }

    private static final Added<?>[] NONE = {};

    private final WebSocketSession socket;
    private final Recorder recorder;

    // The property handlers: one each.
    volatile EventListener<? super Event.Open> open;
    volatile EventListener<? super Event.Message> message;
    volatile EventListener<? super Event.Error> error;
    volatile EventListener<? super Event.Close> close;
    volatile EventListener<? super Event.Ping> ping;
    volatile EventListener<? super Event.Pong> pong;
    volatile EventListener<? super Event.Drain> drain;
    volatile MessageListener messageListener;

    /** The added listeners in their order; replaced as a whole. */
    private volatile Added<?>[] added = NONE;

    Listeners(WebSocketSession socket, Recorder recorder) {
        this.socket = socket;
        this.recorder = recorder;
    }

    <E extends Event> Registration add(Class<E> type, EventListener<? super E> listener) {
        Added<E> entry = new Added<>(type, listener);
        synchronized (this) {
            Added<?>[] longer = Arrays.copyOf(added, added.length + 1);
            longer[added.length] = entry;
            added = longer;
        }
        return () -> remove(entry);
    }

    private synchronized void remove(Added<?> entry) {
        added = Arrays.stream(added).filter(other -> other != entry).toArray(Added<?>[]::new);
    }

    // -- delivery -----------------------------------------------------------------------------------------------------

    void text(String text) {
        ListenerCall call = begin();
        MessageListener direct = messageListener;
        if (direct != null) {
            try {
                direct.onText(socket, text);
            } catch (Throwable e) {
                report(e);
            }
        }
        if (wantsMessages()) {
            Event.Text event = new Event.Text(socket, text);
            call(message, event);
            callAdded(event);
        }
        end(call, "text");
    }

    /** Delivers a borrowed payload: those who may keep it get a copy. */
    void binary(ByteBuffer payload) {
        ListenerCall call = begin();
        int position = payload.position();
        int limit = payload.limit();
        Event.Binary event = wantsMessages() ? new Event.Binary(socket, copy(payload)) : null;
        MessageListener direct = messageListener;
        if (direct != null) {
            try {
                direct.onBinary(socket, payload);
            } catch (Throwable e) {
                report(e);
            } finally {
                payload.limit(limit).position(position);
            }
        }
        if (event != null) {
            call(message, event);
            callAdded(event);
        }
        end(call, "binary");
    }

    void open() {
        Event.Open event = new Event.Open(socket);
        callAll(open, event, "open");
    }

    void error(String text) {
        Event.Error event = new Event.Error(socket, text);
        callAll(error, event, "error");
    }

    void close(Event.Close event) {
        callAll(close, event, "close");
    }

    void ping(ByteBuffer payload) {
        Event.Ping event = new Event.Ping(socket, payload);
        callAll(ping, event, "ping");
    }

    void pong(ByteBuffer payload) {
        Event.Pong event = new Event.Pong(socket, payload);
        callAll(pong, event, "pong");
    }

    void drain() {
        Event.Drain event = new Event.Drain(socket);
        callAll(drain, event, "drain");
    }

    private boolean wantsMessages() {
        return message != null || added != NONE;
    }

    boolean wantsPings() {
        return ping != null || added != NONE;
    }

    boolean wantsPongs() {
        return pong != null || added != NONE;
    }

    static ByteBuffer copy(ByteBuffer payload) {
        return ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    }

    private <E extends Event> void call(EventListener<? super E> handler, E event) {
        if (handler != null) {
            try {
                handler.handle(event);
            } catch (Throwable e) {
                report(e);
            }
        }
    }

    private <E extends Event> void callAll(EventListener<? super E> handler, E event, String kind) {
        ListenerCall call = begin();
        call(handler, event);
        callAdded(event);
        end(call, kind);
    }

    private ListenerCall begin() {
        return recorder.listenerCalled();
    }

    private void end(ListenerCall call, String kind) {
        if (call != null) {
            call.returned(socket.connectionId(), socket.endpoint().pattern().toString(), kind);
        }
    }

    private void callAdded(Event event) {
        for (Added<?> entry : added) {
            try {
                entry.offer(event);
            } catch (Throwable e) {
                report(e);
            }
        }
    }

    /** Hands on what a listener or callback threw. */
    void report(Throwable thrown) {
        try {
            socket.endpoint()
                    .options()
                    .uncaughtExceptionHandler()
                    .ifPresentOrElse(
                            handler -> handler.uncaughtException(socket, thrown),
                            () -> LOG.log(Level.WARNING, "A listener of " + socket + " failed", thrown));
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "The uncaught-exception handler failed", e);
        }
    }
}
