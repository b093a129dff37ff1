package io.jackfield.itest.configurationbundle;

import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.BiFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;

/**
 * Uses Config Admin at the request of a test, whose class path is not the framework's: it reaches the bundle by a
 * {@link BiFunction} of a PID and properties.
 */
public final class ConfigurationActivator implements BundleActivator {

    /** Service property of the functions. */
    public static final String DOES = "does";

    /** Stores a configuration, or deletes it if there are no properties. */
    public static final String STORE = "store";

    /** Delivers a configuration as Config Admin does, and returns the name of the property that is refused, or null. */
    public static final String DELIVER = "deliver";

    private BundleContext context;

    /** Called by the framework. */
    public ConfigurationActivator() {}

    @Override
    public void start(BundleContext bundleContext) {
        context = bundleContext;
        offer(STORE, this::store);
        offer(DELIVER, this::deliver);
    }

    @Override
    public void stop(BundleContext bundleContext) {}

    private void offer(String what, BiFunction<String, Map<String, ?>, String> function) {
        context.registerService(BiFunction.class, function, new Hashtable<>(Map.of(DOES, what)));
    }

    private String store(String pid, Map<String, ?> properties) {
        try {
            ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
            int tilde = pid.indexOf('~');
            Configuration configuration = tilde < 0
                    ? admin.getConfiguration(pid, "?")
                    : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?");
            if (properties == null) {
                configuration.delete();
            } else {
                configuration.update(new Hashtable<>(properties));
            }
            return null;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String deliver(String pid, Map<String, ?> properties) {
        Dictionary<String, ?> dictionary = properties == null ? null : new Hashtable<>(properties);
        int tilde = pid.indexOf('~');
        try {
            if (tilde < 0) {
                service(ManagedService.class, pid).updated(dictionary);
            } else {
                service(ManagedServiceFactory.class, pid.substring(0, tilde)).updated(pid, dictionary);
            }
            return null;
        } catch (ConfigurationException e) {
            return e.getProperty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T service(Class<T> type, String pid) throws Exception {
        Collection<ServiceReference<T>> found = context.getServiceReferences(type, "(service.pid=" + pid + ")");
        return context.getService(found.iterator().next());
    }
}
