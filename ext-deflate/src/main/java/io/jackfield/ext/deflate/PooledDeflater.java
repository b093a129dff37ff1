package io.jackfield.ext.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** A raw Deflater that writes byte-aligned pieces of a DEFLATE stream. */
final class PooledDeflater extends PooledCodec {

    private static final byte[] NOTHING = {};

    private final Deflater deflater;

    PooledDeflater(int slot, DeflateOptions options) {
        super(slot);
        deflater = new Deflater(options.level(), true);
        deflater.setStrategy(options.strategy());
    }

    /** Forgets all that was compressed. */
    void reset() {
        deflater.reset();
    }

    /** Adds to what the next bytes may refer to. Only between a reset and the first bytes. */
    void prime(SlidingWindow window, int length) {
        window.prime(length, deflater::setDictionary);
    }

    /** Adds to what the next bytes may refer to. Only between a reset and the first bytes. */
    void prime(ByteBuffer bytes) {
        deflater.setDictionary(bytes);
    }

    /** Compresses bytes, moving their position to their limit; the output ends with an empty stored block. */
    void deflate(ByteBuffer bytes) {
        deflater.setInput(bytes);
        int written;
        int room;
        do {
            if (output.room() == 0) {
                output.grow();
            }
            room = output.room();
            written = deflater.deflate(output.bytes(), output.count(), room, Deflater.SYNC_FLUSH);
            output.advance(written);
            // The JDK spends the first call after setStrategy on that alone: it takes no input and gives no output.
        } while (written == room || !deflater.needsInput());
        deflater.setInput(NOTHING);
    }

    @Override
    void end() {
        deflater.end();
    }
}
