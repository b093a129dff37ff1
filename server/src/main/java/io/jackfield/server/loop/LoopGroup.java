package io.jackfield.server.loop;

import io.jackfield.server.statistics.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The loops of a server. Connections are spread over them in turn. Thread-safe. */
public final class LoopGroup {

    private final List<EventLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    private LoopGroup(List<EventLoop> loops) {
        this.loops = loops;
    }

    /**
     * Starts loops.
     *
     * @param size how many, at least 1
     * @param name the beginning of their threads' names
     * @param journal takes down what happens on them
     * @return the running loops
     * @throws IOException if the system gives no selector
     */
    public static LoopGroup start(int size, String name, Journal journal) throws IOException {
        List<EventLoop> loops = new ArrayList<>();
        try {
            for (int i = 1; i <= size; i++) {
                loops.add(new EventLoop(name + "-" + i, journal));
            }
        } finally {
            if (loops.size() < size) {
                loops.forEach(EventLoop::discard);
            }
        }
        loops.forEach(EventLoop::start);
        return new LoopGroup(List.copyOf(loops));
    }

    /** The loop for the next connection. */
    public EventLoop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** All loops. */
    public List<EventLoop> all() {
        return loops;
    }

    /** Whether the calling thread is one of the loops'. */
    public boolean inLoop() {
        return loops.stream().anyMatch(EventLoop::inLoop);
    }

    /** Ends all loops. Waits for them, unless the calling thread is one of them. */
    public void stop() {
        loops.forEach(EventLoop::stop);
        boolean interrupted = false;
        for (EventLoop loop : loops) {
            while (!inLoop() && !loop.hasEnded()) {
                try {
                    loop.awaitEnd();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
