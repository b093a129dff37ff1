package io.jackfield.http.jetty.osgi;

import io.jackfield.http.jetty.JettySwitch;
import io.jackfield.http.servlet.ProtocolSwitch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the switch while the bundle is active. */
public final class JettyActivator implements BundleActivator {

    /** Called by the framework. */
    public JettyActivator() {}

    @Override
    public void start(BundleContext context) {
        context.registerService(ProtocolSwitch.class, new JettySwitch(), null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }
}
