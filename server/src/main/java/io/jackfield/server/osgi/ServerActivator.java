package io.jackfield.server.osgi;

import io.jackfield.server.osgi.shell.ShellCommands;
import java.io.IOException;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Starts the server with the bundle, and stops it with the bundle.
 *
 * <p>Without Config Admin the framework's properties are the configuration, and a server that cannot start fails the
 * start of the bundle. With Config Admin the server starts when that has delivered what is configured under
 * {@value ConfigurationReceiver#PID}, so that it never listens on a default port that nobody wants.
 */
public final class ServerActivator implements BundleActivator {

    private ServiceLoaderExtender extender;
    private ServerLifecycle lifecycle;
    private ConfigurationAdminLink configurationAdmin;

    /** Called by the framework. */
    public ServerActivator() {}

    @Override
    public void start(BundleContext context) throws IOException {
        // First, so that the server's first handshake already finds the extensions.
        extender = new ServiceLoaderExtender(context);
        extender.open();
        ShellCommands.register(context);
        lifecycle = new ServerLifecycle(context);
        configurationAdmin = new ConfigurationAdminLink(context, lifecycle);
        try {
            if (!configurationAdmin.open()) {
                lifecycle.apply(ServerConfiguration.read(context::getProperty));
            }
        } catch (IOException | RuntimeException e) {
            stop(context);
            throw e;
        }
    }

    @Override
    public void stop(BundleContext context) {
        configurationAdmin.close();
        lifecycle.close();
        extender.close();
    }
}
