package io.jackfield.server.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;

/** What all sockets of the server have in common. */
public final class SocketChannels {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private SocketChannels() {}

    /**
     * Prepares a socket for its loop: non-blocking, and small writes leave at once.
     *
     * @param channel a connected socket
     * @throws IOException if it is closed
     */
    public static void configure(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /**
     * Closes a channel of which nothing more is expected.
     *
     * @param channel any channel
     */
    public static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A channel could not be closed: {0}", e.getMessage());
        }
    }

    /**
     * Closes a socket with a reset: nothing of it stays in the system, whatever the peer does.
     *
     * @param channel a connected socket
     */
    public static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A socket could not be reset: {0}", e.getMessage());
        }
        closeQuietly(channel);
    }

    /**
     * The address of a socket's peer.
     *
     * @param channel a socket
     * @return null if it is not connected, or has no internet address
     */
    public static InetSocketAddress remoteAddress(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress address ? address : null;
        } catch (IOException e) {
            return null;
        }
    }
}
