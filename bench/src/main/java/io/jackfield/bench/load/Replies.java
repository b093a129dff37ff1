package io.jackfield.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Looks at what comes back over one connection. */
interface Replies extends AutoCloseable {

    /**
     * Takes all bytes of a read and compares them with what must come.
     *
     * @return how many messages ended in them
     * @throws IOException if something else came
     */
    int take(ByteBuffer input) throws IOException;

    /** How many pongs have come; -1 of a server that knows of no frames, so that it answers no ping. */
    int pongs();

    /** Frees what is held outside the heap. */
    @Override
    default void close() {}
}
