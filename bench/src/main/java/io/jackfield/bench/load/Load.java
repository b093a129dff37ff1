package io.jackfield.bench.load;

import java.io.IOException;
import java.time.Duration;

/**
 * Connections of one kind to one server, and what goes on over them while {@link #run} runs. Verifies all that comes back. For one thread.
 */
public interface Load extends AutoCloseable {

    /**
     * Works for so long.
     *
     * @throws IOException if a connection fails, or something else comes back than must
     */
    void run(Duration duration) throws IOException;

    /** What was completed since the beginning: messages that came back, or handshakes. */
    long completed();

    /** Bytes that were received since the beginning, frame headers included. */
    long receivedBytes();

    /** Ends all connections. */
    @Override
    void close() throws IOException;
}
