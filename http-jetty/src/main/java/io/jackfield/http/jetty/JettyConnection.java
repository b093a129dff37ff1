package io.jackfield.http.jetty;

import io.jackfield.server.upgrade.ContainerConnection;
import io.jackfield.server.upgrade.Upgrade;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * A connection of Jetty: read and written by the event loop, waited for by Jetty's selector. Linked against what Jetty has in common
 * from 9.4 to 12.1.
 */
final class JettyConnection extends AbstractConnection implements Connection.UpgradeTo, ContainerConnection {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Bytes that are left to Jetty where the socket does not take them. */
    private static final int LARGEST_REST = 64 * 1024;

    private final Upgrade upgrade;
    private final Callback whenReadable;
    private final Callback whenWritten;

    /** What came behind the request; Jetty's thread hands it over with the connection. */
    private ByteBuffer early = NOTHING;

    /** Whether Jetty still writes what was left to it. */
    private volatile boolean writing;

    JettyConnection(EndPoint endPoint, Upgrade upgrade) {
        super(endPoint, Runnable::run);
        this.upgrade = upgrade;
        whenReadable = Callback.from(InvocationType.NON_BLOCKING, upgrade::readable, this::fail);
        whenWritten = Callback.from(InvocationType.NON_BLOCKING, this::written, this::fail);
    }

    // -- from Jetty ---------------------------------------------------------------------------------------------------

    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
        if (buffer != null && buffer.hasRemaining()) {
            early = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        }
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // How long nothing may come is for the options of the endpoint to say.
        getEndPoint().setIdleTimeout(-1);
        upgrade.connect(this);
    }

    /** Called by nobody: this waits with a callback of its own, since how Jetty tells of failures differs by version. */
    @Override
    public void onFillable() {
        upgrade.readable();
    }

    private void fail(Throwable cause) {
        upgrade.fail(cause instanceof IOException known ? known : new IOException(cause));
    }

    // -- from the loop ------------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (early.hasRemaining()) {
            int length = Math.min(early.remaining(), target.remaining());
            target.put(target.position(), early, early.position(), length);
            target.position(target.position() + length);
            early.position(early.position() + length);
            return length;
        }
        // Jetty fills behind the limit.
        ByteBuffer room = target.slice().limit(0);
        int length = getEndPoint().fill(room);
        if (length > 0) {
            target.position(target.position() + length);
        } else if (length == 0) {
            getEndPoint().fillInterested(whenReadable);
        }
        return length;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (!writing && source.hasRemaining() && !getEndPoint().flush(source)) {
            leave(source);
        }
    }

    /** Jetty tells of room only when all that it was given is written: it is given a bounded part. */
    private void leave(ByteBuffer source) {
        int length = Math.min(source.remaining(), LARGEST_REST);
        ByteBuffer rest = ByteBuffer.allocate(length).put(0, source, source.position(), length);
        source.position(source.position() + length);
        writing = true;
        getEndPoint().write(whenWritten, rest);
    }

    private void written() {
        writing = false;
        upgrade.writable();
    }

    @Override
    public boolean flush() throws IOException {
        return !writing;
    }

    @Override
    public void shutdownOutput() {
        getEndPoint().shutdownOutput();
    }

    @Override
    public void close() {
        getEndPoint().close();
    }
}
