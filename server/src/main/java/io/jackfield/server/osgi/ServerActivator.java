package io.jackfield.server.osgi;

import io.jackfield.server.osgi.shell.ShellCommands;
import java.io.IOException;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Starts servers with the bundle, and stops them with the bundle.
 *
 * <p>Without Config Admin the framework's properties are the configuration, and a server that cannot start fails the
 * start of the bundle. With Config Admin servers start when that has delivered what is configured under
 * {@value ConfigurationReceiver#PID} and {@value ConfiguredServers#FACTORY_PID}, so that none listens on a default port
 * that nobody wants.
 */
public final class ServerActivator implements BundleActivator {

    private ServiceLoaderExtender extender;
    private ConfiguredServers servers;
    private ConfigurationAdminLink configurationAdmin;

    /** Called by the framework. */
    public ServerActivator() {}

    @Override
    public void start(BundleContext context) throws IOException {
        // First, so that the server's first handshake already finds the extensions.
        extender = new ServiceLoaderExtender(context);
        extender.open();
        ShellCommands.register(context);
        servers = new ConfiguredServers(context::getProperty, () -> new ConfiguredServer(context));
        configurationAdmin = new ConfigurationAdminLink(context, servers);
        try {
            if (!configurationAdmin.open()) {
                servers.apply(null);
            }
        } catch (IOException | RuntimeException e) {
            stop(context);
            throw e;
        }
    }

    @Override
    public void stop(BundleContext context) {
        configurationAdmin.close();
        servers.close();
        extender.close();
    }
}
