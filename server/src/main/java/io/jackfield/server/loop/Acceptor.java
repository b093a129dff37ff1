package io.jackfield.server.loop;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Accepts connections on a loop. When the system has no more file descriptors it pauses instead of spinning. */
public final class Acceptor implements Selectable {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    /** Connections accepted in one turn before others get theirs. */
    private static final int ACCEPTS_PER_TURN = 64;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Where connections come from: the server socket. */
    interface Source {
        /** The next connection, or null if none waits. */
        SocketChannel accept() throws IOException;
    }

    private final ServerSocketChannel channel;
    private final Source source;
    private final EventLoop loop;
    private final Consumer<SocketChannel> accepted;
    private SelectionKey key;
    private boolean failing;

    /**
     * An acceptor that does not accept yet.
     *
     * @param channel a bound server socket in non-blocking mode
     * @param loop the loop to accept on
     * @param accepted receives each connection
     */
    public Acceptor(ServerSocketChannel channel, EventLoop loop, Consumer<SocketChannel> accepted) {
        this(channel, channel::accept, loop, accepted);
    }

    Acceptor(ServerSocketChannel channel, Source source, EventLoop loop, Consumer<SocketChannel> accepted) {
        this.channel = channel;
        this.source = source;
        this.loop = loop;
        this.accepted = accepted;
    }

    /** Begins to accept. Any thread may call it. */
    public void start() {
        loop.execute(() -> {
            try {
                key = loop.register(channel, SelectionKey.OP_ACCEPT, this);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The server stopped before it accepted: {0}", e.getMessage());
            }
        });
    }

    /** Ends accepting and closes the server socket, soon. Any thread may call it. */
    public void close() {
        // On the loop, because a registered channel gives its port free only when its selector looks at it.
        loop.execute(this::closeChannel);
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A server socket could not be closed: " + e.getMessage());
        }
    }

    @Override
    public void onReady(int readyOps) {
        for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
            SocketChannel connection;
            try {
                connection = source.accept();
            } catch (IOException e) {
                pause(e);
                return;
            }
            if (connection == null) {
                return;
            }
            failing = false;
            accepted.accept(connection);
        }
    }

    private void pause(IOException failure) {
        if (!channel.isOpen()) {
            return;
        }
        if (!failing) {
            failing = true;
            LOG.log(Level.WARNING, "Accepting pauses: " + failure.getMessage());
        }
        key.interestOps(0);
        loop.schedule(PAUSE_NANOS, () -> {
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        });
    }

    @Override
    public void onFailure(Throwable thrown) {
        if (!(thrown instanceof IOException)) {
            pause(new IOException(thrown));
        } else {
            closeChannel();
        }
    }
}
