package io.jackfield.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.statistics.Journal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoopGroupTest {

    @Test
    void connectionsAreSpreadInTurn() throws Exception {
        LoopGroup group = LoopGroup.start(3, "spread", new Journal());
        try {
            List<EventLoop> loops = group.all();
            assertEquals(3, loops.size());
            for (int i = 0; i < 10; i++) {
                assertSame(loops.get(i % 3), group.next());
            }
        } finally {
            group.stop();
        }
    }

    @Test
    @DisplayName("R-95: no thread is left behind a stop")
    void stopLeavesNoThread() throws Exception {
        LoopGroup group = LoopGroup.start(3, "vanishing", new Journal());
        assertEquals(3, threadsNamed("vanishing"));
        group.stop();
        assertTrue(group.all().stream().allMatch(EventLoop::hasEnded));
        assertEquals(0, threadsNamed("vanishing"));
        group.stop();
    }

    @Test
    void aLoopThatStopsTheGroupDoesNotWaitForItself() throws Exception {
        LoopGroup group = LoopGroup.start(2, "suicidal", new Journal());
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        assertFalse(group.inLoop());
        group.next().execute(() -> {
            boolean inside = group.inLoop();
            group.stop();
            stopped.complete(inside);
        });
        assertTrue(stopped.get(20, TimeUnit.SECONDS));
        group.stop();
        assertEquals(0, threadsNamed("suicidal"));
    }

    @Test
    void anInterruptedStopWaitsNeverthelessAndKeepsTheInterrupt() throws Exception {
        LoopGroup group = LoopGroup.start(1, "patient", new Journal());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread stopper = new Thread(() -> {
            Thread.currentThread().interrupt();
            group.stop();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        stopper.start();
        assertTrue(interrupted.get(20, TimeUnit.SECONDS));
        assertEquals(0, threadsNamed("patient"));
        stopper.join();
    }

    private static long threadsNamed(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix + "-"))
                .filter(Thread::isAlive)
                .count();
    }
}
