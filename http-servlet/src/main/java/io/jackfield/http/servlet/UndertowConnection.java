package io.jackfield.http.servlet;

import io.jackfield.server.upgrade.ContainerConnection;
import io.jackfield.server.upgrade.Upgrade;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** A connection of Undertow: read and written by the event loop, waited for by an I/O thread of Undertow. */
final class UndertowConnection implements ContainerConnection {

    private static final Logger LOG = System.getLogger("io.jackfield.http.servlet");

    private final StreamConnection connection;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;

    /** Set by the loop, read by the I/O thread. */
    private volatile boolean outputEnding;

    private UndertowConnection(StreamConnection connection) {
        this.connection = connection;
        source = connection.getSourceChannel();
        sink = connection.getSinkChannel();
    }

    /** Takes a connection that nobody else uses any more. */
    static UndertowConnection of(StreamConnection connection, Upgrade upgrade) {
        UndertowConnection taken = new UndertowConnection(connection);
        taken.source.setReadListener(channel -> {
            channel.suspendReads();
            upgrade.readable();
        });
        taken.sink.setWriteListener(channel -> {
            if (taken.outputEnding) {
                taken.finish(channel);
            } else {
                channel.suspendWrites();
                upgrade.writable();
            }
        });
        connection.setCloseListener(closed -> upgrade.fail(new EOFException("the container has ended the connection")));
        return taken;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int length = source.read(target);
        if (length == 0) {
            source.resumeReads();
        }
        return length;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (sink.write(bytes) == 0) {
                sink.resumeWrites();
                return;
            }
        }
    }

    @Override
    public boolean flush() throws IOException {
        boolean flushed = sink.flush();
        if (!flushed) {
            sink.resumeWrites();
        }
        return flushed;
    }

    @Override
    public void shutdownOutput() throws IOException {
        outputEnding = true;
        sink.shutdownWrites();
        if (!sink.flush()) {
            sink.resumeWrites();
        }
    }

    /** The end of TLS did not go at once. */
    private void finish(ConduitStreamSinkChannel channel) {
        try {
            if (channel.flush()) {
                channel.suspendWrites();
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A connection was not closed well: {0}", e.getMessage());
        }
    }
}
