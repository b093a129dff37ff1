package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * An open loop: messages are due at fixed times, whatever has come back. Each latency is counted from the time at which its message
 * was due, not from when it could be sent: so a server that stalls is not spared the messages that had to wait (coordinated
 * omission). Never sleeps.
 */
public final class FixedRateLoad extends ConnectionLoad {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(100);
    private static final int DIGITS = 3;

    private final long[][] due;
    private final int[] sent;
    private final int[] received;
    private final int queue;
    private final Histogram latencies = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram lateness = new Histogram(LONGEST_NANOS, DIGITS);
    private int turn;
    private long total;

    /**
     * @param queue how many messages of one connection may be under way; the run fails beyond it. A power of two
     */
    public FixedRateLoad(InetSocketAddress address, String path, Traffic traffic, int connections, int queue)
            throws IOException {
        this.queue = queue;
        due = new long[connections][queue];
        sent = new int[connections];
        received = new int[connections];
        open(connections, address, path, traffic);
    }

    /** Sends for so long, at so many messages a second, and waits for what is under way. Forgets what was measured before. */
    public void run(Duration duration, double rate) throws IOException {
        latencies.reset();
        lateness.reset();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        double gap = TimeUnit.SECONDS.toNanos(1) / rate;
        long[] number = {0};
        loop.run(end, now -> {
            long next = begin + (long) (number[0] * gap);
            while (next - now <= 0) {
                send(next);
                number[0]++;
                next = begin + (long) (number[0] * gap);
            }
            return 0;
        });
        until(() -> completed() == total, () -> {});
    }

    private void send(long time) throws IOException {
        int number = turn;
        turn = (turn + 1) % due.length;
        if (sent[number] - received[number] == queue) {
            throw new IOException("The server falls behind the rate");
        }
        due[number][sent[number] & (queue - 1)] = time;
        sent[number]++;
        total++;
        lateness.recordValue(Math.max(0, System.nanoTime() - time));
        connections().get(number).send(1);
    }

    @Override
    public void completed(Connection connection, int messages, int bytes) throws IOException {
        super.completed(connection, messages, bytes);
        long now = System.nanoTime();
        int number = connection.number();
        for (int i = 0; i < messages; i++) {
            latencies.recordValue(Math.max(0, now - due[number][received[number] & (queue - 1)]));
            received[number]++;
        }
    }

    /** From when a message was due to when it had come back, ns. */
    public Histogram latencies() {
        return latencies;
    }

    /** From when a message was due to when it was sent, ns: the generator's own part. */
    public Histogram lateness() {
        return lateness;
    }
}
