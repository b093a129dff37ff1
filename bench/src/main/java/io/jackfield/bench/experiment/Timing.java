package io.jackfield.bench.experiment;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param window of the warm-up: two that agree end it
 * @param minWarmUp and no earlier than this
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
            Duration.ofMillis(1000),
            Duration.ofSeconds(6),
            Duration.ofSeconds(20),
            Duration.ofMillis(500),
            Duration.ofSeconds(4),
            3,
            2);

    /** Minutes instead of hours. Its figures show orders, not the last tenth. */
    public static final Timing QUICK = new Timing(
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(6),
            Duration.ofMillis(200),
            Duration.ofMillis(1500),
            1,
            2);
}
