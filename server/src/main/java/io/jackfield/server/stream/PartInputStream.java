package io.jackfield.server.stream;

import io.jackfield.api.stream.MessagePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The bytes of one message, as they arrive. One thread at a time. */
final class PartInputStream extends InputStream {

    private final BlockingConnection connection;
    private MessagePart part;

    /** The bytes of the part, read up to the position. */
    private ByteBuffer data;

    PartInputStream(BlockingConnection connection, MessagePart first) {
        this.connection = connection;
        this.part = first;
        this.data = first.data();
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? data.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, data.remaining());
        data.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return data.remaining();
    }

    /** Skips what is left. */
    @Override
    public void close() throws IOException {
        while (!part.isLast()) {
            next();
        }
        data.position(data.limit());
    }

    private boolean hasMore() throws IOException {
        while (!data.hasRemaining()) {
            if (part.isLast()) {
                return false;
            }
            next();
        }
        return true;
    }

    private void next() throws IOException {
        part = connection.nextPart();
        data = part.data();
    }
}
