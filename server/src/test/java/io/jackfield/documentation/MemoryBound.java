package io.jackfield.documentation;

import io.jackfield.api.Options;
import io.jackfield.server.loop.LoopBuffers;
import java.util.List;

/** What one connection can make a server hold at most, as a sum of what its options allow. */
public final class MemoryBound {

    private static final long KIB = 1024;

    /** Codecs of each kind that an instance of permessage-deflate keeps for a processor. */
    private static final long CODECS = 4;

    /** What a codec keeps of the room for its output. */
    private static final long ROOM = 64 * KIB;

    /** A read of the loop that may have to wait. */
    private static final long READ = LoopBuffers.READ_SIZE;

    /** One item of the sum. */
    public record Part(String what, String formula, long bytes) {}

    private MemoryBound() {}

    /** What a connection holds as long as its peer likes. */
    public static List<Part> ofConnection(Options options) {
        long message = options.maxLength();
        long queue = options.maxQueuedAmount();
        return List.of(
                new Part(
                        "the connection itself, with its request's head",
                        "2 × maxHeadLength + 8 KiB",
                        2L * options.maxHeadLength() + 8 * KIB),
                new Part("what was read and waits: one read of the loop", "128 KiB", READ),
                new Part("TLS: a part of a record each way, and the session", "320 KiB", 2 * READ + 64 * KIB),
                new Part("windows of permessage-deflate", "64 KiB (40 KiB unless history is set)", 64 * KIB),
                new Part("what a stream has read ahead: 64 KiB and one read of the loop", "192 KiB", READ + 64 * KIB),
                new Part("a message whose fragments are coming in", "maxLength", message),
                new Part(
                        "what waits for an executor, and the message beyond",
                        "maxQueuedAmount + 2 × maxLength",
                        queue + 2 * message),
                new Part(
                        "what waits for deferred extensions, and the message beyond",
                        "maxQueuedAmount + maxLength",
                        queue + message),
                new Part(
                        "what waits to be sent, with a header of two bytes for messages of one",
                        "3 × maxBufferedAmount + 32 KiB",
                        3 * options.maxBufferedAmount() + LoopBuffers.CHUNK_SIZE));
    }

    /** What an event loop holds for whichever connection it works on, and what it keeps for the next. */
    public static List<Part> ofLoop(Options options) {
        long message = options.maxLength();
        return List.of(
                new Part(
                        "buffers to read into: one, and two with TLS",
                        "1,344 KiB",
                        LoopBuffers.LARGE_READ_SIZE + 2 * READ),
                new Part("chunks to write from, kept for later", "16 MiB", 512 * LoopBuffers.CHUNK_SIZE),
                new Part("rooms for fragments, kept for later", "4 MiB", 4 * KIB * KIB),
                new Part("a message's former room, while it moves to a larger one", "maxLength", message),
                new Part("a message being inflated, with the former room", "2 × maxLength", 2 * message),
                new Part(
                        "a message being deflated, with the former room",
                        "3 × maxBufferedAmount + 64 KiB",
                        3 * options.maxBufferedAmount() + ROOM),
                new Part("bytes becoming text, as the JDK does it", "5 × maxLength", 5 * message));
    }

    /**
     * What an instance of permessage-deflate holds for each processor, whoever uses it, as long as a connection does. The
     * states are zlib's, outside of the heap; NativeMemoryTest in ext-deflate measures them.
     */
    public static List<Part> ofDeflate() {
        return List.of(
                new Part("to deflate: zlib's states, and rooms", "4 × (270 KiB + 64 KiB)", CODECS * (270 * KIB + ROOM)),
                new Part("to inflate: zlib's states, and rooms", "4 × (45 KiB + 64 KiB)", CODECS * (45 * KIB + ROOM)));
    }

    /** The sum. */
    public static long sum(List<Part> parts) {
        return parts.stream().mapToLong(Part::bytes).sum();
    }
}
