package io.jackfield.server.osgi;

import java.util.Dictionary;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedServiceFactory;

/** Receives factory configurations: each is a server. */
final class FactoryConfigurationReceiver implements ManagedServiceFactory {

    private final ConfiguredServers servers;

    FactoryConfigurationReceiver(ConfiguredServers servers) {
        this.servers = servers;
    }

    @Override
    public String getName() {
        return "Jackfield WebSocket servers";
    }

    /**
     * Applies a configuration.
     *
     * @throws ConfigurationException naming the property that cannot be used; all servers stay as they were
     */
    @Override
    public void updated(String pid, Dictionary<String, ?> given) throws ConfigurationException {
        ConfigurationReceiver.refusing(() -> servers.apply(pid, ConfigurationReceiver.map(given)));
    }

    @Override
    public void deleted(String pid) {
        servers.delete(pid);
    }
}
