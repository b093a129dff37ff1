package io.jackfield.http.servlet;

import io.jackfield.server.upgrade.ContainerConnection;
import io.jackfield.server.upgrade.Upgrade;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The streams of a {@code WebConnection} as a connection of Jackfield.
 *
 * <p>Input is read where the container tells of it, on its own threads, and waits here for the event loop: at most
 * {@value #MOST_WAITING} bytes. Then the container is not asked for more until the loop has taken them.
 */
public final class StreamConnection implements ContainerConnection {

    private static final Logger LOG = System.getLogger("io.jackfield.http.servlet");

    private static final int MOST_WAITING = 64 * 1024;

    /** Bytes that are written in one call: the container may have to hold them back. */
    private static final int LARGEST_WRITE = 32 * 1024;

    private static final int SMALLEST_READ = 1024;
    private static final int LARGEST_READ = 16 * 1024;

    private final ServletStreams streams;
    private final Upgrade upgrade;

    // Input, guarded by the queue: filled by a thread of the container, or by the loop when it goes on after a pause.
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>(2);
    private int waitingBytes;
    private int readSize = SMALLEST_READ;
    private boolean ended;
    private IOException failure;

    /** Whether the container was not asked for more, and so will not tell of any. */
    private boolean held;

    // Output, the loop's alone.
    private boolean outputClosed;

    /**
     * A connection of streams.
     *
     * @param streams the streams, whose listeners tell this
     * @param upgrade where it is connected
     */
    public StreamConnection(ServletStreams streams, Upgrade upgrade) {
        this.streams = streams;
        this.upgrade = upgrade;
    }

    // -- from the container -------------------------------------------------------------------------------------------

    /** {@code ReadListener.onDataAvailable}. */
    public void onDataAvailable() {
        synchronized (waiting) {
            fill();
        }
        upgrade.readable();
    }

    /** {@code ReadListener.onAllDataRead}. */
    public void onAllDataRead() {
        synchronized (waiting) {
            ended = true;
        }
        upgrade.readable();
    }

    /** {@code WriteListener.onWritePossible}. */
    public void onWritePossible() {
        upgrade.writable();
    }

    /**
     * {@code onError} of either listener.
     *
     * @param thrown what happened
     */
    public void onError(Throwable thrown) {
        upgrade.fail(thrown instanceof IOException known ? known : new IOException(thrown));
    }

    // -- input --------------------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (waiting) {
            int length = take(target);
            if (waiting.isEmpty() && held) {
                fill();
                length += take(target);
            }
            if (length == 0 && failure != null) {
                throw failure;
            }
            return length == 0 && ended && waiting.isEmpty() ? -1 : length;
        }
    }

    private int take(ByteBuffer target) {
        int start = target.position();
        while (!waiting.isEmpty() && target.hasRemaining()) {
            ByteBuffer first = waiting.element();
            int limit = first.limit();
            first.limit(Math.min(limit, first.position() + target.remaining()));
            target.put(first);
            first.limit(limit);
            if (!first.hasRemaining()) {
                waiting.remove();
            }
        }
        int length = target.position() - start;
        waitingBytes -= length;
        return length;
    }

    private void fill() {
        held = false;
        try {
            while (!ended) {
                if (waitingBytes >= MOST_WAITING) {
                    held = true;
                    return;
                }
                if (!streams.isReadable()) {
                    ended = streams.isFinished();
                    return;
                }
                readSome();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void readSome() throws IOException {
        byte[] bytes = new byte[readSize];
        int length = streams.read(bytes);
        if (length < 0) {
            ended = true;
            return;
        }
        if (length > 0) {
            waiting.add(ByteBuffer.wrap(bytes, 0, length));
            waitingBytes += length;
        }
        readSize = length == readSize
                ? Math.min(LARGEST_READ, 2 * readSize)
                : Math.max(SMALLEST_READ, length > readSize / 2 ? readSize : readSize / 2);
    }

    // -- output -------------------------------------------------------------------------------------------------------

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining() && streams.isWritable()) {
            byte[] bytes = new byte[Math.min(source.remaining(), LARGEST_WRITE)];
            source.get(bytes);
            streams.write(bytes);
        }
    }

    @Override
    public boolean flush() throws IOException {
        if (!streams.isWritable()) {
            return false;
        }
        streams.flush();
        return streams.isWritable();
    }

    @Override
    public void shutdownOutput() throws IOException {
        outputClosed = true;
        streams.closeOutput();
    }

    @Override
    public void close() {
        // What the peer does not take is given up: a container that would wait for it must not.
        boolean waits = !outputClosed && !streams.isWritable();
        if (waits) {
            Thread.currentThread().interrupt();
        }
        try {
            streams.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A connection was not closed well: {0}", e.getMessage());
        } finally {
            if (waits) {
                Thread.interrupted();
            }
        }
    }
}
