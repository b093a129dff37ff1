package io.jackfield.server.transport;

import io.jackfield.server.loop.LoopBuffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes of one connection on their way to its transport, in chunks of the loop. Empty, it holds no chunk. Used on the
 * loop's thread alone.
 */
public final class OutboundQueue {

    /**
     * What is left in a chunk is copied out, and the chunk given back, if it is less than this: a thousand peers that do not
     * read should not hold a thousand chunks for a few bytes each.
     */
    private static final int SMALL_REST = LoopBuffers.CHUNK_SIZE / 8;

    private static final int INITIAL_SEALED = 4;

    /** As many chunks as one gathering write of the JDK takes at most. */
    private static final int PIECE = 15 * LoopBuffers.CHUNK_SIZE;

    /** Fewer bytes than this cost less copied than as a part of their own in a gathering write. */
    private static final int SMALL_SHARE = 512;

    private final LoopBuffers buffers;

    // Waiting, ready to be read; null when nothing waits but the tail.
    private ByteBuffer[] sealed;
    private int first;
    private int count;

    /** Being filled: its position is behind the last byte; or null. */
    private ByteBuffer tail;

    private int claimedAt;
    private long size;

    /**
     * An empty queue.
     *
     * @param buffers where chunks come from
     */
    public OutboundQueue(LoopBuffers buffers) {
        this.buffers = buffers;
    }

    /** The bytes that wait. */
    public long size() {
        return size;
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Room for {@code length} bytes, at most a chunk; {@link #commit} takes what was put there. */
    public ByteBuffer claim(int length) {
        if (tail == null) {
            tail = buffers.takeChunk();
        } else if (tail.remaining() < length) {
            seal();
            tail = buffers.takeChunk();
        }
        claimedAt = tail.position();
        return tail;
    }

    /** Appends what was put into the claimed room. */
    public void commit() {
        size += tail.position() - claimedAt;
    }

    /** Appends a copy of the bytes; their position moves to their limit. */
    public void append(ByteBuffer bytes) {
        int limit = bytes.limit();
        while (bytes.hasRemaining()) {
            ByteBuffer target = claim(1);
            bytes.limit(Math.min(limit, bytes.position() + target.remaining()));
            target.put(bytes);
            bytes.limit(limit);
            commit();
        }
    }

    /**
     * Appends bytes that never change, without a copy unless they are few.
     *
     * @param bytes not direct, for only chunks are; their position may move
     */
    public void share(ByteBuffer bytes) {
        if (bytes.remaining() < SMALL_SHARE) {
            append(bytes);
            return;
        }
        seal();
        size += bytes.remaining();
        push(bytes);
    }

    /**
     * Writes what waits and then the bytes, as far as the transport takes them, and appends a copy of the rest. The bytes'
     * position moves to their limit.
     *
     * @throws IOException if the connection failed
     */
    public void writeThrough(ByteBuffer bytes, Transport transport) throws IOException {
        if (!bytes.isDirect()) {
            writeInPieces(bytes, transport);
        } else if (count == 0 && tail != null) {
            writeBehindTail(bytes, transport);
        } else if (count == 0) {
            transport.write(bytes);
        } else {
            flush(transport);
        }
        append(bytes);
    }

    /**
     * By way of chunks: the JDK would copy all of it to direct memory at each call, however little the socket takes, and
     * keep so much memory for the thread's next write.
     */
    private void writeInPieces(ByteBuffer bytes, Transport transport) throws IOException {
        int limit = bytes.limit();
        boolean taken = true;
        while (taken && bytes.hasRemaining()) {
            bytes.limit(Math.min(limit, bytes.position() + PIECE));
            append(bytes);
            bytes.limit(limit);
            taken = flush(transport);
        }
        append(bytes);
    }

    /** The usual case of a large message: its header waits in the tail, and both leave in one call. */
    private void writeBehindTail(ByteBuffer bytes, Transport transport) throws IOException {
        ByteBuffer[] pair = buffers.pair();
        pair[0] = tail.flip();
        pair[1] = bytes;
        try {
            transport.write(pair, 0, 2);
        } finally {
            Arrays.fill(pair, null);
            if (tail.hasRemaining()) {
                seal(tail);
            } else {
                buffers.releaseChunk(tail);
                tail = null;
            }
            settle();
        }
    }

    /**
     * Writes as much as the transport takes.
     *
     * @return whether nothing is left
     * @throws IOException if the connection failed
     */
    public boolean flush(Transport transport) throws IOException {
        if (size == 0) {
            return true;
        }
        if (count == 0) {
            tail.flip();
            transport.write(tail);
            if (!tail.hasRemaining()) {
                buffers.releaseChunk(tail);
                tail = null;
                size = 0;
                return true;
            }
            seal(tail);
        } else {
            seal();
            if (count == 1) {
                transport.write(sealed[first]);
            } else if (size <= LoopBuffers.CHUNK_SIZE) {
                writeTogether(transport);
            } else {
                transport.write(sealed, first, count);
            }
        }
        settle();
        return size == 0;
    }

    /**
     * A gathering write of buffers outside of direct memory copies each of them to a place of its own; small ones are
     * better copied to one place. Messages of 1 KiB, broadcast four at a time: 2.8 to 2.3 us of processor time each.
     */
    private void writeTogether(Transport transport) throws IOException {
        ByteBuffer together = buffers.takeChunk();
        try {
            for (int i = first; i < first + count; i++) {
                ByteBuffer part = sealed[i];
                together.put(together.position(), part, part.position(), part.remaining());
                together.position(together.position() + part.remaining());
            }
            transport.write(together.flip());
            skip(together.position());
        } finally {
            buffers.releaseChunk(together);
        }
    }

    private void skip(int written) {
        int left = written;
        for (int i = first; left > 0; i++) {
            int part = Math.min(left, sealed[i].remaining());
            sealed[i].position(sealed[i].position() + part);
            left -= part;
        }
    }

    /** Gives all chunks back; what waited is lost. */
    public void clear() {
        for (int i = first; i < first + count; i++) {
            release(sealed[i]);
        }
        if (tail != null) {
            buffers.releaseChunk(tail);
        }
        sealed = null;
        tail = null;
        first = 0;
        count = 0;
        size = 0;
    }

    private void seal() {
        if (tail != null) {
            seal(tail.flip());
        }
    }

    private void seal(ByteBuffer flippedTail) {
        push(flippedTail);
        tail = null;
    }

    private void push(ByteBuffer buffer) {
        if (sealed == null) {
            sealed = new ByteBuffer[INITIAL_SEALED];
        } else if (first + count == sealed.length) {
            sealed = Arrays.copyOfRange(sealed, first, first + Math.max(INITIAL_SEALED, 2 * count));
            first = 0;
        }
        sealed[first + count] = buffer;
        count++;
    }

    /** Drops what was written, and counts what is left. */
    private void settle() {
        while (count > 0 && !sealed[first].hasRemaining()) {
            release(sealed[first]);
            sealed[first] = null;
            first++;
            count--;
        }
        size = tail == null ? 0 : tail.position();
        for (int i = first; i < first + count; i++) {
            size += sealed[i].remaining();
        }
        if (count == 0) {
            sealed = null;
            first = 0;
        } else if (count == 1 && isChunk(sealed[first]) && sealed[first].remaining() < SMALL_REST) {
            ByteBuffer chunk = sealed[first];
            sealed[first] = ByteBuffer.allocate(chunk.remaining()).put(chunk).flip();
            buffers.releaseChunk(chunk);
        }
    }

    private void release(ByteBuffer buffer) {
        if (isChunk(buffer)) {
            buffers.releaseChunk(buffer);
        }
    }

    private static boolean isChunk(ByteBuffer buffer) {
        return buffer.isDirect();
    }
}
