package io.jackfield.server.osgi;

import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;

/** What Config Admin delivers configurations to. With the two receivers the only class that links to its package. */
final class ConfigurationSubscription {

    private final List<ServiceRegistration<?>> receivers;

    private ConfigurationSubscription(List<ServiceRegistration<?>> receivers) {
        this.receivers = receivers;
    }

    static ConfigurationSubscription open(BundleContext context, ServiceReference<?> admin, ConfiguredServers servers) {
        // Before the default server hears that it has no configuration: there may be others.
        servers.expect(factoryConfigurations(context, admin));
        return new ConfigurationSubscription(List.of(
                context.registerService(
                        ManagedServiceFactory.class,
                        new FactoryConfigurationReceiver(servers),
                        pid(ConfiguredServers.FACTORY_PID)),
                context.registerService(
                        ManagedService.class, new ConfigurationReceiver(servers), pid(ConfigurationReceiver.PID))));
    }

    private static Hashtable<String, Object> pid(String pid) {
        return new Hashtable<>(Map.of(Constants.SERVICE_PID, pid));
    }

    private static List<String> factoryConfigurations(BundleContext context, ServiceReference<?> admin) {
        if (!(context.getService(admin) instanceof ConfigurationAdmin configurationAdmin)) {
            return List.of();
        }
        try {
            Configuration[] found = configurationAdmin.listConfigurations(
                    "(" + ConfigurationAdmin.SERVICE_FACTORYPID + "=" + ConfiguredServers.FACTORY_PID + ")");
            return found == null
                    ? List.of()
                    : Stream.of(found).map(Configuration::getPid).toList();
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("Config Admin does not list its configurations", e);
        } finally {
            context.ungetService(admin);
        }
    }

    void close() {
        receivers.forEach(ServiceRegistration::unregister);
    }
}
