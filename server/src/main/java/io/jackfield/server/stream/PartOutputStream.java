package io.jackfield.server.stream;

import io.jackfield.api.stream.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** One message, written in parts. One thread at a time. */
final class PartOutputStream extends OutputStream {

    private static final int BUFFER_SIZE = 16 * 1024;

    private final BlockingConnection connection;
    private final MessageWriter message;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
    private boolean isClosed;

    PartOutputStream(BlockingConnection connection, MessageWriter message) {
        this.connection = connection;
        this.message = message;
    }

    @Override
    public void write(int b) throws IOException {
        requireOpen();
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        requireOpen();
        if (length > buffer.remaining()) {
            flush();
        }
        if (length >= BUFFER_SIZE) {
            connection.awaitSent(() -> message.writeAsync(ByteBuffer.wrap(source, offset, length)));
        } else {
            buffer.put(source, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        requireOpen();
        if (buffer.position() > 0) {
            ByteBuffer part = buffer.flip();
            try {
                connection.awaitSent(() -> message.writeAsync(part));
            } finally {
                buffer.clear();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            connection.awaitSent(() -> message.endAsync(buffer.flip()));
        }
    }

    private void requireOpen() throws IOException {
        if (isClosed) {
            throw new IOException("The message has ended");
        }
    }
}
