package io.jackfield.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The wheel with a clock that the tests turn. */
class TimerWheelTest {

    private static final long TICK = TimerWheel.TICK_NANOS;
    private static final long ORIGIN = Long.MAX_VALUE - 17 * TICK;

    private final List<String> ran = new ArrayList<>();
    private final TimerWheel wheel = new TimerWheel(ORIGIN, Runnable::run);
    private long now = ORIGIN;
    private long advancedTo = ORIGIN;

    private Timer after(long nanos, String name) {
        return wheel.schedule(now, nanos, () -> ran.add(name));
    }

    private void advance(long nanos) {
        now += nanos;
        advancedTo = now;
        wheel.advance(now);
    }

    @Test
    void timersRunNeverEarlyAndAtMostOneTickLate() {
        advance(TICK / 3);
        after(5 * TICK + 1, "a");
        advance(5 * TICK);
        assertEquals(List.of(), ran);
        advance(TICK + 1);
        assertEquals(List.of("a"), ran);
        assertEquals(0, wheel.pending());
    }

    @Test
    void aDelayOfNothingRunsWithTheNextTick() {
        after(0, "zero");
        after(-5, "negative");
        wheel.advance(now);
        assertEquals(List.of(), ran);
        advance(TICK);
        assertEquals(List.of("zero", "negative"), ran);
    }

    @Test
    void aCancelledTimerDoesNotRun() {
        after(TICK, "a");
        Timer cancelled = after(TICK, "b");
        after(TICK, "c");
        wheel.cancel(cancelled);
        assertFalse(cancelled.isPending());
        assertEquals(2, wheel.pending());
        advance(2 * TICK);
        assertEquals(List.of("a", "c"), ran);
        wheel.cancel(cancelled);
        assertEquals(0, wheel.pending());
    }

    @Test
    void cancellingATimerThatRanDoesNothing() {
        Timer timer = after(TICK, "a");
        advance(TICK);
        Timer other = after(TICK, "b");
        wheel.cancel(timer);
        assertTrue(other.isPending());
        assertEquals(1, wheel.pending());
    }

    @Test
    void anActionMayCancelAnotherThatIsDue() {
        Timer[] victims = new Timer[2];
        wheel.schedule(now, TICK, () -> {
            ran.add("a");
            wheel.cancel(victims[0]);
            wheel.cancel(victims[1]);
        });
        victims[0] = after(TICK, "next");
        after(TICK, "spared");
        victims[1] = after(TICK, "last");
        advance(TICK);
        assertEquals(List.of("a", "spared"), ran);
        assertEquals(0, wheel.pending());
    }

    @Test
    void anActionMayScheduleItselfAgain() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            ran.add("x");
            wheel.schedule(now, 0, again[0]);
        };
        wheel.schedule(now, 0, again[0]);
        for (int i = 0; i < 5; i++) {
            advance(TICK);
        }
        assertEquals(5, ran.size());
        assertEquals(1, wheel.pending());
    }

    @Test
    void timersOfAnotherTurnOfTheWheelStayInTheirSlot() {
        after(TICK, "this turn");
        after(TICK + 1024 * TICK, "next turn");
        after(TICK + 2048 * TICK, "the turn behind it");
        advance(TICK);
        assertEquals(List.of("this turn"), ran);
        advance(1023 * TICK);
        assertEquals(List.of("this turn"), ran);
        advance(TICK);
        assertEquals(List.of("this turn", "next turn"), ran);
        advance(1024 * TICK);
        assertEquals(List.of("this turn", "next turn", "the turn behind it"), ran);
    }

    @Test
    void afterALongStallEverythingThatIsDueRunsOnce() {
        for (int i = 1; i <= 3000; i++) {
            after(i * TICK, "t" + i);
        }
        after(5000 * TICK, "later");
        advance(4000 * TICK + TICK / 2);
        assertEquals(3000, ran.size());
        assertEquals(3000, new HashSet<>(ran).size());
        assertFalse(ran.contains("later"));
        advance(1000 * TICK);
        assertTrue(ran.contains("later"));
    }

    @Test
    void thousandsInOneSlotRunInTheirOrder() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            after(7 * TICK, "t" + i);
            expected.add("t" + i);
            after(7 * TICK + 1024 * TICK, "later");
        }
        advance(7 * TICK);
        assertEquals(expected, ran);
        assertEquals(20_000, wheel.pending());
    }

    @Test
    void nextIsTheTimeToTheEarliestTimer() {
        assertEquals(Long.MAX_VALUE, wheel.nanosToNext(now));
        after(100 * TICK, "a");
        Timer early = after(3 * TICK, "b");
        assertEquals(3 * TICK, wheel.nanosToNext(now));
        assertEquals(3 * TICK - 5, wheel.nanosToNext(now + 5));
        assertEquals(0, wheel.nanosToNext(now + 4 * TICK));
        wheel.cancel(early);
        assertEquals(100 * TICK, wheel.nanosToNext(now));
        advance(100 * TICK);
        assertEquals(Long.MAX_VALUE, wheel.nanosToNext(now));
    }

    @Test
    void aTimerInALaterTurnIsLookedForAtItsSlotAtTheEarliest() {
        after(3000 * TICK, "far");
        long next = wheel.nanosToNext(now);
        assertTrue(next > 0 && next <= 1024 * TICK, () -> "looked for in " + next);
        while (ran.isEmpty()) {
            advance(wheel.nanosToNext(now));
        }
        assertEquals(3000 * TICK, now - ORIGIN);
    }

    @Test
    void anIdleWheelCatchesUp() {
        advance(TimeUnit.DAYS.toNanos(3));
        after(TICK, "a");
        advance(TICK);
        assertEquals(List.of("a"), ran);
    }

    @Test
    void randomTimersRunOnTimeOnceAndOnlyIfNotCancelled() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Integer, Long> due = new HashMap<>();
        Map<Integer, Timer> timers = new HashMap<>();
        Set<Integer> finished = new HashSet<>();
        int next = 0;
        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    int name = next++;
                    long delay = (long) (random.nextDouble() * random.nextInt(3000) * TICK);
                    due.put(name, now + delay);
                    timers.put(name, wheel.schedule(now, delay, () -> {
                        assertTrue(now - due.get(name) >= 0, "early, seed " + seed);
                        assertTrue(finished.add(name), "twice or cancelled, seed " + seed);
                    }));
                }
                case 2 -> {
                    if (next > 0) {
                        int name = random.nextInt(next);
                        wheel.cancel(timers.get(name));
                        finished.add(name);
                    }
                }
                default ->
                    advance(
                            random.nextInt(50) == 0
                                    ? random.nextInt(4000) * TICK
                                    : (long) (random.nextDouble() * 3 * TICK));
            }
            for (int name = 0; name < next; name++) {
                boolean late = advancedTo - due.get(name) >= TICK && !finished.contains(name);
                assertFalse(late, "late, seed " + seed);
            }
        }
        advance(4000 * TICK);
        assertEquals(next, finished.size(), () -> "seed " + seed);
        assertEquals(0, wheel.pending());
    }
}
