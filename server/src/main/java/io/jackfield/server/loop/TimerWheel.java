package io.jackfield.server.loop;

import java.util.BitSet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A hashed timer wheel: starting and cancelling a timer costs the same however many there are. Timers run up to one tick
 * late, never early. Not thread-safe.
 */
final class TimerWheel {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int SLOTS = 1024;

    /** Behind the slots of the wheel: timers that are about to run, the first that was scheduled in front. */
    private static final int DUE = SLOTS;

    private final Timer[] slots = new Timer[SLOTS + 1];

    /** The slots with timers: a loop asks for the next one in every turn, and the wheel may be nearly empty. */
    private final BitSet occupied = new BitSet(SLOTS + 1);

    private final long originNanos;
    private final Executor runner;
    private long currentTick;
    private int pending;

    /** A wheel whose actions are run by {@code runner}, at once and without throwing. */
    TimerWheel(long nowNanos, Executor runner) {
        originNanos = nowNanos;
        this.runner = runner;
    }

    Timer schedule(long nowNanos, long delayNanos, Runnable action) {
        long due = nowNanos - originNanos + Math.max(0, delayNanos);
        long tick = Math.max(currentTick + 1, (due + TICK_NANOS - 1) / TICK_NANOS);
        Timer timer = new Timer(tick, action);
        link(timer, slot(tick));
        pending++;
        return timer;
    }

    void cancel(Timer timer) {
        if (timer.isPending()) {
            remove(timer);
        }
    }

    /** Runs what is due. Actions may schedule and cancel timers. */
    void advance(long nowNanos) {
        long target = (nowNanos - originNanos) / TICK_NANOS;
        if (pending == 0) {
            currentTick = Math.max(currentTick, target);
            return;
        }
        if (target - currentTick > SLOTS) {
            // After a long stall every slot is due once; visiting one more often finds nothing new.
            currentTick = target - SLOTS;
        }
        while (currentTick < target) {
            currentTick++;
            runDue(slot(currentTick));
        }
    }

    /** Nanoseconds until the next timer may be due; {@code Long.MAX_VALUE} if there is none. */
    long nanosToNext(long nowNanos) {
        if (pending == 0) {
            return Long.MAX_VALUE;
        }
        int from = slot(currentTick + 1);
        int next = occupied.nextSetBit(from);
        if (next < 0) {
            next = occupied.nextSetBit(0);
        }
        long tick = currentTick + 1 + slot(next - from);
        return Math.max(0, originNanos + tick * TICK_NANOS - nowNanos);
    }

    int pending() {
        return pending;
    }

    private void runDue(int slot) {
        Timer timer = slots[slot];
        while (timer != null) {
            Timer following = timer.next;
            if (timer.dueTick <= currentTick) {
                unlink(timer);
                link(timer, DUE);
            }
            timer = following;
        }
        // From the front each time, since an action may cancel others that are due.
        for (Timer due = slots[DUE]; due != null; due = slots[DUE]) {
            Runnable action = due.action;
            remove(due);
            runner.execute(action);
        }
    }

    private void remove(Timer timer) {
        unlink(timer);
        timer.action = null;
        pending--;
    }

    private void link(Timer timer, int slot) {
        timer.slot = slot;
        timer.next = slots[slot];
        if (timer.next != null) {
            timer.next.previous = timer;
        }
        slots[slot] = timer;
        occupied.set(slot);
    }

    private void unlink(Timer timer) {
        if (timer.previous == null) {
            slots[timer.slot] = timer.next;
            occupied.set(timer.slot, timer.next != null);
        } else {
            timer.previous.next = timer.next;
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        timer.previous = null;
        timer.next = null;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
