package io.jackfield.server.osgi;

import java.io.IOException;
import org.osgi.framework.BundleContext;

/** Runs at most one server, always from the last configuration that was good. Thread-safe. */
final class ServerLifecycle {

    private final BundleContext context;
    private ServerConfiguration current;
    private PublishedServer running;
    private boolean closed;

    ServerLifecycle(BundleContext context) {
        this.context = context;
    }

    /**
     * Brings the server into line with a configuration. Does nothing if it already is; otherwise the server is replaced,
     * and its connections are closed with 1001.
     *
     * @param wanted the configuration
     * @throws InvalidPropertyException if it cannot be used; the server stays as it was
     * @throws IOException if it is not possible to listen as it says; the server stays as it was
     */
    synchronized void apply(ServerConfiguration wanted) throws IOException {
        if (closed || wanted.equals(current)) {
            return;
        }
        PublishedServer successor = wanted.isEnabled() ? new PublishedServer(context, wanted) : null;
        boolean samePort = running != null && successor != null && wanted.listensWhere(current);
        if (samePort) {
            takeOverPort(successor);
        } else if (successor != null) {
            successor.start();
        }
        closeRunning();
        running = successor;
        current = wanted;
    }

    /** Stops the server for good. */
    synchronized void close() {
        closed = true;
        closeRunning();
    }

    /** The port is free only when the old server is gone; if the new one cannot start, the old one comes back. */
    private void takeOverPort(PublishedServer successor) throws IOException {
        closeRunning();
        try {
            successor.start();
        } catch (IOException | RuntimeException e) {
            PublishedServer restored = new PublishedServer(context, current);
            try {
                restored.start();
                running = restored;
            } catch (IOException | RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
                current = null;
            }
            throw e;
        }
    }

    private void closeRunning() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
