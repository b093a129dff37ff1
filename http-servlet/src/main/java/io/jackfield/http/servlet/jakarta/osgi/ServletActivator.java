package io.jackfield.http.servlet.jakarta.osgi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Registers the servlet while the bundle is active, where the Servlet API of this namespace is: the bundle may be there for the
 * other's sake.
 */
public final class ServletActivator implements BundleActivator {

    private static final Logger LOG = System.getLogger("io.jackfield.http.servlet");

    /** Null where there is no such Servlet API. */
    private WhiteboardServlet servlet;

    /** Called by the framework. */
    public ServletActivator() {}

    @Override
    public void start(BundleContext context) {
        try {
            servlet = WhiteboardServlet.register(context);
        } catch (NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "There is no jakarta.servlet: nothing is registered for it");
        }
    }

    @Override
    public void stop(BundleContext context) {
        if (servlet != null) {
            servlet.close();
        }
    }
}
