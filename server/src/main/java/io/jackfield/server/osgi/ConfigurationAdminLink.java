package io.jackfield.server.osgi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * Subscribes to configurations while Config Admin is there. Config Admin is known by name alone, and its
 * package imported dynamically: a plain optional import would be decided when this bundle resolves, which may be before
 * Config Admin is installed.
 */
final class ConfigurationAdminLink implements ServiceListener {

    private static final Logger LOG = System.getLogger(ConfigurationAdminLink.class.getName());

    private static final String CONFIGURATION_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";

    private final BundleContext context;
    private final ConfiguredServers servers;
    private ConfigurationSubscription subscription;

    ConfigurationAdminLink(BundleContext context, ConfiguredServers servers) {
        this.context = context;
        this.servers = servers;
    }

    /**
     * Looks for Config Admin, now and from now on.
     *
     * @return true if it is there: it will deliver a configuration, or word that there is none
     */
    synchronized boolean open() {
        try {
            context.addServiceListener(this, "(objectClass=" + CONFIGURATION_ADMIN + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        subscribe();
        return subscription != null;
    }

    /** Forgets Config Admin. */
    synchronized void close() {
        context.removeServiceListener(this);
        unsubscribe();
    }

    @Override
    public synchronized void serviceChanged(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED) {
            subscribe();
        } else if (event.getType() == ServiceEvent.UNREGISTERING) {
            unsubscribe();
        }
    }

    private void subscribe() {
        ServiceReference<?> admin = context.getServiceReference(CONFIGURATION_ADMIN);
        if (admin == null || subscription != null) {
            return;
        }
        try {
            subscription = ConfigurationSubscription.open(context, admin, servers);
        } catch (NoClassDefFoundError e) {
            // A Config Admin whose package nobody exports. The framework's properties stay the configuration.
            LOG.log(Level.WARNING, "Config Admin of " + admin.getBundle() + " is not used: " + e);
        }
    }

    private void unsubscribe() {
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
    }
}
