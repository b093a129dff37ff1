package io.jackfield.server.osgi;

import io.jackfield.server.Tls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.net.ssl.SSLContext;
import org.osgi.framework.BundleContext;

/**
 * The server of one configuration, with its TLS: from a key store, or from a service that may come later and leave early.
 * Thread-safe.
 */
final class ConfiguredServer implements Configurable {

    private static final Logger LOG = System.getLogger(ConfiguredServer.class.getName());

    private final BundleContext context;
    private final ServerLifecycle lifecycle;
    private ServerConfiguration wanted;

    /** Null where the wanted configuration names no service. */
    private TlsService tlsService;

    ConfiguredServer(BundleContext context) {
        this.context = context;
        lifecycle = new ServerLifecycle(context);
    }

    /**
     * Brings the server into line with a configuration. Where that names a service that is not there yet, this happens when
     * it comes, and the server stays as it was until then.
     */
    @Override
    public synchronized void apply(ServerConfiguration configuration) throws IOException {
        TlsService service = service(configuration.tls());
        try {
            if (service == null) {
                lifecycle.apply(configuration, open(configuration.tls()));
            } else if (service.best() != null) {
                lifecycle.apply(configuration, configuration.tls().open(service.best()));
            } else {
                LOG.log(Level.INFO, "Server {0} waits for its SSLContext", configuration.name());
            }
        } catch (IOException | RuntimeException e) {
            if (service != tlsService) {
                closeIfAny(service);
            }
            throw e;
        }
        if (service != tlsService) {
            closeIfAny(tlsService);
        }
        tlsService = service;
        wanted = configuration;
    }

    @Override
    public synchronized boolean isConfigured() {
        return wanted != null;
    }

    @Override
    public synchronized void stop() {
        closeIfAny(tlsService);
        tlsService = null;
        wanted = null;
        lifecycle.stop();
    }

    /** The service that a configuration names, looked for; null if it names none. */
    private TlsService service(TlsConfiguration tls) {
        if (tls == null || !tls.isNamed()) {
            return null;
        }
        if (tlsService != null && tlsService.isNamed(tls.name())) {
            return tlsService;
        }
        TlsService service = new TlsService(context, tls.name(), this::onChange);
        service.open();
        return service;
    }

    private static void closeIfAny(TlsService service) {
        if (service != null) {
            service.close();
        }
    }

    /** Files are read again if they have changed. */
    private Tls open(TlsConfiguration tls) {
        if (tls == null) {
            return null;
        }
        ServerConfiguration current = lifecycle.current();
        boolean same = current != null && tls.equals(current.tls());
        return same && !lifecycle.currentTls().isOutdated() ? lifecycle.currentTls() : tls.open(null);
    }

    private synchronized void onChange(TlsService service) {
        if (service != tlsService) {
            return;
        }
        SSLContext tls = service.best();
        if (tls != null) {
            try {
                lifecycle.apply(wanted, wanted.tls().open(tls));
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "Server {0} stays as it was: {1}", wanted.name(), e.getMessage());
            }
        } else if (lifecycle.current() == wanted) {
            LOG.log(Level.INFO, "Server {0} stops: its SSLContext is gone", wanted.name());
            lifecycle.stop();
        }
    }
}
