package io.jackfield.server.connection;

import java.io.IOException;
import java.time.Duration;

/**
 * What a test has to do before a time runs out, which it then waits for. Where the machine was too slow and the connection
 * was cut off, it is done again with more time; what fails otherwise has failed.
 */
interface Timely {

    /** Does it, with a server that has this time. */
    void within(Duration time) throws Exception;

    /** Tries it with a short time, and with longer ones where that was not enough. */
    static void attempt(Timely attempt) throws Exception {
        for (long millis = 200; millis < 20_000; millis *= 10) {
            try {
                attempt.within(Duration.ofMillis(millis));
                return;
            } catch (IOException cutOff) {
                // Too slow, or a fault: that shows with more time.
            }
        }
        attempt.within(Duration.ofSeconds(20));
    }
}
