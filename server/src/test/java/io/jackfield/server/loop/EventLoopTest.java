package io.jackfield.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventLoopTest {

    /** One end of a pipe in a loop: counts what happens to it. */
    private static class Probe implements Flushable {
        final Pipe pipe;
        final CompletableFuture<Integer> ready = new CompletableFuture<>();
        final CompletableFuture<Throwable> failed = new CompletableFuture<>();

        Probe() throws IOException {
            pipe = Pipe.open();
            pipe.source().configureBlocking(false);
        }

        void register(EventLoop loop) {
            try {
                loop.register(pipe.source(), SelectionKey.OP_READ, this);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void poke() throws IOException {
            pipe.sink().write(ByteBuffer.allocate(1));
        }

        @Override
        public void onReady(int readyOps) {
            read();
            ready.complete(readyOps);
        }

        final int read() {
            try {
                return pipe.source().read(ByteBuffer.allocate(16));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onFailure(Throwable thrown) {
            failed.complete(thrown);
        }

        @Override
        public void flush() {}
    }

    @Test
    @DisplayName(
            "R-93: what many timers and tasks of one turn write is flushed on the way, so that few buffers are held at once")
    void manyThatWroteAreFlushedWithinTheTurn() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            int[] waiting = new int[2];
            Runnable write = () -> {
                waiting[0]++;
                waiting[1] = Math.max(waiting[0], waiting[1]);
                running.loop.flushLater(new Flushable() {
                    @Override
                    public void flush() {
                        waiting[0]--;
                    }

                    @Override
                    public void onReady(int readyOps) {}

                    @Override
                    public void onFailure(Throwable thrown) {}
                });
            };
            CompletableFuture<Void> timersRan = new CompletableFuture<>();
            running.call(() -> {
                for (int i = 0; i < 1_000; i++) {
                    running.loop.schedule(0, write);
                    running.loop.execute(write);
                }
                return running.loop.schedule(TimeUnit.MILLISECONDS.toNanos(50), () -> timersRan.complete(null));
            });
            RunningLoop.await(timersRan);
            running.turn();
            assertEquals(0, running.call(() -> waiting[0]));
            assertTrue(running.call(() -> waiting[1]) <= 256, () -> waiting[1] + " held something at once");
        }
    }

    @Test
    @DisplayName("What comes while a turn ends leaves with it, if somebody has much to write")
    void looksForMoreBeforeItFlushes() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<String> order = new ArrayList<>();
            CompletableFuture<Void> flushed = new CompletableFuture<>();
            Probe later = new Probe() {
                @Override
                public void onReady(int readyOps) {
                    read();
                    order.add("later");
                }
            };
            Probe first = new Probe() {
                @Override
                public void onReady(int readyOps) {
                    read();
                    order.add("first");
                    running.loop.flushLater(this);
                    running.loop.lookForMore();
                    try {
                        later.poke();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public void flush() {
                    order.add("flush");
                    flushed.complete(null);
                }
            };
            running.call(() -> {
                later.register(running.loop);
                first.register(running.loop);
                return null;
            });
            first.poke();
            RunningLoop.await(flushed);
            assertEquals(List.of("first", "later", "flush"), running.call(() -> List.copyOf(order)));
        }
    }

    @Test
    @DisplayName("Input that never ends does not keep a turn from its end")
    void looksForMoreOnlySoOften() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            int[] looks = new int[1];
            CompletableFuture<Integer> looksUntilFlush = new CompletableFuture<>();
            Probe endless = new Probe() {
                @Override
                public void onReady(int readyOps) {
                    looks[0]++;
                    running.loop.flushLater(this);
                    running.loop.lookForMore();
                }

                @Override
                public void flush() {
                    looksUntilFlush.complete(looks[0]);
                    read();
                }
            };
            running.call(() -> {
                endless.register(running.loop);
                return null;
            });
            endless.poke();
            assertEquals(5, RunningLoop.await(looksUntilFlush));
        }
    }

    @Test
    void tasksRunInOrderOnTheLoopsThread() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                running.loop.execute(() -> order.add(running.loop.inLoop() ? number : -1));
            }
            List<Integer> seen = running.call(() -> List.copyOf(order));
            assertEquals(5_000, seen.size());
            for (int i = 0; i < seen.size(); i++) {
                assertEquals(i, seen.get(i));
            }
            assertFalse(running.loop.inLoop());
        }
    }

    @Test
    void tasksOfOneThreadStayInOrderAmongThoseOfOthers() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            int[] last = {-1, -1, -1};
            List<String> disorder = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < last.length; t++) {
                int thread = t;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        int number = i;
                        running.loop.execute(() -> {
                            if (last[thread] != number - 1) {
                                disorder.add(thread + ": " + number + " behind " + last[thread]);
                            }
                            last[thread] = number;
                        });
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), running.call(() -> List.copyOf(disorder)));
            assertEquals(List.of(2999, 2999, 2999), running.call(() -> List.of(last[0], last[1], last[2])));
        }
    }

    @Test
    void aTaskHandedOverByATaskRunsInALaterTurnOfTheQueue() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<String> order = new ArrayList<>();
            CompletableFuture<Void> done = new CompletableFuture<>();
            running.loop.execute(() -> {
                running.loop.execute(() -> {
                    order.add("inner");
                    done.complete(null);
                });
                order.add("outer");
            });
            RunningLoop.await(done);
            assertEquals(List.of("outer", "inner"), running.call(() -> List.copyOf(order)));
        }
    }

    @Test
    @DisplayName("R-94: tasks without end do not keep channels and timers from their turn")
    void endlessTasksLeaveOthersTheirTurn() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe probe = new Probe();
            CompletableFuture<Void> timer = new CompletableFuture<>();
            boolean[] enough = new boolean[1];
            Runnable[] again = new Runnable[1];
            again[0] = () -> {
                if (!enough[0]) {
                    running.loop.execute(again[0]);
                }
            };
            running.loop.execute(() -> {
                probe.register(running.loop);
                running.loop.schedule(TimeUnit.MILLISECONDS.toNanos(5), () -> timer.complete(null));
                for (int i = 0; i < 2_000; i++) {
                    running.loop.execute(again[0]);
                }
            });
            probe.poke();
            assertEquals(SelectionKey.OP_READ, RunningLoop.await(probe.ready));
            RunningLoop.await(timer);
            running.loop.execute(() -> enough[0] = true);
            running.turn();
        }
    }

    @Test
    @DisplayName("R-95: a task that throws ends neither the loop nor another task")
    void aTaskThatThrowsHarmsNoOther() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            running.loop.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            running.loop.execute(() -> {
                throw new StackOverflowError("on purpose");
            });
            assertEquals("still here", running.call(() -> "still here"));
        }
    }

    @Test
    @DisplayName("R-95: a timer that throws ends neither the loop nor another timer")
    void aTimerThatThrowsHarmsNoOther() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            CompletableFuture<Void> second = new CompletableFuture<>();
            running.loop.execute(() -> {
                running.loop.schedule(1, () -> {
                    throw new IllegalStateException("on purpose");
                });
                running.loop.schedule(1, () -> second.complete(null));
            });
            RunningLoop.await(second);
        }
    }

    @Test
    void timersRunOnTheLoopNotBeforeTheirTime() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            CompletableFuture<Long> elapsed = new CompletableFuture<>();
            long delay = TimeUnit.MILLISECONDS.toNanos(30);
            running.loop.execute(() -> {
                long start = System.nanoTime();
                running.loop.schedule(delay, () -> {
                    assertTrue(running.loop.inLoop());
                    elapsed.complete(System.nanoTime() - start);
                });
            });
            long nanos = RunningLoop.await(elapsed);
            assertTrue(nanos >= delay, () -> "after " + nanos);
        }
    }

    @Test
    void aCancelledTimerDoesNotRunAndNullIsNoTimer() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            CompletableFuture<String> first = new CompletableFuture<>();
            running.loop.execute(() -> {
                Timer cancelled =
                        running.loop.schedule(TimeUnit.MILLISECONDS.toNanos(1), () -> first.complete("cancelled"));
                running.loop.schedule(TimeUnit.MILLISECONDS.toNanos(40), () -> first.complete("kept"));
                running.loop.cancel(cancelled);
                running.loop.cancel(null);
            });
            assertEquals("kept", RunningLoop.await(first));
        }
    }

    @Test
    void nowStandsStillForATurn() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            CompletableFuture<Boolean> same = new CompletableFuture<>();
            running.loop.execute(() -> {
                long first = running.loop.now();
                while (System.nanoTime() - first < 1_000_000) {
                    Thread.onSpinWait();
                }
                same.complete(first == running.loop.now());
            });
            assertTrue(RunningLoop.await(same));
        }
    }

    @Test
    @DisplayName("R-94, R-95: a channel that throws is given up, the others are served")
    void aChannelThatThrowsIsGivenUpAlone() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe bad = new Probe() {
                @Override
                public void onReady(int readyOps) {
                    throw new IllegalStateException("on purpose");
                }

                @Override
                public void onFailure(Throwable thrown) {
                    read();
                    super.onFailure(thrown);
                    throw new IllegalStateException("again");
                }
            };
            Probe good = new Probe();
            running.loop.execute(() -> {
                bad.register(running.loop);
                good.register(running.loop);
            });
            bad.poke();
            assertEquals("on purpose", RunningLoop.await(bad.failed).getMessage());
            good.poke();
            assertEquals(SelectionKey.OP_READ, RunningLoop.await(good.ready));
        }
    }

    @Test
    void aChannelThatAnotherOneClosedIsNotCalled() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            // Both are ready in one turn; whichever comes first closes the other.
            Probe[] probes = new Probe[2];
            List<Probe> called = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int other = 1 - i;
                probes[i] = new Probe() {
                    @Override
                    public void onReady(int readyOps) {
                        called.add(this);
                        try {
                            probes[other].pipe.source().close();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                        super.onReady(readyOps);
                    }
                };
                probes[i].poke();
            }
            running.loop.execute(() -> {
                probes[0].register(running.loop);
                probes[1].register(running.loop);
            });
            running.turn();
            CompletableFuture.anyOf(probes[0].ready, probes[1].ready).get(20, TimeUnit.SECONDS);
            assertEquals(1, running.call(called::size));
            assertFalse(probes[0].failed.isDone());
            assertFalse(probes[1].failed.isDone());
        }
    }

    @Test
    void whatAsksDuringAFlushIsFlushedInTheSameTurn() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            List<String> order = new ArrayList<>();
            CompletableFuture<List<String>> seen = new CompletableFuture<>();
            Probe second = new Probe() {
                @Override
                public void flush() {
                    order.add("second");
                }
            };
            Probe first = new Probe() {
                @Override
                public void flush() {
                    order.add("first");
                    if (order.size() == 1) {
                        running.loop.flushLater(second);
                        running.loop.flushLater(this);
                        running.loop.execute(() -> seen.complete(List.copyOf(order)));
                    }
                }
            };
            running.loop.execute(() -> running.loop.flushLater(first));
            assertEquals(List.of("first", "second", "first"), RunningLoop.await(seen));
        }
    }

    @Test
    @DisplayName("R-95: a flush that throws gives up its channel, not the loop")
    void aFlushThatThrowsHarmsNoOther() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            CompletableFuture<Void> flushed = new CompletableFuture<>();
            Probe bad = new Probe() {
                @Override
                public void flush() {
                    throw new IllegalStateException("on purpose");
                }
            };
            Probe good = new Probe() {
                @Override
                public void flush() {
                    flushed.complete(null);
                }
            };
            running.loop.execute(() -> {
                running.loop.flushLater(bad);
                running.loop.flushLater(good);
            });
            RunningLoop.await(flushed);
            assertEquals("on purpose", RunningLoop.await(bad.failed).getMessage());
            assertEquals(1, running.call(() -> 1));
        }
    }

    @Test
    void stopTellsAndClosesEveryChannel() throws Exception {
        Probe told = new Probe();
        Probe throwing = new Probe() {
            @Override
            public void onFailure(Throwable thrown) {
                super.onFailure(thrown);
                throw new IllegalStateException("on purpose");
            }
        };
        RunningLoop running = new RunningLoop();
        running.loop.execute(() -> {
            told.register(running.loop);
            throwing.register(running.loop);
        });
        running.turn();
        assertEquals(2, running.call(() -> running.loop.attachments().size()));
        running.close();
        assertTrue(running.loop.hasEnded());
        assertInstanceOf(IOException.class, told.failed.getNow(null));
        assertInstanceOf(IOException.class, throwing.failed.getNow(null));
        assertFalse(told.pipe.source().isOpen());
        assertFalse(throwing.pipe.source().isOpen());
    }

    @Test
    void tasksThatWereHandedOverBeforeTheStopStillRun() throws Exception {
        RunningLoop running = new RunningLoop();
        Probe late = new Probe();
        CompletableFuture<String> chained = new CompletableFuture<>();
        running.loop.execute(() -> {
            running.loop.stop();
            running.loop.execute(() -> {
                late.register(running.loop);
                running.loop.execute(() -> chained.complete("ran"));
            });
        });
        running.loop.awaitEnd();
        assertEquals("ran", chained.getNow(null));
        assertFalse(late.pipe.source().isOpen());
    }

    @Test
    @DisplayName("R-65 R-95: what comes behind the end of a loop runs all the same, one task at a time and in order")
    void tasksThatAreHandedOverBehindTheEndStillRun() throws Exception {
        RunningLoop running = new RunningLoop();
        running.close();
        List<String> ran = new ArrayList<>();
        running.loop.execute(() -> {
            running.loop.execute(() -> ran.add("third"));
            running.loop.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            running.loop.execute(() -> ran.add("fourth"));
            ran.add("first");
            ran.add("second");
        });
        assertEquals(List.of("first", "second", "third", "fourth"), ran);
    }

    @Test
    @DisplayName("R-95: while a loop ends, threads hand it tasks, none of which is lost")
    void noTaskIsLostWhileALoopEnds() throws Exception {
        for (int round = 0; round < 200; round++) {
            RunningLoop running = new RunningLoop();
            CountDownLatch ran = new CountDownLatch(2 * 50);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(() -> {
                    for (int task = 0; task < 50; task++) {
                        running.loop.execute(ran::countDown);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            running.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertTrue(ran.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void anAwakeLoopThatIdledStillHearsOfTasks() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                assertEquals(number, running.call(() -> number));
            }
        }
    }

    @Test
    void onlySelectablesThatAreOpenAreAttachments() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            Probe probe = new Probe();
            assertEquals(List.of(), running.call(running.loop::attachments));
            running.loop.execute(() -> probe.register(running.loop));
            assertEquals(List.of(probe), running.call(running.loop::attachments));
            running.call(() -> {
                try {
                    probe.pipe.source().close();
                    return null;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertEquals(List.of(), running.call(running.loop::attachments));
            assertNull(probe.failed.getNow(null));
        }
    }
}
