package io.jackfield.server.loop;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The buffers of one loop, shared by its connections: one to read into, and chunks to write from. An idle connection
 * holds none of them.
 */
public final class LoopBuffers {

    /** The most bytes that are read at once where they may have to wait for their connection, and so be copied. */
    public static final int READ_SIZE = 128 * 1024;

    /**
     * The most bytes that are read at once where they never wait. A message of 1 MiB then lies whole in the buffer, and an
     * echo of it need not be copied: it took 1.4 times as much processor time as the bytes alone, and takes as much.
     */
    public static final int LARGE_READ_SIZE = 1024 * 1024 + 64 * 1024;

    /**
     * The size of a chunk in bytes: holds many small messages, and a frame header behind them. With 16 KiB, which 16
     * messages of 1 KiB do not fit into, an echo of such took 10 % more processor time.
     */
    public static final int CHUNK_SIZE = 32 * 1024;

    /** Chunks that are kept for the next use; more are left to the garbage collector. */
    private static final int CHUNKS_KEPT = 512;

    /** So many chunks in use are enough: 16 MiB. */
    private static final int MANY_CHUNKS = 512;

    private final ByteBuffer read = DirectMemory.allocate(LARGE_READ_SIZE);
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
    private int chunksInUse;
    private final ByteBuffer[] pair = new ByteBuffer[2];

    /** For encrypted bytes; made when the first TLS connection needs them. */
    private ByteBuffer tlsInput;

    private ByteBuffer tlsOutput;

    LoopBuffers() {}

    /**
     * The buffer to read into, empty. Whoever fills it empties it before the loop goes on to another connection.
     *
     * @param length at most {@link #LARGE_READ_SIZE}
     * @return always the same buffer, with room for so many bytes
     */
    public ByteBuffer read(int length) {
        return read.clear().limit(length);
    }

    /**
     * The buffer for encrypted input, empty; holds several records.
     *
     * @return always the same buffer, cleared
     */
    public ByteBuffer tlsInput() {
        if (tlsInput == null) {
            tlsInput = DirectMemory.allocate(READ_SIZE);
        }
        return tlsInput.clear();
    }

    /**
     * The buffer for encrypted output, empty; holds several records.
     *
     * @return always the same buffer, cleared
     */
    public ByteBuffer tlsOutput() {
        if (tlsOutput == null) {
            tlsOutput = DirectMemory.allocate(READ_SIZE);
        }
        return tlsOutput.clear();
    }

    /**
     * A chunk to write into, the one that was released last if there is one, since it is still in the cache.
     *
     * @return a cleared direct buffer of {@link #CHUNK_SIZE}
     */
    public ByteBuffer takeChunk() {
        chunksInUse++;
        ByteBuffer chunk = chunks.pollFirst();
        return chunk == null ? DirectMemory.allocate(CHUNK_SIZE) : chunk;
    }

    /**
     * Whether output should not wait for the end of the turn, as when a message is sent to all of many connections: each
     * of them would hold a chunk until then.
     *
     * @return true while many chunks are in use
     */
    public boolean areManyChunksInUse() {
        return chunksInUse >= MANY_CHUNKS;
    }

    /**
     * An array for one gathering write of two buffers.
     *
     * @return always the same array; whoever uses it empties it again
     */
    public ByteBuffer[] pair() {
        return pair;
    }

    /**
     * Gives a chunk back.
     *
     * @param chunk a chunk that nobody uses any more
     */
    public void releaseChunk(ByteBuffer chunk) {
        chunksInUse--;
        if (chunks.size() < CHUNKS_KEPT) {
            chunks.addFirst(chunk.clear());
        }
    }

    /** The chunks that nobody uses at the moment. */
    int chunksKept() {
        return chunks.size();
    }
}
