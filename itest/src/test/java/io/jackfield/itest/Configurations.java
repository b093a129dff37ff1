package io.jackfield.itest;

import io.jackfield.itest.configurationbundle.ConfigurationActivator;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Config Admin in a framework, and the servers that come of it. */
final class Configurations {

    /** The default server's. */
    static final String PID = "io.jackfield.server";

    /** What the PIDs of other servers begin with; behind it comes a name. */
    static final String FACTORY = "io.jackfield.server.factory~";

    private static final String SERVER = "(objectClass=io.jackfield.server.WebSocketServer)";
    private static final long PATIENCE_MILLIS = 20_000;

    private final BundleContext context;
    private final BiFunction<String, Map<String, ?>, String> store;
    private final BiFunction<String, Map<String, ?>, String> deliver;

    private Configurations(OsgiFramework framework) throws InvalidSyntaxException {
        context = framework.context();
        store = function(ConfigurationActivator.STORE);
        deliver = function(ConfigurationActivator.DELIVER);
    }

    /** Installs Config Admin and starts it. */
    static Configurations start(OsgiFramework framework) throws Exception {
        framework.startAll(Workplace.CONFIG_ADMIN);
        framework.start(
                "configuration",
                TestBundle.of(ConfigurationActivator.class)
                        .header("Import-Package", "org.osgi.framework,org.osgi.service.cm"));
        return new Configurations(framework);
    }

    @SuppressWarnings("unchecked") // The service property tells the types.
    private BiFunction<String, Map<String, ?>, String> function(String does) throws InvalidSyntaxException {
        ServiceReference<?> reference =
                context.getServiceReferences(BiFunction.class.getName(), "(does=" + does + ")")[0];
        return (BiFunction<String, Map<String, ?>, String>) context.getService(reference);
    }

    /** Stores a configuration, which Config Admin then delivers in a thread of its own. */
    void store(String pid, Map<String, ?> properties) {
        var unused = store.apply(pid, properties);
    }

    void delete(String pid) {
        var unused = store.apply(pid, null);
    }

    /** Delivers a configuration at once, and tells which property was refused; null for none. */
    String deliver(String pid, Map<String, ?> properties) {
        return deliver.apply(pid, properties);
    }

    /** Waits for a server whose service properties match. */
    String url(String filter) throws Exception {
        ServiceTracker<Object, ServiceReference<Object>> tracker = tracker(filter, new CountDownLatch(1));
        try {
            if (tracker.waitForService(PATIENCE_MILLIS) == null) {
                throw new AssertionError("No server with " + filter);
            }
            return tracker.getServiceReference().getProperty("jackfield.url").toString();
        } finally {
            tracker.close();
        }
    }

    int port(String filter) throws Exception {
        return URI.create(url(filter)).getPort();
    }

    /** Waits until no server matches. There must be one now, or never. */
    void awaitNone(String filter) throws Exception {
        CountDownLatch removed = new CountDownLatch(1);
        ServiceTracker<Object, ServiceReference<Object>> tracker = tracker(filter, removed);
        try {
            if (!tracker.isEmpty() && !removed.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("There still is a server with " + filter);
            }
        } finally {
            tracker.close();
        }
    }

    int servers() throws InvalidSyntaxException {
        ServiceReference<?>[] found = context.getAllServiceReferences(null, SERVER);
        return found == null ? 0 : found.length;
    }

    private ServiceTracker<Object, ServiceReference<Object>> tracker(String filter, CountDownLatch removed)
            throws InvalidSyntaxException {
        ServiceTracker<Object, ServiceReference<Object>> tracker =
                new ServiceTracker<>(context, FrameworkUtil.createFilter("(&" + SERVER + filter + ")"), null) {
                    @Override
                    public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
                        return reference;
                    }

                    @Override
                    public void removedService(ServiceReference<Object> reference, ServiceReference<Object> service) {
                        removed.countDown();
                    }
                };
        // All: our own class path has another class of the server's name, to which the service cannot be assigned.
        tracker.open(true);
        return tracker;
    }
}
