package io.jackfield.ext.deflate;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The zlib states of one extension instance. They are freed when the last session that has used them is closed, so that
 * a stopped server leaves no native memory behind. Thread-safe.
 */
final class Codecs {

    /**
     * A Deflater takes some 270 KiB and an Inflater some 45 KiB of native memory. One each per processor would do to
     * work; more let several busy connections go on with the Deflater that still knows their window.
     */
    private static final int CODECS_PER_PROCESSOR = 4;

    private final CodecPool<PooledDeflater> deflaters;
    private final CodecPool<PooledInflater> inflaters;
    private final AtomicInteger sessions = new AtomicInteger();

    /** By the bits of the window: under which name messages are shared that were compressed with these options. */
    private final String[] sharingKeys = new String[DeflateParameters.MAX_WINDOW_BITS + 1];

    Codecs(DeflateOptions options) {
        int capacity = CODECS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        this.deflaters = new CodecPool<>(capacity, slot -> new PooledDeflater(slot, options));
        this.inflaters = new CodecPool<>(capacity, PooledInflater::new);
        for (int bits = 0; bits < sharingKeys.length; bits++) {
            sharingKeys[bits] = String.join(
                    " ",
                    PermessageDeflate.NAME,
                    "level=" + options.level(),
                    "strategy=" + options.strategy(),
                    "threshold=" + options.threshold(),
                    "window=" + bits);
        }
    }

    CodecPool<PooledDeflater> deflaters() {
        return deflaters;
    }

    CodecPool<PooledInflater> inflaters() {
        return inflaters;
    }

    String sharingKey(int windowBits) {
        return sharingKeys[windowBits];
    }

    /** Called once by a session before it borrows for the first time. */
    void enter() {
        sessions.incrementAndGet();
    }

    /** Called once by a session that has entered and will not borrow again. */
    void leave() {
        if (sessions.decrementAndGet() == 0) {
            deflaters.drain();
            inflaters.drain();
        }
    }

    int sessions() {
        return sessions.get();
    }

    void close() {
        deflaters.close();
        inflaters.close();
    }

    boolean isClosed() {
        return deflaters.isClosed();
    }
}
