package io.jackfield.server.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoopCountersTest {

    private static final long WINDOW = LoopCounters.WINDOW_NANOS;

    private final LoopCounters counters = new LoopCounters(0);

    private void turn(long began, long ended) {
        counters.turnBegins(began);
        counters.turnEnds(ended);
    }

    @Test
    void aLoopThatWaitsIsNotBusy() {
        counters.turnEnds(50);
        turn(100, 130);
        counters.turnEnds(1_000);
        turn(2_000, 2_012);
        assertEquals(42, counters.busyNanos());
    }

    @Test
    void turnsWithoutWaitingFollowOneAnother() {
        counters.turnBegins(100);
        counters.turnBegins(130);
        counters.turnEnds(150);
        assertEquals(50, counters.busyNanos());
        assertEquals(30, counters.lagNanos(150));
    }

    @Test
    void theLagIsTheLongestTurn() {
        assertEquals(0, counters.lagNanos(10));
        turn(100, 130);
        turn(200, 205);
        assertEquals(30, counters.lagNanos(300));
    }

    @Test
    void aTurnThatLastsShowsBeforeItEnds() {
        counters.turnBegins(100);
        assertEquals(900, counters.lagNanos(1_000));
        counters.turnEnds(1_100);
        assertEquals(1_000, counters.lagNanos(5_000));
    }

    @Test
    void theLagIsThatOfTheLastTwoWindows() {
        turn(0, 30);
        turn(WINDOW, WINDOW + 20);
        assertEquals(30, counters.lagNanos(WINDOW + 30));
        turn(2 * WINDOW + 20, 2 * WINDOW + 25);
        assertEquals(20, counters.lagNanos(2 * WINDOW + 30));
    }

    @Test
    void anIdleLoopForgetsItsLag() {
        turn(0, 30);
        assertEquals(30, counters.lagNanos(2 * WINDOW - 1));
        assertEquals(0, counters.lagNanos(2 * WINDOW));
        turn(3 * WINDOW, 3 * WINDOW + 7);
        assertEquals(7, counters.lagNanos(3 * WINDOW + 10));
    }
}
