package io.jackfield.server.connection;

import io.jackfield.api.CloseCode;
import io.jackfield.api.Event;
import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.api.statistics.RefusedHandshake;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.codec.CloseStatus;
import io.jackfield.codec.Driver;
import io.jackfield.codec.DriverListener;
import io.jackfield.codec.FrameOutput;
import io.jackfield.server.connection.InputFlow.Pause;
import io.jackfield.server.loop.LoopBuffers;
import io.jackfield.server.loop.Timer;
import io.jackfield.server.routing.PublishedEndpoint;
import io.jackfield.server.statistics.Journal;
import io.jackfield.server.statistics.LoopCounters;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Predicate;

/**
 * The WebSocket phase of a connection: stands between the driver, the connection and the session. Used on the loop's
 * thread alone, except where a method says otherwise.
 */
final class SessionPhase implements Phase, DriverListener, FrameOutput {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private static final AtomicLongFieldUpdater<SessionPhase> RECEIVED =
            AtomicLongFieldUpdater.newUpdater(SessionPhase.class, "received");

    private final WebSocketSession session;
    private final Connection connection;
    private final LoopCounters counters;
    private final Driver driver;
    private final SerialDispatcher dispatcher;
    private final InputFlow input;

    /** Empty again at the end: an application may keep the session, but no class of an extension with it. */
    private List<Extension> usedExtensions;

    private Heartbeat heartbeat;
    private Timer closeTimer;

    /** Made when the first ping or pong goes or comes. */
    private ControlFrames controlFrames;

    /** Messages from the peer: counted by the loop, read by any thread. */
    private volatile long received;

    private boolean opened;
    private boolean finished;

    /** Nothing can be written any more, or not be waited for: the connection ends without an {@link EndPhase}. */
    private boolean cutOff;

    /** Set by the application's thread: what was read before is not delivered any more. */
    private volatile boolean deliveryEnded;

    SessionPhase(
            WebSocketSession session,
            Connection connection,
            PublishedEndpoint endpoint,
            List<ActiveExtension> active,
            List<Extension> usedExtensions) {
        this.session = session;
        this.connection = connection;
        counters = connection.loop().counters();
        this.usedExtensions = usedExtensions;
        Executor owner = active.isEmpty() ? connection.loop() : this::runForExtensions;
        driver = new Driver(
                endpoint.driverConfig(), active, owner, connection.loop().driverMemory(), this, this);
        input = new InputFlow(this, connection, driver, endpoint.options());
        dispatcher = endpoint.options()
                .executor()
                .map(executor ->
                        new SerialDispatcher(executor, endpoint.options().maxQueuedAmount(), this::onExecutorLagChange))
                .orElse(null);
    }

    private void onExecutorLagChange() {
        session.inLoop(() -> input.pause(Pause.BY_EXECUTOR, dispatcher.lags()));
    }

    private void runForExtensions(Runnable task) {
        connection.loop().execute(() -> {
            task.run();
            input.pause(Pause.BY_EXTENSIONS, extensionsLag());
        });
    }

    private boolean extensionsLag() {
        long cost = driver.pendingIncomingBytes() + (long) SerialDispatcher.EVENT_COST * driver.pendingIncoming();
        return cost > options().maxQueuedAmount();
    }

    private Options options() {
        return session.endpoint().options();
    }

    Driver driver() {
        return driver;
    }

    WebSocketSession session() {
        return session;
    }

    boolean uses(Extension extension) {
        return usedExtensions.stream().anyMatch(used -> used == extension);
    }

    boolean usesOnly(Predicate<Extension> allowed) {
        return usedExtensions.stream().allMatch(allowed);
    }

    // -- life ---------------------------------------------------------------------------------------------------------

    void startHeartbeat() {
        if (Heartbeat.isWanted(options())) {
            heartbeat = new Heartbeat(this, connection, options());
        }
    }

    /** The handshake's answer and what was sent meanwhile are written: the application's open event comes first now. */
    void open() {
        opened = true;
        journal().opened(session::statistics);
        deliver(() -> session.listeners().open(), 0);
    }

    /** The application closed before the connection was open: nothing is written. */
    void abandon(CloseStatus status) {
        // An application cannot close with 1001.
        boolean goingAway = status.code() == CloseCode.GOING_AWAY.value();
        journal()
                .handshakeRefused(new RefusedHandshake(
                        goingAway ? RefusalReason.GOING_AWAY : RefusalReason.HANDLER,
                        0,
                        session.path(),
                        session.remoteAddress()));
        release();
        connection.close();
        deliverClose(status);
    }

    /** The handshake fails after all: the application has a connection that never opens. */
    void discard() {
        if (!finished) {
            release();
            session.becomeClosed();
            deliverClose(new CloseStatus(
                    CloseCode.ABNORMAL_CLOSURE.value(), "", false, Event.Close.Initiator.NETWORK, OptionalInt.empty()));
        }
    }

    /** The handshake of a connection that was handed over fails: the application hears of it (S-52). */
    void reject(byte[] response, String reason) {
        release();
        LOG.log(Level.INFO, "{0}: handshake refused: {1}", session.logName(), OpeningPhase.withoutPeerText(reason));
        tellError(reason);
        connection.discardOutput();
        connection.append(response);
        CloseStatus status = new CloseStatus(
                CloseCode.PROTOCOL_ERROR.value(), reason, false, Event.Close.Initiator.LOCAL, OptionalInt.empty());
        EndPhase.begin(connection, true, options().closeTimeout().toNanos(), () -> ended(status));
    }

    private void release() {
        finished = true;
        input.stop();
        if (heartbeat != null) {
            heartbeat.stop();
        }
        driver.abort(null);
        session.leaveTopics();
        session.outgoing().onClosed();
    }

    /** The application will not hear of messages and errors any more. Any thread may call it. */
    void endDelivery() {
        deliveryEnded = true;
    }

    /** Starts the closing handshake behind everything that was accepted; the session is CLOSING. */
    void close(int code, String reason) {
        if (session.outgoing().hasHandedOver()) {
            connection.loop().execute(() -> close(code, reason));
            return;
        }
        session.settleTopics();
        if (driver.close(code, reason)) {
            startCloseTimer();
            input.apply();
        }
    }

    @Override
    public void onGoingAway() {
        goAway(CloseCode.GOING_AWAY, "The server goes away");
    }

    /** Closes for a reason of the server's own. */
    void goAway(CloseCode code, String reason) {
        if (session.becomeClosing()) {
            close(code.value(), reason);
        }
    }

    private void startCloseTimer() {
        if (closeTimer == null && !finished) {
            closeTimer = connection.loop().schedule(options().closeTimeout().toNanos(), this::onCloseTimeout);
        }
    }

    private void onCloseTimeout() {
        limitHit(Option.CLOSE_TIMEOUT);
        cutOff(null);
    }

    private Journal journal() {
        return connection.loop().journal();
    }

    void limitHit(Option option) {
        journal().limitHit(option, connection.id());
    }

    /** Ends the connection now, with an error event if there is a message for it and the state is OPEN. */
    private void cutOff(String message) {
        cutOff = true;
        driver.abort(session.readyState() == ReadyState.OPEN ? message : null);
    }

    // -- from the connection ------------------------------------------------------------------------------------------

    @Override
    public int readSize() {
        return dispatcher == null && input.takesAll() ? LoopBuffers.LARGE_READ_SIZE : LoopBuffers.READ_SIZE;
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        if (heartbeat != null) {
            heartbeat.onBytes();
        }
        input.receive(bytes);
    }

    @Override
    public void onInputEnd() {
        driver.inputEnded();
    }

    @Override
    public void onFlushed() {
        if (!connection.isCongested()) {
            driver.outputDrained();
        }
        session.outgoing().onFlushed();
    }

    @Override
    public void onTransportFailure(IOException failure) {
        String message = "Network error: " + session.url() + ": " + failure.getMessage();
        cutOff(message);
    }

    /** No pong came, or nothing at all, for too long. */
    void onSilence(String what) {
        LOG.log(Level.INFO, "{0}: {1}", session.logName(), what);
        cutOff(what);
    }

    void onLifetimeOver() {
        limitHit(Option.LIFETIME);
        goAway(CloseCode.GOING_AWAY, "Connected for long enough");
    }

    /** A message was too much for what is left of the heap. */
    void onOutOfMemory(OutOfMemoryError error) {
        driver.fail(CloseCode.INTERNAL_ERROR.value(), "Out of memory");
        LOG.log(Level.ERROR, session.logName() + ": out of memory", error);
    }

    // -- whether to read ----------------------------------------------------------------------------------------------

    InputFlow input() {
        return input;
    }

    /** Whether the session is what the connection is at the moment. */
    boolean isActive() {
        return !finished && connection.phase() == this;
    }

    void onReadingPaused(boolean paused) {
        if (heartbeat != null) {
            heartbeat.onReadingPaused(paused);
        }
    }

    /** Ends the connection, which had more pings and pongs than it may, as it is fit for its state. */
    void onFlood(String message) {
        if (driver.state() == Driver.State.OPEN) {
            driver.fail(CloseCode.POLICY_VIOLATION.value(), message);
        } else {
            cutOff(null);
        }
    }

    // -- from the driver: input ---------------------------------------------------------------------------------------

    @Override
    public void onText(String text) {
        input.onMessage();
        countReceived();
        if (dispatcher == null) {
            if (!deliveryEnded) {
                session.listeners().text(text);
            }
        } else {
            dispatcher.dispatch(
                    () -> {
                        if (!deliveryEnded) {
                            session.listeners().text(text);
                        }
                    },
                    2L * text.length());
        }
    }

    @Override
    public void onBinary(ByteBuffer payload) {
        input.onMessage();
        countReceived();
        if (dispatcher == null) {
            if (!deliveryEnded) {
                session.listeners().binary(payload);
            }
        } else {
            ByteBuffer stable = Listeners.copy(payload);
            dispatcher.dispatch(
                    () -> {
                        if (!deliveryEnded) {
                            session.listeners().binary(stable);
                        }
                    },
                    stable.remaining());
        }
    }

    @Override
    public void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
        if (isLast) {
            input.onMessage();
            countReceived();
        }
        // They asked for it.
        session.streams().onPart(type == ExtensionMessage.Type.TEXT, payload, isLast);
    }

    /** Messages from the peer. Any thread may ask. */
    long receivedMessages() {
        return received;
    }

    /** The latest time from an automatic ping to its pong. Any thread may ask. */
    Optional<Duration> roundTripTime() {
        // Set once, before the session is open.
        Heartbeat beating = heartbeat;
        return beating == null ? Optional.empty() : beating.roundTripTime();
    }

    private void countReceived() {
        RECEIVED.lazySet(this, received + 1);
        counters.messageReceived();
    }

    @Override
    public void onMessagePending() {
        if (extensionsLag()) {
            input.pause(Pause.BY_EXTENSIONS, true);
        }
    }

    ControlFrames controlFrames() {
        if (controlFrames == null) {
            controlFrames = new ControlFrames(this, connection.loop(), options().maxControlFramesPerSecond());
        }
        return controlFrames;
    }

    @Override
    public void onPing(ByteBuffer payload) {
        controlFrames().onPing(payload);
    }

    @Override
    public void onPong(ByteBuffer payload) {
        controlFrames().onPong(payload, heartbeat);
    }

    @Override
    public void onClosing() {
        session.becomeClosing();
        startCloseTimer();
    }

    @Override
    public void onError(String message) {
        // That networks fail is no news; that a peer breaks the protocol is.
        Level level = cutOff ? Level.DEBUG : Level.INFO;
        LOG.log(level, "{0} fails: {1}", session.logName(), message.replace(session.url(), session.logName()));
        tellError(message);
    }

    private void tellError(String message) {
        deliver(
                () -> {
                    if (!deliveryEnded) {
                        session.listeners().error(message);
                    }
                },
                0);
    }

    @Override
    public void onExtensionException(String extension, Throwable thrown) {
        LOG.log(Level.WARNING, session.logName() + ": the extension " + extension + " failed", thrown);
        journal().extensionFailed(extension, thrown, connection.id());
    }

    @Override
    public void onFinished(CloseStatus status) {
        if (finished) {
            return;
        }
        finished = true;
        input.stop();
        session.leaveTopics();
        countLimitOfMessages(status);
        connection.loop().cancel(closeTimer);
        if (heartbeat != null) {
            heartbeat.stop();
        }
        session.becomeClosing();
        boolean nothingToSay = status.code() == CloseCode.ABNORMAL_CLOSURE.value()
                && status.sentCode().isEmpty();
        if (cutOff || nothingToSay) {
            connection.close();
            ended(status);
        } else {
            EndPhase.begin(
                    connection, !status.wasClean(), options().closeTimeout().toNanos(), () -> ended(status));
        }
    }

    /** Only a failure of the driver ends with a code of our own and without an answer of the peer. */
    private void countLimitOfMessages(CloseStatus status) {
        if (status.initiator() == Event.Close.Initiator.LOCAL && !status.wasClean()) {
            if (status.code() == CloseCode.MESSAGE_TOO_BIG.value()) {
                limitHit(
                        session.streams() == null
                                ? Option.MAX_LENGTH
                                : session.streams().limitOfLength());
            } else if (status.code() == CloseCode.POLICY_VIOLATION.value() && !isFlooded()) {
                limitHit(Option.MAX_FRAGMENTS);
            }
        }
    }

    private boolean isFlooded() {
        return controlFrames != null && controlFrames.areTooMany();
    }

    private void ended(CloseStatus status) {
        usedExtensions = List.of();
        session.outgoing().onClosed();
        session.becomeClosed();
        deliverClose(status);
    }

    private void deliverClose(CloseStatus status) {
        Event.Close event = new Event.Close(
                session, status.code(), status.reason(), status.wasClean(), status.initiator(), status.sentCode());
        if (opened) {
            journal().closed(session::statistics, event);
        }
        SessionStreams streams = session.streams();
        if (streams != null) {
            streams.onClosed(event);
        }
        deliver(() -> session.listeners().close(event), 0);
    }

    /** Runs an event here, or on the executor in its order. */
    void deliver(Runnable event, long payloadBytes) {
        if (dispatcher == null) {
            event.run();
        } else {
            dispatcher.dispatch(event, payloadBytes);
        }
    }

    // -- from the driver: output --------------------------------------------------------------------------------------

    @Override
    public ByteBuffer claim(int length) {
        return connection.claim(length);
    }

    @Override
    public void commit() {
        connection.commit();
    }

    @Override
    public void write(ByteBuffer bytes) {
        connection.write(bytes);
    }

    @Override
    public void share(ByteBuffer bytes) {
        connection.share(bytes);
    }

    @Override
    public void endOfMessage() {
        counters.messagesSent(1);
        session.outgoing().onMessageEncoded();
    }

    @Override
    public boolean isCongested() {
        return connection.isCongested();
    }
}
