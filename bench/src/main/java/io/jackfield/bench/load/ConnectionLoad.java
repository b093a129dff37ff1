package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A load over connections that stay open. */
abstract class ConnectionLoad implements Load, Connection.Owner {

    /** How many handshakes are under way at once, so that no listener's queue overflows. */
    private static final int OPENING = 64;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long SELECT_MILLIS = 10;

    final Loop loop = new Loop();
    private final List<Connection> connections = new ArrayList<>();
    private int open;
    private long completed;
    private long receivedBytes;

    ConnectionLoad() throws IOException {}

    final void open(int number, InetSocketAddress address, String path, Traffic traffic) throws IOException {
        open(number, new Connection.Request(address, path, traffic, false));
    }

    final void open(int number, Connection.Request request) throws IOException {
        begin(() -> open == number, () -> {
            while (connections.size() < number && connections.size() - open < OPENING) {
                connections.add(new Connection(loop, this, request, connections.size()));
            }
        });
    }

    /** Runs until a condition holds, as a part of making the load: what fails leaves no connection behind. */
    final void begin(Condition condition, Step step) throws IOException {
        try {
            until(condition, step);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Something to do before each selection. */
    @FunctionalInterface
    interface Step {
        void take() throws IOException;
    }

    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    /** Runs until a condition holds. */
    final void until(Condition condition, Step step) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            step.take();
            loop.turn(SELECT_MILLIS);
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("The server does not answer any more");
            }
        }
    }

    /** Waits for what is under way, unless it may never come. */
    final void finish(Condition condition) throws IOException {
        if (!loop.hasFailed()) {
            until(condition, () -> {});
        }
    }

    final List<Connection> connections() {
        return connections;
    }

    @Override
    public void run(Duration duration) throws IOException {
        loop.run(System.nanoTime() + duration.toNanos(), now -> SELECT_MILLIS);
    }

    @Override
    public void opened(Connection connection) throws IOException {
        open++;
    }

    @Override
    public void completed(Connection connection, int messages, int bytes) throws IOException {
        completed += messages;
        receivedBytes += bytes;
    }

    @Override
    public final long completed() {
        return completed;
    }

    @Override
    public final long receivedBytes() {
        return receivedBytes;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        loop.close();
    }
}
