package io.jackfield.server.connection;

import io.jackfield.api.Options;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.tls.EngineFactory;
import io.jackfield.server.transport.PlainTransport;
import io.jackfield.server.transport.SocketChannels;
import io.jackfield.server.transport.TlsTransport;
import io.jackfield.server.transport.Transport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Makes connections of sockets, plain or with TLS. Thread-safe. */
public final class Connector {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    /** Null for a server without TLS, for ever. */
    private volatile EngineFactory tls;

    /**
     * @param tls the server's TLS, or null for none
     */
    public Connector(EngineFactory tls) {
        this.tls = tls;
    }

    /**
     * Changes the TLS of connections to come.
     *
     * @param renewed the server's TLS from now on
     * @throws IllegalStateException if it has none
     */
    public void renew(EngineFactory renewed) {
        if (!isSecure()) {
            throw new IllegalStateException("The server was made without TLS");
        }
        tls = renewed;
    }

    /** Whether connections are TLS. */
    public boolean isSecure() {
        return tls != null;
    }

    /**
     * Makes a connection of an accepted socket.
     *
     * @param channel the socket
     * @param loop the connection's loop
     * @param options who may connect, and whether with the header of a proxy
     * @param onClosed runs once, when the socket is closed
     * @return the connection, not started, or empty if the socket is closed already
     */
    public Optional<Connection> connect(SocketChannel channel, EventLoop loop, Options options, Runnable onClosed) {
        try {
            SocketChannels.configure(channel);
            if (!options.usesProxyProtocol()) {
                return Optional.of(new Connection(loop, channel, transport(channel, loop), onClosed));
            }
            InetSocketAddress address = SocketChannels.remoteAddress(channel);
            if (address != null && options.allowsProxyProtocol(address.getAddress())) {
                return Optional.of(new Connection(
                        loop,
                        channel,
                        new PlainTransport(channel),
                        onClosed,
                        early -> transport(channel, loop, early)));
            }
            // Not to be guessed: whoever is no proxy is not to reach a server behind one.
            LOG.log(Level.INFO, "A connection is refused: {0} is no proxy of the option proxyProtocol", address);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection ended at once: {0}", e.getMessage());
        } catch (RuntimeException e) {
            // An SSLContext that is not usable, for instance: without its socket the peer would wait for ever.
            LOG.log(Level.ERROR, "A connection could not be set up", e);
        }
        SocketChannels.closeQuietly(channel);
        onClosed.run();
        return Optional.empty();
    }

    /**
     * Makes a connection of a socket that somebody else accepted, without TLS.
     *
     * @param channel the socket
     * @param loop the connection's loop
     * @param onClosed runs once, when the socket is closed
     * @return the connection, not started
     * @throws IllegalStateException if the socket is closed; then nothing runs
     */
    public static Connection takeOver(SocketChannel channel, EventLoop loop, Runnable onClosed) {
        try {
            SocketChannels.configure(channel);
            return new Connection(loop, channel, new PlainTransport(channel), onClosed);
        } catch (IOException e) {
            throw new IllegalStateException("The socket cannot be taken over: " + e.getMessage(), e);
        }
    }

    private Transport transport(SocketChannel channel, EventLoop loop) {
        return transport(channel, loop, ByteBuffer.allocate(0));
    }

    /** A transport that begins with bytes that were read already. Without TLS those are the connection's own. */
    private Transport transport(SocketChannel channel, EventLoop loop, ByteBuffer early) {
        EngineFactory engines = tls;
        return engines == null
                ? new PlainTransport(channel)
                : new TlsTransport(channel, engines.create(), loop.buffers(), early);
    }
}
