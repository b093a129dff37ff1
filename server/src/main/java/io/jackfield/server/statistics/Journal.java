package io.jackfield.server.statistics;

import io.jackfield.api.Event;
import io.jackfield.api.Option;
import io.jackfield.api.statistics.ConnectionObserver;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.statistics.RefusalReason;
import io.jackfield.api.statistics.RefusedHandshake;
import io.jackfield.api.statistics.ServerStatistics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Takes down what happens in a server and is worth being told: counts it, has it recorded, and tells observers. One a server, from its
 * making on; reached through the event loop. Thread-safe; for what happens seldom, not for each message.
 */
public final class Journal {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private final List<LoopCounters> loops = new CopyOnWriteArrayList<>();
    private final List<ConnectionObserver> observers = new CopyOnWriteArrayList<>();

    private final Recorder recorder;
    private final AtomicLong connections = new AtomicLong();
    private final LongAdder acceptedHandshakes = new LongAdder();
    private final LongAdder plainRequests = new LongAdder();
    private final LongAdder extensionFailures = new LongAdder();
    private final Tally<RefusalReason> refusals = new Tally<>();
    private final Tally<Integer> closeCodes = new Tally<>();
    private final Tally<Option> limitHits = new Tally<>();

    /** A journal that nobody reads but us. */
    public Journal() {
        this(Recorder.NONE);
    }

    /**
     * An empty journal.
     *
     * @param recorder records single events
     */
    public Journal(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Records what is too frequent, or too rarely wanted, for this journal. */
    public Recorder recorder() {
        return recorder;
    }

    /** The counters for one more loop. */
    public LoopCounters newLoop() {
        LoopCounters counters = new LoopCounters(System.nanoTime());
        loops.add(counters);
        return counters;
    }

    /**
     * Lets somebody hear of connections.
     *
     * @param observer who
     */
    public void add(ConnectionObserver observer) {
        observers.add(observer);
    }

    /**
     * Ends that.
     *
     * @param observer who
     */
    public void remove(ConnectionObserver observer) {
        observers.remove(observer);
    }

    // -- what happens -------------------------------------------------------------------------------------------------

    /** A network connection was accepted; its number. */
    public long connectionAccepted() {
        return connections.incrementAndGet();
    }

    /** A plain HTTP request was answered. */
    public void plainRequestAnswered() {
        plainRequests.increment();
    }

    /**
     * An opening handshake was refused.
     *
     * @param handshake what is known of it
     */
    public void handshakeRefused(RefusedHandshake handshake) {
        refusals.count(handshake.reason());
        recorder.handshakeRefused(handshake);
        tell(observer -> observer.refused(handshake));
    }

    /**
     * A WebSocket is open.
     *
     * @param connection makes its figures
     */
    public void opened(Supplier<ConnectionStatistics> connection) {
        acceptedHandshakes.increment();
        if (!observers.isEmpty() || recorder.wantsConnections()) {
            ConnectionStatistics figures = connection.get();
            recorder.handshakeAccepted(figures);
            tell(observer -> observer.opened(figures));
        }
    }

    /**
     * A WebSocket that was open is closed.
     *
     * @param connection makes its figures
     * @param event its close event
     */
    public void closed(Supplier<ConnectionStatistics> connection, Event.Close event) {
        closeCodes.count(event.code());
        if (!observers.isEmpty() || recorder.wantsConnections()) {
            ConnectionStatistics figures = connection.get();
            recorder.connectionClosed(figures, event);
            tell(observer -> observer.closed(figures, event.code(), event.reason(), event.initiator()));
        }
    }

    /**
     * Something reached a limit or timeout of the options: a message that is too long, a pong that did not come. Call it
     * where the limit is enforced, once for each time that it is.
     *
     * @param option whose value was the limit
     * @param connection the number of the connection
     */
    public void limitHit(Option option, long connection) {
        limitHits.count(option);
        recorder.limitHit(option, connection);
    }

    /**
     * An extension failed: threw something other than an {@link io.jackfield.api.extension.ExtensionException}.
     *
     * @param extension its name, or "" if that is not known
     * @param thrown what it threw
     * @param connection the number of the connection
     */
    public void extensionFailed(String extension, Throwable thrown, long connection) {
        extensionFailures.increment();
        recorder.extensionFailed(extension, thrown, connection);
    }

    private void tell(Consumer<ConnectionObserver> event) {
        for (ConnectionObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "A connection observer failed", e);
            }
        }
    }

    // -- what is known of it ------------------------------------------------------------------------------------------

    /**
     * The figures of the server.
     *
     * @param uptime how long it has been listening
     * @param openConnections WebSocket connections
     * @param openingConnections connections in their opening handshake
     * @param bufferedBytes what waits to be sent
     * @return a snapshot
     */
    public ServerStatistics statistics(
            Duration uptime, int openConnections, int openingConnections, long bufferedBytes) {
        long now = System.nanoTime();
        long lagNanos =
                loops.stream().mapToLong(loop -> loop.lagNanos(now)).max().orElse(0);
        return new ServerFigures(
                uptime,
                loops.size(),
                openConnections,
                openingConnections,
                connections.get(),
                acceptedHandshakes.sum(),
                refusals.snapshot(),
                plainRequests.sum(),
                sum(LoopCounters::receivedMessages),
                sum(LoopCounters::receivedBytes),
                sum(LoopCounters::sentMessages),
                sum(LoopCounters::sentBytes),
                bufferedBytes,
                closeCodes.snapshot(),
                limitHits.snapshot(),
                extensionFailures.sum(),
                Duration.ofNanos(lagNanos),
                Duration.ofNanos(sum(LoopCounters::busyNanos)));
    }

    private long sum(ToLongFunction<LoopCounters> counter) {
        return loops.stream().mapToLong(counter).sum();
    }
}
