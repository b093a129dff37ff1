package io.jackfield.server.connection;

import io.jackfield.api.PreparedMessage;
import io.jackfield.api.WebSocket;
import io.jackfield.server.loop.LoopBuffers;
import io.jackfield.server.transport.OutboundQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was published to an audience and is not yet sent to all of it. Messages have numbers that go on for ever, so that a
 * subscription needs to know only how far it has got. Used on the loop's thread alone.
 */
final class PublishedMessages {

    /** More than this do not wait for the end of the turn, so that they can be gathered in one chunk. */
    static final int MAX_GATHERED = LoopBuffers.CHUNK_SIZE;

    private static final int[] NO_ENDS = {};

    private record Published(PreparedMessage message, WebSocket except) {}

    private final LoopBuffers buffers;
    private final List<Published> waiting = new ArrayList<>(0);

    /** The number of the first that waits. */
    private int first;

    /** The frames that wait, in bytes. */
    private long bytes;

    private boolean hasExceptions;

    // The frames of the first messages, one behind the other; null unless a pass over the audience goes on.
    private ByteBuffer gathered;
    private int[] ends = NO_ENDS;
    private int gatheredCount;

    PublishedMessages(LoopBuffers buffers) {
        this.buffers = buffers;
    }

    void add(PreparedMessage message, WebSocket except) {
        waiting.add(new Published(message, except));
        bytes += frameLength(message);
        hasExceptions |= except != null;
    }

    private static int frameLength(PreparedMessage message) {
        return message.frame().remaining();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether what waits and one more fit into one chunk. */
    boolean fits(PreparedMessage message) {
        return bytes + frameLength(message) <= MAX_GATHERED;
    }

    boolean isFull() {
        return bytes >= MAX_GATHERED;
    }

    /** The number behind that of the last message. */
    int end() {
        return first + waiting.size();
    }

    PreparedMessage message(int number) {
        return waiting.get(number - first).message();
    }

    boolean isFor(WebSocket socket, int number) {
        return waiting.get(number - first).except() != socket;
    }

    /** Forgets the messages before a number, which all have got. */
    void forget(int upTo) {
        release();
        if (upTo == end()) {
            waiting.clear();
            bytes = 0;
            hasExceptions = false;
        } else {
            for (Published gone : waiting.subList(0, upTo - first)) {
                bytes -= frameLength(gone.message());
            }
            waiting.subList(0, upTo - first).clear();
        }
        first = upTo;
    }

    // -- gathered in one buffer ---------------------------------------------------------------------------------------

    /** Gathers all messages before a number, if they fit into a chunk and are for everybody but a few. */
    void gather(int upTo) {
        if (bytes > MAX_GATHERED) {
            return;
        }
        gathered = buffers.takeChunk();
        gatheredCount = upTo - first;
        if (ends.length < gatheredCount) {
            ends = new int[Math.max(4, Integer.highestOneBit(gatheredCount) << 1)];
        }
        for (int i = 0; i < gatheredCount; i++) {
            gathered.put(waiting.get(i).message().frame());
            ends[i] = gathered.position();
        }
    }

    /**
     * The frames from one number to another, one behind the other in direct memory.
     *
     * @return null if they are not gathered so, or one of them is not for this socket
     */
    ByteBuffer together(int from, int upTo, WebSocket socket) {
        if (gathered == null || upTo - first != gatheredCount || hasExceptions && isExcepted(socket, from, upTo)) {
            return null;
        }
        return gathered.limit(ends[gatheredCount - 1]).position(from == first ? 0 : ends[from - first - 1]);
    }

    private boolean isExcepted(WebSocket socket, int from, int upTo) {
        for (int number = from; number != upTo; number++) {
            if (!isFor(socket, number)) {
                return true;
            }
        }
        return false;
    }

    /** Queues what is left of {@link #together} when a socket takes no more: shared, not copied. */
    void queueRest(OutboundQueue queue) {
        int position = gathered.position();
        int begin = 0;
        for (int i = 0; i < gatheredCount; i++) {
            if (position < ends[i]) {
                ByteBuffer frame = waiting.get(i).message().frame();
                queue.share(frame.position(Math.max(0, position - begin)));
            }
            begin = ends[i];
        }
    }

    private void release() {
        if (gathered != null) {
            buffers.releaseChunk(gathered);
            gathered = null;
            ends = ends.length > 64 ? NO_ENDS : ends;
        }
    }
}
