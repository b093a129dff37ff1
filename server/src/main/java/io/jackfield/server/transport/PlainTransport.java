package io.jackfield.server.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.List;

/** A socket without TLS. */
public final class PlainTransport implements Transport {

    private final SocketChannel channel;

    /**
     * Wraps a socket.
     *
     * @param channel a connected socket in non-blocking mode
     */
    public PlainTransport(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public boolean hasBufferedInput() {
        return false;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        channel.write(source);
    }

    @Override
    public void write(ByteBuffer[] sources, int offset, int length) throws IOException {
        channel.write(sources, offset, length);
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        SocketChannels.closeQuietly(channel);
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        return List.of();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return SocketChannels.remoteAddress(channel);
    }
}
