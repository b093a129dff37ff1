package io.jackfield.server.osgi;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** Receives the server's configuration from Config Admin. The only class that links to Config Admin's package. */
final class ConfigurationReceiver implements ManagedService {

    /** The persistent identity of the configuration. */
    static final String PID = "io.jackfield.server";

    private final Function<String, String> frameworkProperties;
    private final ServerLifecycle lifecycle;

    private ConfigurationReceiver(Function<String, String> frameworkProperties, ServerLifecycle lifecycle) {
        this.frameworkProperties = frameworkProperties;
        this.lifecycle = lifecycle;
    }

    static ServiceRegistration<?> register(BundleContext context, ServerLifecycle lifecycle) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(Constants.SERVICE_PID, PID));
        ConfigurationReceiver receiver = new ConfigurationReceiver(context::getProperty, lifecycle);
        return context.registerService(ManagedService.class, receiver, properties);
    }

    /**
     * Applies a configuration; the framework's properties stand in for what it does not say.
     *
     * @param given the configuration, or null if there is none
     * @throws ConfigurationException naming the property that cannot be used; the server stays as it was
     */
    @Override
    public void updated(Dictionary<String, ?> given) throws ConfigurationException {
        try {
            lifecycle.apply(ServerConfiguration.read(frameworkProperties, given == null ? Map.of() : map(given)));
        } catch (InvalidPropertyException e) {
            throw new ConfigurationException(e.property(), e.reason(), e);
        } catch (IOException e) {
            throw new ConfigurationException(ServerConfiguration.PORT, e.getMessage(), e);
        }
    }

    private static Map<String, Object> map(Dictionary<String, ?> dictionary) {
        return Collections.list(dictionary.keys()).stream().collect(Collectors.toMap(key -> key, dictionary::get));
    }
}
