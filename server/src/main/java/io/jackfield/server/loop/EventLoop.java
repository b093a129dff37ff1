package io.jackfield.server.loop;

import io.jackfield.codec.DriverMemory;
import io.jackfield.server.statistics.Journal;
import io.jackfield.server.statistics.LoopCounters;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A thread with a selector. It owns the channels that are registered with it for their life: all their state is touched by
 * this thread alone. Other threads hand it tasks by {@link #execute}; all other methods are for the loop's own thread,
 * except where they say otherwise.
 *
 * <p>One turn: select, call what is ready, run handed-over tasks, run due timers, look for more input if somebody has much to
 * flush, flush what wants to be flushed.
 */
public final class EventLoop implements Executor {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    /** Tasks run in one turn before channels get their chance again. */
    private static final int TASKS_PER_TURN = 1024;

    /** Turns that fail one behind the other before the loop ends, so that it does not spin for ever. */
    private static final int MAX_FAILED_TURNS = 100;

    /** How often one turn looks for more input before what costs much is flushed. */
    private static final int LOOKS_FOR_MORE = 4;

    /** Flushables that wait for the end of the turn: each may hold a chunk of the loop's buffers until then. */
    private static final int DIRTY_AT_MOST = 256;

    private final Thread thread;
    private final Selector selector;
    private final LoopBuffers buffers;
    private final Journal journal;
    private final LoopCounters counters;
    private final DriverMemory driverMemory = new DriverMemory();
    private final Consumer<SelectionKey> dispatch = this::dispatch;

    /** Of connections that no selector knows: changed by the loop, walked over by any thread. */
    private final Set<AdoptedKey> adopted = ConcurrentHashMap.newKeySet();

    // Handed over by other threads.
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private volatile boolean stopping;

    // Behind the end of the thread: tasks run on whichever thread hands them over, those that wait counted here.
    private volatile boolean ended;
    private final AtomicInteger late = new AtomicInteger();

    // The loop's own.
    private final TimerWheel timers;
    private List<Flushable> dirty = new ArrayList<>();
    private List<Flushable> flushing = new ArrayList<>();
    private Flushable gathering;
    private boolean moreWanted;
    private long now = System.nanoTime();
    private boolean nowIsStale;
    private int failedTurns;

    /**
     * Makes a loop that does not run yet.
     *
     * @param name the name of its thread
     * @param journal takes down what happens on it
     * @throws IOException if the system gives no selector
     */
    public EventLoop(String name, Journal journal) throws IOException {
        selector = Selector.open();
        timers = new TimerWheel(now, this::runAndFlushMany);
        buffers = new LoopBuffers();
        this.journal = journal;
        counters = journal.newLoop();
        thread = new LoopThread(this::run, name);
    }

    /** Starts the thread. Any thread may call it, once. */
    public void start() {
        thread.start();
    }

    /** Asks the loop to end after this turn; its channels are closed then. Any thread may call it. */
    public void stop() {
        stopping = true;
        selector.wakeup();
    }

    /** Gives up a loop that was never started. */
    void discard() {
        closeSelector();
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Waits until the thread has ended. Not for the loop's own thread. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /** Whether the calling thread is the loop's. Any thread may call it. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** Whether the calling thread is a loop's, this or another: one that must not wait. Any thread may call it. */
    public static boolean isCurrentThreadALoop() {
        return Thread.currentThread() instanceof LoopThread;
    }

    /** Tells the threads of loops from others. */
    private static final class LoopThread extends Thread {
        LoopThread(Runnable turns, String name) {
            super(turns, name);
        }
    }

    /**
     * Runs a task on the loop's thread, later, in order. Any thread may call it; many calls cost one wake-up. When the loop
     * has ended, the task runs on the calling thread, or behind another on that one's: what a task is to complete or to
     * close does not wait for ever.
     */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            runLateTasks();
        } else if (!inLoop() && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /**
     * Registers a channel.
     *
     * @param channel a channel in non-blocking mode
     * @param ops what to wait for
     * @param attachment what to call
     * @return its key
     * @throws IOException if the channel is closed
     */
    public SelectionKey register(SelectableChannel channel, int ops, Selectable attachment) throws IOException {
        return channel.register(selector, ops, attachment);
    }

    /**
     * Takes in a connection that somebody else reads and writes.
     *
     * @param key a new key of this loop, with what to call as its attachment
     */
    public void adopt(AdoptedKey key) {
        adopted.add(key);
    }

    void release(AdoptedKey key) {
        adopted.remove(key);
    }

    /**
     * Starts a timer.
     *
     * @param delayNanos from now
     * @param action runs on the loop's thread
     * @return the timer, to cancel it
     */
    public Timer schedule(long delayNanos, Runnable action) {
        // The loop's own time may be old by the work of this turn: timers must never run early.
        return timers.schedule(System.nanoTime(), delayNanos, action);
    }

    /**
     * Cancels a timer.
     *
     * @param timer one of this loop, or null
     */
    public void cancel(Timer timer) {
        if (timer != null) {
            timers.cancel(timer);
        }
    }

    /** The time in nanoseconds at which this turn's work began, read at most once a turn, on the scale of {@code System.nanoTime()}. */
    public long now() {
        if (nowIsStale) {
            now = System.nanoTime();
            nowIsStale = false;
            counters.turnBegins(now);
        }
        return now;
    }

    /** The timers that are to run. */
    int pendingTimers() {
        return timers.pending();
    }

    /** The buffers that connections of this loop share. */
    public LoopBuffers buffers() {
        return buffers;
    }

    /** What the drivers of this loop share. */
    public DriverMemory driverMemory() {
        return driverMemory;
    }

    /** Takes down what happens seldom. Any thread may ask. */
    public Journal journal() {
        return journal;
    }

    /** What this loop counts. */
    public LoopCounters counters() {
        return counters;
    }

    /** Has the flushable flushed at the end of this turn. The caller sees to it that it asks once. */
    public void flushLater(Flushable flushable) {
        dirty.add(flushable);
    }

    /**
     * Has the loop look for more input before it flushes: what comes meanwhile can leave together with what waits. A look
     * costs as much as writing to one channel or two.
     */
    public void lookForMore() {
        moreWanted = true;
    }

    /**
     * Begins to gather output for many channels: what another has gathered before is flushed first, so that each channel
     * gets all in order.
     *
     * @param next who gathers from now on
     */
    public void gather(Flushable next) {
        Flushable before = gathering;
        gathering = next;
        if (before != null && before != next) {
            flush(before);
        }
    }

    /** Forgets who gathers, if it is this one: everything is flushed. */
    public void endGathering(Flushable flushed) {
        if (gathering == flushed) {
            gathering = null;
        }
    }

    /**
     * The attachments of all registered channels and adopted keys, as they are now; none when the loop has ended. Any thread
     * may ask: a selector's keys can be walked over while others come and go.
     */
    public List<Selectable> attachments() {
        List<Selectable> attachments = new ArrayList<>();
        try {
            for (SelectionKey key : selector.keys()) {
                if (key.isValid() && key.attachment() instanceof Selectable selectable) {
                    attachments.add(selectable);
                }
            }
        } catch (ClosedSelectorException e) {
            // The loop has ended; so have its channels.
            return List.of();
        }
        for (AdoptedKey key : adopted) {
            attachments.add((Selectable) key.attachment());
        }
        return attachments;
    }

    private void run() {
        try {
            while (!stopping) {
                runTurn();
            }
        } catch (IOException | RuntimeException | Error e) {
            log("Event loop " + thread.getName() + " ends", e);
        } finally {
            end();
        }
    }

    /** An error of the loop itself, such as a lack of memory that will pass, is no reason to drop all connections. */
    private void runTurn() throws IOException {
        try {
            turn();
            failedTurns = 0;
        } catch (RuntimeException | Error e) {
            failedTurns++;
            if (failedTurns == MAX_FAILED_TURNS) {
                throw e;
            }
            log("A turn of " + thread.getName() + " failed", e);
        }
    }

    /** Logs, if there is memory for it. */
    private static void log(String message, Throwable thrown) {
        try {
            LOG.log(Level.ERROR, message, thrown);
        } catch (RuntimeException | Error e) {
            // What cannot be logged is lost; what it is about must be ended all the same.
        }
    }

    private void turn() throws IOException {
        nowIsStale = true;
        if (tasks.isEmpty()) {
            long end = System.nanoTime();
            counters.turnEnds(end);
            long nanos = timers.nanosToNext(end);
            if (nanos == Long.MAX_VALUE) {
                selector.select(dispatch);
            } else {
                // Rounded up: a timer that is not due yet would otherwise spin.
                selector.select(dispatch, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
            }
        } else {
            selector.selectNow(dispatch);
        }
        awake.set(false);
        now();
        runTasks();
        timers.advance(now());
        for (int looks = 0; moreWanted && looks < LOOKS_FOR_MORE; looks++) {
            moreWanted = false;
            selector.selectNow(dispatch);
            runTasks();
        }
        flushDirty();
    }

    private void dispatch(SelectionKey key) {
        // The turn begins with the first that is ready.
        now();
        Selectable selectable = (Selectable) key.attachment();
        // One that was ready before may have closed this one.
        if (key.isValid()) {
            call(selectable, key.readyOps());
        }
    }

    /** Tells that something is ready. Where that fails it is given up, and nothing else. */
    void call(Selectable selectable, int readyOps) {
        try {
            selectable.onReady(readyOps);
        } catch (RuntimeException | Error e) {
            fail(selectable, e);
        }
    }

    private static void fail(Selectable selectable, Throwable thrown) {
        log("A connection is given up", thrown);
        try {
            selectable.onFailure(thrown);
        } catch (RuntimeException | Error e) {
            log("A connection could not be closed", e);
        }
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            runAndFlushMany(task);
        }
    }

    /** Runs a task or a timer's action. Pings of thousands of connections may be due in one turn. */
    private void runAndFlushMany(Runnable task) {
        runSafely(task);
        if (dirty.size() >= DIRTY_AT_MOST) {
            flushDirty();
        }
    }

    private void flushDirty() {
        // Flushing may make others dirty: a drain listener that sends, say.
        while (!dirty.isEmpty()) {
            List<Flushable> round = dirty;
            dirty = flushing;
            flushing = round;
            for (int i = 0; i < round.size(); i++) {
                flush(round.get(i));
            }
            round.clear();
        }
    }

    private static void flush(Flushable flushable) {
        try {
            flushable.flush();
        } catch (RuntimeException | Error e) {
            fail(flushable, e);
        }
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log("A task failed", e);
        }
    }

    /** What was handed over last may register channels, and the end of a channel may hand over more. */
    private void end() {
        boolean more = true;
        while (more) {
            runTasks();
            List<SelectionKey> open =
                    selector.keys().stream().filter(SelectionKey::isValid).toList();
            open.forEach(EventLoop::end);
            adopted.forEach(EventLoop::end);
            more = !open.isEmpty() || !adopted.isEmpty() || !tasks.isEmpty();
        }
        closeSelector();
        ended = true;
        // Those that came behind the last look at the tasks, from threads that did not see the end yet.
        runLateTasks();
    }

    /** Its channels are closed, its selector takes no more: so the tasks fail as they do on a closed connection. */
    private void runLateTasks() {
        // As on the loop, one at a time: the thread that comes first runs what others hand over meanwhile.
        if (late.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            while (!tasks.isEmpty()) {
                runTasks();
            }
            seen = late.addAndGet(-seen);
        } while (seen > 0);
    }

    private static void end(SelectionKey key) {
        if (key.attachment() instanceof Selectable selectable) {
            runSafely(() -> selectable.onFailure(new IOException("the server stopped")));
        }
        try {
            key.channel().close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A channel could not be closed: {0}", e.getMessage());
        }
    }

    private static void end(AdoptedKey key) {
        runSafely(() -> ((Selectable) key.attachment()).onFailure(new IOException("the server stopped")));
        key.cancel();
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A selector could not be closed: " + e.getMessage());
        }
    }
}
