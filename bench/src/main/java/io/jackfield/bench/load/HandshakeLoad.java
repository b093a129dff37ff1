package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens connections and ends each as soon as the server has agreed; always as many are opening. */
public final class HandshakeLoad implements Load, Connection.Owner {

    private static final long SELECT_MILLIS = 10;

    private final Loop loop = new Loop();
    private final Connection.Request request;
    private final int concurrency;
    private int opening;
    private long completed;

    public HandshakeLoad(InetSocketAddress address, String path, Traffic traffic, int concurrency) throws IOException {
        this.request = new Connection.Request(address, path, traffic, false);
        this.concurrency = concurrency;
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
        opening--;
        completed++;
        connection.close();
    }

    @Override
    public void completed(Connection connection, int messages, int bytes) throws IOException {
        throw new IOException("Nothing was sent that could come back");
    }

    @Override
    public long completed() {
        return completed;
    }

    @Override
    public long receivedBytes() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        loop.close();
    }
}
