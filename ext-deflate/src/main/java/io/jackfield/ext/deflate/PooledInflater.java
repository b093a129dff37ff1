package io.jackfield.ext.deflate;

import io.jackfield.api.extension.ExtensionException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A raw Inflater that collects its output up to a limit. In the pool it is always at the beginning of a stream. */
final class PooledInflater extends PooledCodec {

    private static final byte[] NOTHING = {};

    private final Inflater inflater = new Inflater(true);
    private final byte[] oneMore = new byte[1];

    PooledInflater(int slot) {
        super(slot);
    }

    /** Adds to what the next bytes may refer to. Only at the beginning of a stream. */
    void prime(SlidingWindow window, int length) {
        window.prime(length, inflater::setDictionary);
    }

    /** Adds the end of the output to what the next bytes may refer to. Only at the beginning of a stream. */
    void primeWithOutput(int length) {
        inflater.setDictionary(output.bytes(), output.count() - length, length);
    }

    /** Inflates until the bytes are used up or the stream ends. */
    void inflate(ByteBuffer bytes) throws DataFormatException, ExtensionException {
        inflater.setInput(bytes);
        boolean more = true;
        while (more && !inflater.finished()) {
            if (output.room() == 0 && !output.isAtLimit()) {
                output.grow();
            }
            if (output.isAtLimit()) {
                requireNoMore();
                more = false;
            } else {
                int room = output.room();
                int written = inflater.inflate(output.bytes(), output.count(), room);
                output.advance(written);
                more = written == room;
            }
        }
    }

    /** Inflates as much as the bytes give and the room takes; both positions move. */
    void inflate(ByteBuffer bytes, ByteBuffer room) throws DataFormatException {
        inflater.setInput(bytes);
        inflater.inflate(room);
    }

    /** Lets go of the bytes given last. */
    void forgetInput() {
        inflater.setInput(NOTHING);
    }

    /** Only by asking for one byte more can be told whether the message ends here. */
    private void requireNoMore() throws DataFormatException, ExtensionException {
        long before = inflater.getBytesWritten();
        try {
            inflater.inflate(oneMore);
        } catch (DataFormatException e) {
            // zlib looks ahead: the byte may be there, and what is wrong stand behind it.
            if (inflater.getBytesWritten() == before) {
                throw e;
            }
        }
        if (inflater.getBytesWritten() > before) {
            throw ExtensionException.messageTooBig(output.limit());
        }
    }

    /** Whether a final block (BFINAL) has ended the stream. */
    boolean finished() {
        return inflater.finished();
    }

    /** How many of the bytes given last lie behind the end of the stream. */
    int remaining() {
        return inflater.getRemaining();
    }

    /** Forgets all that was inflated, whatever became of it, and begins a stream. */
    void reset() {
        inflater.reset();
    }

    @Override
    void end() {
        inflater.end();
    }
}
