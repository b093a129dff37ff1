package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Many connections stay open, while always some are opening: each that has opened and got one message back lets the oldest be
 * closed and the next be opened.
 */
public final class ChurnLoad implements Load, Connection.Owner {

    private static final long SELECT_MILLIS = 10;

    private final Loop loop = new Loop();
    private final Connection.Request request;
    private final int standing;
    private final int concurrency;
    private final Deque<Connection> open = new ArrayDeque<>();
    private int opening;
    private long completed;
    private long receivedBytes;

    /**
     * @param standing connections that stay open
     * @param concurrency connections that are opening at once
     */
    public ChurnLoad(InetSocketAddress address, String path, Traffic traffic, int standing, int concurrency)
            throws IOException {
        request = new Connection.Request(address, path, traffic, false);
        this.standing = standing;
        this.concurrency = concurrency;
        while (open.size() < standing) {
            run(Duration.ofMillis(SELECT_MILLIS));
        }
    }

    @Override
    public void run(Duration duration) throws IOException {
        loop.run(System.nanoTime() + duration.toNanos(), now -> {
            while (opening < concurrency) {
                opening++;
                new Connection(loop, this, request, opening);
            }
            return SELECT_MILLIS;
        });
    }

    @Override
    public void opened(Connection connection) throws IOException {
        connection.send(1);
    }

    @Override
    public void completed(Connection connection, int messages, int bytes) throws IOException {
        receivedBytes += bytes;
        if (messages > 0) {
            opening--;
            completed++;
            open.add(connection);
            if (open.size() > standing) {
                open.remove().close();
            }
        }
    }

    @Override
    public long completed() {
        return completed;
    }

    @Override
    public long receivedBytes() {
        return receivedBytes;
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}
