package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A closed loop: each message that comes back is followed by the next, so that always as many are under way. */
public final class EchoLoad extends ConnectionLoad {

    private boolean ending;
    private long sent;

    /**
     * Opens the connections and sends the first messages.
     *
     * @param inFlight messages under way on each connection
     */
    public EchoLoad(InetSocketAddress address, String path, Traffic traffic, int connections, int inFlight)
            throws IOException {
        open(connections, address, path, traffic);
        for (Connection connection : connections()) {
            send(connection, inFlight);
        }
    }

    private void send(Connection connection, int messages) throws IOException {
        sent += messages;
        connection.send(messages);
    }

    @Override
    public void completed(Connection connection, int messages, int bytes) throws IOException {
        super.completed(connection, messages, bytes);
        if (messages > 0 && !ending) {
            send(connection, messages);
        }
    }

    /** Waits for what is under way, so that the server is left in good order. */
    @Override
    public void close() throws IOException {
        ending = true;
        try {
            finish(() -> completed() == sent);
        } finally {
            super.close();
        }
    }
}
