package io.jackfield.server.connection;

import io.jackfield.api.CloseCode;
import io.jackfield.api.Event;
import io.jackfield.api.EventListener;
import io.jackfield.api.MessageListener;
import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.PreparedMessage;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Registration;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.stream.BlockingWebSocket;
import io.jackfield.api.stream.StreamSource;
import io.jackfield.api.stream.WebSocketStream;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.codec.CloseStatus;
import io.jackfield.codec.Driver;
import io.jackfield.server.routing.PublishedEndpoint;
import io.jackfield.server.statistics.ConnectionFigures;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** A WebSocket connection as the application sees it. What it does to the protocol happens in {@link SessionPhase}. */
class WebSocketSession implements WebSocket, StreamSource {

    static final int MAX_REASON = 123;

    private static final int MAX_CONTROL_PAYLOAD = 125;

    private static final AtomicReferenceFieldUpdater<WebSocketSession, ReadyState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(WebSocketSession.class, ReadyState.class, "readyState");

    private final Connection connection;
    private final PublishedEndpoint endpoint;
    private final String url;
    private final Listeners listeners;
    private final Outgoing outgoing;
    private final SessionPhase phase;

    private volatile ReadyState readyState = ReadyState.CONNECTING;
    /** Too much was sent for the policy that closes; also before the connection is open, and can be closed so. */
    private volatile boolean overflowed;

    private volatile String protocol = "";
    private volatile List<NegotiatedExtension> extensions = List.of();

    /** The first of its topics; null without any. The loop's own. */
    private Subscription subscriptions;

    WebSocketSession(
            Connection connection,
            PublishedEndpoint endpoint,
            String url,
            List<ActiveExtension> active,
            List<Extension> usedExtensions) {
        this.connection = connection;
        this.endpoint = endpoint;
        this.url = url;
        listeners = new Listeners(this, connection.loop().journal().recorder());
        outgoing = new Outgoing(
                this,
                connection,
                endpoint.options().maxBufferedAmount(),
                endpoint.options().overflowPolicy());
        phase = new SessionPhase(this, connection, endpoint, active, usedExtensions);
    }

    // -- what it is ---------------------------------------------------------------------------------------------------

    @Override
    public ReadyState readyState() {
        return readyState;
    }

    @Override
    public String url() {
        return url;
    }

    /** The address without its query, which may hold credentials. */
    String logName() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    @Override
    public String version() {
        return "hybi-13";
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public List<NegotiatedExtension> extensions() {
        return extensions;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public long bufferedAmount() {
        return outgoing.bufferedAmount();
    }

    long connectionId() {
        return connection.id();
    }

    /** Its figures as they are now. Any thread may ask. */
    ConnectionStatistics statistics() {
        return new ConnectionFigures(
                connection.id(),
                remoteAddress(),
                connection.isSecure(),
                path(),
                endpoint.pattern().toString(),
                protocol,
                extensions,
                readyState,
                Duration.ofNanos(connection.ageNanos()),
                phase.receivedMessages(),
                connection.bytesRead(),
                outgoing.encodedMessages(),
                connection.bytesWritten(),
                bufferedAmount(),
                phase.roundTripTime());
    }

    /** The path of its request, without query. */
    String path() {
        String address = logName();
        int path = address.indexOf('/', address.indexOf("://") + "://".length());
        return path < 0 ? "" : address.substring(path);
    }

    PublishedEndpoint endpoint() {
        return endpoint;
    }

    final SessionPhase phase() {
        return phase;
    }

    Driver driver() {
        return phase.driver();
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Listeners listeners() {
        return listeners;
    }

    // -- states: all transitions are here -----------------------------------------------------------------------------

    /** CONNECTING to OPEN; false if the application closed in the meantime. */
    boolean becomeOpen(String chosenProtocol, List<NegotiatedExtension> negotiated) {
        protocol = chosenProtocol;
        extensions = negotiated;
        return STATE.compareAndSet(this, ReadyState.CONNECTING, ReadyState.OPEN);
    }

    /** OPEN to CLOSING; false if it was not OPEN. */
    boolean becomeClosing() {
        return STATE.compareAndSet(this, ReadyState.OPEN, ReadyState.CLOSING);
    }

    /** Any state to CLOSED; the state before. */
    ReadyState becomeClosed() {
        return STATE.getAndSet(this, ReadyState.CLOSED);
    }

    // -- sending ------------------------------------------------------------------------------------------------------

    @Override
    public boolean send(CharSequence text) {
        return outgoing.send(Objects.requireNonNull(text, "text"), null);
    }

    @Override
    public boolean send(ByteBuffer payload) {
        return outgoing.send(Objects.requireNonNull(payload, "payload"), null);
    }

    @Override
    public boolean send(PreparedMessage message) {
        return outgoing.send(message);
    }

    @Override
    public CompletionStage<Void> sendAsync(CharSequence text) {
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        outgoing.send(Objects.requireNonNull(text, "text"), receipt);
        return receipt.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> sendAsync(ByteBuffer payload) {
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        outgoing.send(Objects.requireNonNull(payload, "payload"), receipt);
        return receipt.minimalCompletionStage();
    }

    @Override
    public boolean ping(ByteBuffer payload, Runnable callback) {
        ByteBuffer stable = Listeners.copy(requireControlPayload(payload));
        return inLoopIfOpen(() -> phase.controlFrames().ping(stable, callback));
    }

    @Override
    public boolean ping(CharSequence message, Runnable callback) {
        ByteBuffer stable = requireControlPayload(Outgoing.encode(message));
        return inLoopIfOpen(() -> phase.controlFrames().ping(stable, callback));
    }

    @Override
    public boolean pong(ByteBuffer payload) {
        ByteBuffer stable = Listeners.copy(requireControlPayload(payload));
        return inLoopIfOpen(() -> driver().pong(stable));
    }

    private static ByteBuffer requireControlPayload(ByteBuffer payload) {
        if (payload.remaining() > MAX_CONTROL_PAYLOAD) {
            throw new IllegalArgumentException("The payload of a ping or pong has at most " + MAX_CONTROL_PAYLOAD
                    + " bytes (RFC 6455 section 5.5), not " + payload.remaining());
        }
        return payload;
    }

    private boolean inLoopIfOpen(Runnable action) {
        if (readyState.compareTo(ReadyState.OPEN) > 0) {
            return false;
        }
        inLoop(action);
        return true;
    }

    void inLoop(Runnable action) {
        if (connection.loop().inLoop()) {
            action.run();
        } else {
            connection.loop().execute(action);
        }
    }

    // -- topics -------------------------------------------------------------------------------------------------------

    @Override
    public void subscribe(Topic topic) {
        if (readyState.compareTo(ReadyState.OPEN) > 0) {
            Objects.requireNonNull(topic, "topic");
            return;
        }
        LoopAudience audience =
                LoopAudience.hold(topic, connection.loop(), endpoint.options().maxBufferedAmount());
        inLoop(() -> audience.enter(this));
    }

    @Override
    public void unsubscribe(Topic topic) {
        Objects.requireNonNull(topic, "topic");
        inLoop(() -> leave(topic));
    }

    /** A new subscription, on the loop; null if there is one already, or if nothing is sent any more. */
    Subscription addSubscription(LoopAudience audience) {
        if (driver().state() != Driver.State.OPEN) {
            return null;
        }
        for (Subscription each = subscriptions; each != null; each = each.next) {
            if (each.audience == audience) {
                return null;
            }
        }
        subscriptions = new Subscription(audience, this, subscriptions);
        return subscriptions;
    }

    private void leave(Topic topic) {
        Subscription before = null;
        for (Subscription each = subscriptions; each != null; each = each.next) {
            if (each.audience.isOf(topic)) {
                if (before == null) {
                    subscriptions = each.next;
                } else {
                    before.next = each.next;
                }
                each.audience.leave(each);
                return;
            }
            before = each;
        }
    }

    /** Nothing is sent any more. On the loop. */
    void leaveTopics() {
        Subscription each = subscriptions;
        subscriptions = null;
        for (; each != null; each = each.next) {
            each.audience.leave(each);
        }
    }

    /** What topics have for it goes in front of what it is about to send itself. On the loop. */
    void settleTopics() {
        for (Subscription each = subscriptions; each != null; each = each.next) {
            each.audience.settle(each);
        }
    }

    // -- closing ------------------------------------------------------------------------------------------------------

    @Override
    public void close(int code, String reason) {
        if (!CloseCode.isAllowedInClose(code)) {
            throw new IllegalArgumentException(
                    "Failed to execute 'close' on WebSocket: The code must be either 1000, or "
                            + "between 3000 and 4999. " + code + " is neither.");
        }
        requireFits(reason);
        if (!abandon(code, reason) && becomeClosing()) {
            phase.endDelivery();
            inLoop(() -> phase.close(code, reason));
        }
    }

    /** Checks what the server's owner may close a connection with. */
    static void requireLegal(int code, String reason) {
        if (!CloseCode.isLegalOnWire(code)) {
            throw new IllegalArgumentException(
                    "A close frame carries 1000 to 1003, 1007 to 1014 or 3000 to 4999, not " + code);
        }
        requireFits(reason);
    }

    /** Closes for a reason that is not the application's; false if it is not OPEN. Any thread may call it. */
    boolean closeFromOutside(int code, String reason) {
        if (!becomeClosing()) {
            return false;
        }
        inLoop(() -> phase.close(code, reason));
        return true;
    }

    private static void requireFits(String reason) {
        int length = reason.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_REASON) {
            throw new IllegalArgumentException("A close reason has at most " + MAX_REASON
                    + " bytes of UTF-8 (RFC 6455 section 5.5), not " + length);
        }
    }

    /** CONNECTING to CLOSED, with nothing written; false if it is not CONNECTING. Any thread may call it. */
    final boolean abandon(int code, String reason) {
        if (!STATE.compareAndSet(this, ReadyState.CONNECTING, ReadyState.CLOSED)) {
            return false;
        }
        CloseStatus status = new CloseStatus(code, reason, false, Event.Close.Initiator.LOCAL, OptionalInt.empty());
        // Not even on the loop at once: the application may still be in its handler, attaching listeners.
        connection.loop().execute(() -> phase.abandon(status));
        return true;
    }

    /** Whether what was published still goes to it: until its close frame, but not with a gap. On the loop. */
    boolean takesPublished() {
        return !overflowed && driver().state() == Driver.State.OPEN;
    }

    /** Whether nothing is in the way of writing frames that were made for many: no state but OPEN, and no extension. */
    boolean takesFramesAsTheyAre() {
        return readyState == ReadyState.OPEN && !overflowed && extensions.isEmpty();
    }

    /** Gives the connection up because of a defect. On the loop. */
    void fail(Throwable thrown) {
        connection.onFailure(thrown);
    }

    /** Any thread may ask. */
    boolean acceptsMessages() {
        return readyState.compareTo(ReadyState.OPEN) <= 0 && !overflowed;
    }

    /** The policy for too much buffered output is to close: behind what was accepted. Any thread may call it. */
    void closeBecauseOfOverflow() {
        overflowed = true;
        closeIfOverflowed();
    }

    void closeIfOverflowed() {
        if (overflowed && becomeClosing()) {
            phase.endDelivery();
            connection
                    .loop()
                    .execute(() -> phase.close(CloseCode.TRY_AGAIN_LATER.value(), "The peer reads too slowly"));
        }
    }

    // -- reading ------------------------------------------------------------------------------------------------------

    @Override
    public void pause() {
        inLoop(() -> phase.input().pause(InputFlow.Pause.BY_APPLICATION, true));
    }

    @Override
    public void resume() {
        inLoop(() -> phase.input().pause(InputFlow.Pause.BY_APPLICATION, false));
    }

    // -- streams ------------------------------------------------------------------------------------------------------

    @Override
    public WebSocketStream stream() {
        return makeStreams().stream();
    }

    @Override
    public BlockingWebSocket blocking() {
        return makeStreams().blocking();
    }

    /** Null unless the application has asked for streams. */
    final SessionStreams streams() {
        return phase.input().streams();
    }

    private synchronized SessionStreams makeStreams() {
        SessionStreams made = streams();
        if (made == null) {
            made = new SessionStreams(this);
            phase.input().streams(made);
        }
        return made;
    }

    // -- listening ----------------------------------------------------------------------------------------------------

    @Override
    public void onOpen(EventListener<? super Event.Open> handler) {
        listeners.open = handler;
    }

    @Override
    public void onMessage(EventListener<? super Event.Message> handler) {
        listeners.message = handler;
    }

    @Override
    public void onError(EventListener<? super Event.Error> handler) {
        listeners.error = handler;
    }

    @Override
    public void onClose(EventListener<? super Event.Close> handler) {
        listeners.close = handler;
    }

    @Override
    public void onPing(EventListener<? super Event.Ping> handler) {
        listeners.ping = handler;
    }

    @Override
    public void onPong(EventListener<? super Event.Pong> handler) {
        listeners.pong = handler;
    }

    @Override
    public void onDrain(EventListener<? super Event.Drain> handler) {
        listeners.drain = handler;
    }

    @Override
    public void messageListener(MessageListener listener) {
        listeners.messageListener = listener;
    }

    @Override
    public <E extends Event> Registration on(Class<E> type, EventListener<? super E> listener) {
        return listeners.add(Objects.requireNonNull(type, "type"), Objects.requireNonNull(listener, "listener"));
    }

    void onDrain() {
        phase.deliver(listeners::drain, 0);
    }

    /** The address, for logs. */
    @Override
    public String toString() {
        return "WebSocket[" + logName() + ", " + readyState + "]";
    }
}
