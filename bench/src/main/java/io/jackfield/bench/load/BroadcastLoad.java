package io.jackfield.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;

/** One connection publishes, all receive; each message that has reached all is followed by the next. */
public final class BroadcastLoad extends ConnectionLoad {

    private final int[] received;
    private final int[] reached;
    private final int inFlight;
    private boolean ending;
    private long published;

    /**
     * Opens the connections and publishes the first messages.
     *
     * @param inFlight messages that have not reached all yet
     */
    public BroadcastLoad(InetSocketAddress address, String path, Traffic traffic, int connections, int inFlight)
            throws IOException {
        this.inFlight = inFlight;
        reached = new int[inFlight];
        received = new int[connections];
        // Whoever opened last must be among those whom the first message reaches.
        open(connections, new Connection.Request(address, path, traffic, true));
        publish(inFlight);
    }

    private void publish(int messages) throws IOException {
        published += messages;
        connections().get(0).send(messages);
    }

    @Override
    public void completed(Connection connection, int messages, int bytes) throws IOException {
        super.completed(connection, messages, bytes);
        int number = received[connection.number()];
        received[connection.number()] = (number + messages) % inFlight;
        for (int i = 0; i < messages; i++) {
            int slot = (number + i) % inFlight;
            reached[slot]++;
            if (reached[slot] == connections().size()) {
                reached[slot] = 0;
                if (!ending) {
                    publish(1);
                }
            }
        }
    }

    /** Waits for what is under way. */
    @Override
    public void close() throws IOException {
        ending = true;
        try {
            finish(() -> completed() == published * connections().size());
        } finally {
            super.close();
        }
    }
}
