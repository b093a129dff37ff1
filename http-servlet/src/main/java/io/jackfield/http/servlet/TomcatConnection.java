package io.jackfield.http.servlet;

import io.jackfield.server.upgrade.ContainerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * A socket of Tomcat: read and written by the event loop, waited for by Tomcat's poller. Its type is the same in the namespaces
 * of both Servlet APIs.
 */
public final class TomcatConnection implements ContainerConnection {

    /** Tomcat holds back what the socket does not take: as much of one write. */
    private static final int LARGEST_WRITE = 64 * 1024;

    private final SocketWrapperBase<?> socket;

    /**
     * A connection of Tomcat's.
     *
     * @param socket an upgraded socket
     */
    public TomcatConnection(SocketWrapperBase<?> socket) {
        this.socket = socket;
        // How long nothing may come is for the options of the endpoint to say.
        socket.setReadTimeout(-1);
        socket.setWriteTimeout(-1);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int length;
        try {
            length = socket.read(false, target);
        } catch (EOFException e) {
            return -1;
        }
        if (length == 0) {
            socket.registerReadInterest();
        }
        return length;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        int limit = source.limit();
        while (source.position() < limit && flush()) {
            source.limit(Math.min(limit, source.position() + LARGEST_WRITE));
            try {
                socket.write(false, source);
            } finally {
                source.limit(limit);
            }
        }
    }

    @Override
    public boolean flush() throws IOException {
        boolean left = socket.flush(false);
        if (left) {
            socket.registerWriteInterest();
        }
        return !left;
    }

    /** Tomcat ends both directions at once. */
    @Override
    public void shutdownOutput() {
        // What the peer's end is waited for then is bounded by time.
    }

    @Override
    public void close() {
        socket.close();
    }
}
