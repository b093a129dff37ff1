package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Connections that each send one message as soon as they are open, and then nothing. */
public final class IdleLoad extends ConnectionLoad {

    /** Returns when every connection has its answer. */
    public IdleLoad(InetSocketAddress address, String path, Traffic traffic, int connections) throws IOException {
        open(connections, address, path, traffic);
        begin(() -> completed() == connections, () -> {});
    }

    @Override
    public void opened(Connection connection) throws IOException {
        super.opened(connection);
        connection.send(1);
    }

    /** Wakes the connections one by one: each sends a message and gets it back. */
    public void sendAgain() throws IOException {
        for (Connection connection : connections()) {
            long expected = completed() + 1;
            connection.send(1);
            until(() -> completed() == expected, () -> {});
        }
    }
}
