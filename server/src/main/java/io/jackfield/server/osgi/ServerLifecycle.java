package io.jackfield.server.osgi;

import io.jackfield.server.Tls;
import java.io.IOException;
import org.osgi.framework.BundleContext;

/** Runs at most one server, always from the last configuration that was good. Not thread-safe. */
final class ServerLifecycle {

    private final BundleContext context;
    private ServerConfiguration current;
    private Tls currentTls;
    private PublishedServer running;

    ServerLifecycle(BundleContext context) {
        this.context = context;
    }

    /** What the server runs with, or null if nothing was applied. */
    ServerConfiguration current() {
        return current;
    }

    /** How the server speaks TLS, or null. */
    Tls currentTls() {
        return currentTls;
    }

    /**
     * Brings the server into line with a configuration. If its socket stays, and TLS is not new
     * to it, it runs on, and so do its connections; otherwise it is replaced, and its connections are closed with 1001.
     *
     * @param wanted the configuration
     * @param tls how to speak TLS, or null for none
     * @throws InvalidPropertyException if it cannot be used; the server stays as it was
     * @throws IOException if it is not possible to listen as it says; the server stays as it was
     */
    void apply(ServerConfiguration wanted, Tls tls) throws IOException {
        boolean stays =
                current != null && wanted.socket().equals(current.socket()) && (tls == null) == (currentTls == null);
        if (!stays) {
            replace(wanted, tls);
        } else if (running != null && !(wanted.equals(current) && tls == currentTls)) {
            running.change(wanted, tls);
        }
        current = wanted;
        currentTls = tls;
    }

    private void replace(ServerConfiguration wanted, Tls tls) throws IOException {
        PublishedServer successor = wanted.isEnabled() ? new PublishedServer(context, wanted, tls) : null;
        if (running != null && successor != null && wanted.listensWhere(current)) {
            takeOverPort(successor);
        } else if (successor != null) {
            successor.start();
        }
        closeRunning();
        running = successor;
    }

    /** The port is free only when the old server is gone; if the new one cannot start, the old one comes back. */
    private void takeOverPort(PublishedServer successor) throws IOException {
        closeRunning();
        try {
            successor.start();
        } catch (IOException | RuntimeException e) {
            PublishedServer restored = new PublishedServer(context, current, currentTls);
            try {
                restored.start();
                running = restored;
            } catch (IOException | RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
                forget();
            }
            throw e;
        }
    }

    /** Stops the server until a configuration is applied again. */
    void stop() {
        closeRunning();
        forget();
    }

    private void forget() {
        current = null;
        currentTls = null;
    }

    private void closeRunning() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
