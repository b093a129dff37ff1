package io.jackfield.dist.demo;

import io.jackfield.api.Event;
import io.jackfield.api.EventListener;
import io.jackfield.api.MessageListener;
import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.PreparedMessage;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Registration;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** A connection without a network: a test plays the peer, and reads what was sent to it. */
public final class RecordingSocket implements WebSocket {

    private final List<String> sent = new ArrayList<>();
    private final Map<Topic, Topic.Audience> subscriptions = new HashMap<>();
    private ReadyState state = ReadyState.CONNECTING;
    private boolean backedUp;
    private boolean paused;

    private MessageListener messageListener;
    private EventListener<? super Event.Open> openHandler;
    private EventListener<? super Event.Message> messageHandler;
    private EventListener<? super Event.Close> closeHandler;
    private EventListener<? super Event.Drain> drainHandler;

    // -- the peer -----------------------------------------------------------------------------------------------------

    /** The handshake is complete. */
    public RecordingSocket open() throws Exception {
        state = ReadyState.OPEN;
        if (openHandler != null) {
            openHandler.handle(new Event.Open(this));
        }
        return this;
    }

    /** The peer sends a text. */
    public void receive(String text) throws Exception {
        if (messageListener != null) {
            messageListener.onText(this, text);
        }
        if (messageHandler != null) {
            messageHandler.handle(new Event.Text(this, text));
        }
    }

    /** The peer sends bytes, in a buffer that is overwritten behind the call. */
    public void receive(byte... bytes) throws Exception {
        if (messageListener != null) {
            ByteBuffer borrowed = ByteBuffer.wrap(bytes.clone());
            messageListener.onBinary(this, borrowed);
            borrowed.clear().put(new byte[bytes.length]);
        }
        if (messageHandler != null) {
            messageHandler.handle(new Event.Binary(this, ByteBuffer.wrap(bytes)));
        }
    }

    /** The connection ends. */
    public void disconnect() throws Exception {
        state = ReadyState.CLOSED;
        List.copyOf(subscriptions.keySet()).forEach(this::unsubscribe);
        if (closeHandler != null) {
            closeHandler.handle(
                    new Event.Close(this, 1001, "", true, Event.Close.Initiator.PEER, OptionalInt.of(1001)));
        }
    }

    /** From now on the network is full: sending answers false. */
    void backUp() {
        backedUp = true;
    }

    /** The network takes everything again. */
    void drain() throws Exception {
        backedUp = false;
        drainHandler.handle(new Event.Drain(this));
    }

    /** The closing handshake has begun. */
    void beginClosing() {
        state = ReadyState.CLOSING;
    }

    boolean isPaused() {
        return paused;
    }

    /** What was sent since the last call: texts in quotes, bytes in hex. */
    public List<String> takeSent() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    // -- the connection -----------------------------------------------------------------------------------------------

    @Override
    public ReadyState readyState() {
        return state;
    }

    @Override
    public boolean send(CharSequence text) {
        return record("'" + text + "'");
    }

    @Override
    public boolean send(PreparedMessage message) {
        return message.isText() ? send(StandardCharsets.UTF_8.decode(message.payload())) : send(message.payload());
    }

    @Override
    public boolean send(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return record(HexFormat.of().formatHex(bytes));
    }

    private boolean record(String message) {
        if (state != ReadyState.OPEN) {
            return false;
        }
        sent.add(message);
        return !backedUp;
    }

    @Override
    public void subscribe(Topic topic) {
        subscriptions.computeIfAbsent(topic, unknown -> topic.audience(other -> false, Alone::new));
    }

    @Override
    public void unsubscribe(Topic topic) {
        topic.remove(subscriptions.remove(topic));
    }

    /** An audience of one. */
    private final class Alone implements Topic.Audience {
        @Override
        public void publish(PreparedMessage message, WebSocket except) {
            if (except != RecordingSocket.this) {
                send(message);
            }
        }

        @Override
        public int size() {
            return 1;
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void messageListener(MessageListener listener) {
        messageListener = listener;
    }

    @Override
    public void onOpen(EventListener<? super Event.Open> handler) {
        openHandler = handler;
    }

    @Override
    public void onMessage(EventListener<? super Event.Message> handler) {
        messageHandler = handler;
    }

    @Override
    public void onClose(EventListener<? super Event.Close> handler) {
        closeHandler = handler;
    }

    @Override
    public void onDrain(EventListener<? super Event.Drain> handler) {
        drainHandler = handler;
    }

    // -- what the demo does not use -----------------------------------------------------------------------------------

    @Override
    public String url() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String version() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String protocol() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<NegotiatedExtension> extensions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long bufferedAmount() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> sendAsync(CharSequence text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> sendAsync(ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean ping(ByteBuffer payload, Runnable callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean ping(CharSequence message, Runnable callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean pong(ByteBuffer payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(int code, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onError(EventListener<? super Event.Error> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onPing(EventListener<? super Event.Ping> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onPong(EventListener<? super Event.Pong> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <E extends Event> Registration on(Class<E> type, EventListener<? super E> listener) {
        throw new UnsupportedOperationException();
    }
}
