package io.jackfield.server.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Two ends of a loopback connection: the server's does not block, the peer's does. */
final class SocketPair implements AutoCloseable {

    /** Small, so that a peer that does not read is felt soon; but below a few segments of loopback TCP stalls. */
    private static final int SOCKET_BUFFER = 128 * 1024;

    final SocketChannel server;
    final SocketChannel peer;

    SocketPair() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            // The accepted end is the peer: it has the listener's small receive buffer.
            server = SocketChannel.open();
            server.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            server.connect(listener.getLocalAddress());
            peer = listener.accept();
        }
        SocketChannels.configure(server);
    }

    @Override
    public void close() {
        SocketChannels.closeQuietly(server);
        SocketChannels.closeQuietly(peer);
    }
}
