package io.jackfield.server.connection;

import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A socket without a network: keeps what is written to it, unless it is told to take nothing. Used on the loop's thread. */
final class Wire extends SocketChannel {

    private static final int OPCODE = 0x0f;
    private static final int CLOSE = 8;

    private final ByteBuffer written = ByteBuffer.allocate(256);
    private volatile boolean stalled;

    Wire() {
        super(SelectorProvider.provider());
    }

    /** Whether it takes nothing. Any thread may say so. */
    void stall(boolean takesNothing) {
        stalled = takesNothing;
    }

    /** The frames so far, each by its name; a close frame with its code. None has more than 125 bytes. */
    List<String> frames() {
        List<String> frames = new ArrayList<>();
        ByteBuffer bytes = written.duplicate().flip();
        while (bytes.hasRemaining()) {
            int opcode = bytes.get() & OPCODE;
            ByteBuffer payload = bytes.slice(bytes.position() + 1, bytes.get(bytes.position()));
            bytes.position(bytes.position() + 1 + payload.remaining());
            frames.add(opcode == CLOSE ? "close " + payload.getShort() : "message");
        }
        return frames;
    }

    @Override
    public int write(ByteBuffer source) {
        int length = stalled ? 0 : source.remaining();
        if (length > 0) {
            written.put(source);
        }
        return length;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += write(sources[i]);
        }
        return total;
    }

    @Override
    public int read(ByteBuffer target) {
        return 0;
    }

    @Override
    public SocketChannel shutdownOutput() {
        return this;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    protected void implCloseSelectableChannel() {
        // There is nothing behind it.
    }

    // -- what nobody asks for behind a transport ----------------------------------------------------------------------

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownInput() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnectionPending() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean finishConnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        throw new UnsupportedOperationException();
    }
}
