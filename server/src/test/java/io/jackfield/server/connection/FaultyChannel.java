package io.jackfield.server.connection;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A socket of which reads and writes go wrong. A transport reads and writes through it; the loop waits for the real one
 * below. Used on the loop's thread.
 */
final class FaultyChannel extends SocketChannel {

    private final SocketChannel real;
    private final Fault fault;

    private long read;
    private long written;
    private int refused;
    private boolean broken;

    FaultyChannel(SocketChannel real, Fault fault) {
        super(real.provider());
        this.real = real;
        this.fault = fault;
    }

    /** The bytes that were read. */
    long totalRead() {
        return read;
    }

    /** The bytes that were written. */
    long totalWritten() {
        return written;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireWhole();
        long most = Math.min(target.remaining(), fault.mostRead());
        if (fault.kind() == Fault.Kind.RESET_READING || fault.kind() == Fault.Kind.END_OF_INPUT) {
            most = Math.min(most, fault.at() - read);
            if (most == 0) {
                if (fault.kind() == Fault.Kind.END_OF_INPUT) {
                    return -1;
                }
                broken = true;
                throw Fault.reset();
            }
        }
        int limit = target.limit();
        target.limit(target.position() + (int) most);
        int length = real.read(target);
        target.limit(limit);
        read += Math.max(0, length);
        return length;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireWhole();
        if (source.hasRemaining() && refused < fault.refusedWrites()) {
            refused++;
            return 0;
        }
        refused = 0;
        long most = Math.min(source.remaining(), fault.mostWritten());
        if (fault.kind() == Fault.Kind.RESET_WRITING) {
            most = Math.min(most, fault.at() - written);
            if (most == 0 && source.hasRemaining()) {
                broken = true;
                throw Fault.reset();
            }
        }
        int limit = source.limit();
        source.limit(source.position() + (int) most);
        int length = real.write(source);
        source.limit(limit);
        written += length;
        return length;
    }

    /** A gathering write may take less than the first buffer, too. */
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].hasRemaining()) {
                return write(sources[i]);
            }
        }
        return 0;
    }

    private void requireWhole() throws IOException {
        if (broken) {
            throw Fault.reset();
        }
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        requireWhole();
        real.shutdownOutput();
        return this;
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        real.close();
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return real.getRemoteAddress();
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
