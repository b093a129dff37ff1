package io.jackfield.itest.longrun;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate for thousands of clients on one thread, with one zlib state for all: what they send refers to nothing
 * before it, and of what they receive each remembers the little that the agreed window reaches back.
 */
final class Deflation {

    private static final int WINDOW = 512;
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Deflater deflater = new Deflater(1, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[128 * 1024];

    /** The last bytes that one client received. */
    static final class History {
        private byte[] bytes = {};
    }

    byte[] compress(byte[] message) {
        deflater.reset();
        deflater.setInput(message);
        int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        return length == 0 ? new byte[] {0} : Arrays.copyOf(buffer, length - TAIL.length);
    }

    byte[] decompress(byte[] payload, History history) throws DataFormatException {
        inflater.reset();
        if (history.bytes.length > 0) {
            inflater.setDictionary(history.bytes);
        }
        byte[] input = Arrays.copyOf(payload, payload.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, payload.length, TAIL.length);
        inflater.setInput(input);
        byte[] message = Arrays.copyOf(buffer, inflater.inflate(buffer));
        byte[] all = Arrays.copyOf(history.bytes, history.bytes.length + message.length);
        System.arraycopy(message, 0, all, history.bytes.length, message.length);
        history.bytes = Arrays.copyOfRange(all, Math.max(0, all.length - WINDOW), all.length);
        return message;
    }
}
