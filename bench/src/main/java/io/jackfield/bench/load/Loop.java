package io.jackfield.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The generator's one selector and buffer, on the thread of whoever calls {@link #run}. */
final class Loop implements AutoCloseable {

    /** Larger than a server's, so that one read here takes several of its writes. */
    private static final int BUFFER = 1 << 20;

    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
    private IOException failure;

    Loop() throws IOException {
        selector = Selector.open();
    }

    /** What is attached to a key. */
    interface Selected {
        void ready(SelectionKey key) throws IOException;
    }

    /** What a loop does besides. */
    @FunctionalInterface
    interface Turn {
        /** Called before each selection; answers how many ms that may wait at most, 0 for not at all. */
        long next(long now) throws IOException;
    }

    Selector selector() {
        return selector;
    }

    ByteBuffer input() {
        return input.clear();
    }

    /** Serves connections until a time has come. */
    void run(long deadline, Turn turn) throws IOException {
        for (long now = System.nanoTime(); now - deadline < 0; now = System.nanoTime()) {
            turn(turn.next(now));
        }
    }

    /** Selects once. */
    void turn(long patience) throws IOException {
        if (patience == 0) {
            selector.selectNow(this::serve);
        } else {
            selector.select(this::serve, patience);
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** Whether a connection has failed, so that what is under way may never come back. */
    boolean hasFailed() {
        return failure != null;
    }

    private void serve(SelectionKey key) {
        try {
            ((Selected) key.attachment()).ready(key);
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
