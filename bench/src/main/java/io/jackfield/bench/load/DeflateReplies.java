package io.jackfield.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Compressed frames of a server: inflates them and compares what comes out. */
final class DeflateReplies extends FrameReplies {

    private static final byte[] FLUSH_MARK = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Inflater inflater = new Inflater(true);
    private final boolean startsAnew;
    private final ByteBuffer inflated = ByteBuffer.allocateDirect(16 * 1024);

    DeflateReplies(Frames frames, boolean startsAnew) {
        super(frames);
        this.startsAnew = startsAnew;
    }

    @Override
    int inflate(ByteBuffer input, int message, int position) throws IOException {
        inflater.setInput(input);
        return compare(message, position);
    }

    @Override
    int endOfCompressed(int message, int position) throws IOException {
        inflater.setInput(FLUSH_MARK);
        int length = compare(message, position);
        if (startsAnew) {
            inflater.reset();
        }
        return length;
    }

    private int compare(int message, int position) throws IOException {
        int total = 0;
        try {
            while (inflater.inflate(inflated.clear()) > 0) {
                inflated.flip();
                int from = frames.payloadStart(message) + position + total;
                if (from + inflated.limit() > frames.payloadEnd(message)) {
                    throw new IOException("A longer message came back than was sent");
                }
                ByteBuffer expected = frames.payloads();
                expected.limit(from + inflated.limit()).position(from);
                if (!expected.equals(inflated)) {
                    throw new IOException("Another message came back than was sent");
                }
                total += inflated.limit();
            }
        } catch (DataFormatException e) {
            throw new IOException("The server's message does not inflate", e);
        }
        return total;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
