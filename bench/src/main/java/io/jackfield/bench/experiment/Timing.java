package io.jackfield.bench.experiment;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param window of the warm-up: two that agree end it
 * @param minWarmUp and not before the server has used so much CPU time
 * @param maxWarmUp nor later than this
 * @param settle before each measured interval
 * @param interval that is measured
 * @param rounds how often the servers are started anew
 * @param passes over the servers in each round, every second one backwards
 */
public record Timing(
        Duration window,
        Duration minWarmUp,
        Duration maxWarmUp,
        Duration settle,
        Duration interval,
        int rounds,
        int passes) {

    public static final Timing FULL = new Timing(
            Duration.ofMillis(500),
            Duration.ofSeconds(6),
            Duration.ofSeconds(20),
            Duration.ofMillis(300),
            Duration.ofMillis(2500),
            3,
            2);

    /**
     * Less than an hour instead of hours. Its figures show orders, not the last tenth. The warm-up is no shorter: on one
     * processor the compiler takes seconds, and servers with much code would suffer.
     */
    public static final Timing QUICK = new Timing(
            Duration.ofMillis(500),
            Duration.ofSeconds(6),
            Duration.ofSeconds(15),
            Duration.ofMillis(200),
            Duration.ofMillis(1500),
            1,
            2);

    public Timing withRounds(int number) {
        return new Timing(window, minWarmUp, maxWarmUp, settle, interval, number, passes);
    }
}
