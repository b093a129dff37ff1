package io.jackfield.server.osgi;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.cm.ConfigurationException;
import org.osgi.service.cm.ManagedService;

/** Receives the configuration of the default server. */
final class ConfigurationReceiver implements ManagedService {

    /** The identity of the configuration. */
    static final String PID = "io.jackfield.server";

    private final ConfiguredServers servers;

    ConfigurationReceiver(ConfiguredServers servers) {
        this.servers = servers;
    }

    /**
     * Applies a configuration.
     *
     * @param given the configuration, or null if there is none
     * @throws ConfigurationException naming the property that cannot be used; the server stays as it was
     */
    @Override
    public void updated(Dictionary<String, ?> given) throws ConfigurationException {
        refusing(() -> servers.apply(given == null ? null : map(given)));
    }

    /** Applies a configuration. */
    interface Application {
        void run() throws IOException;
    }

    /** Tells Config Admin which property cannot be used. */
    static void refusing(Application application) throws ConfigurationException {
        try {
            application.run();
        } catch (InvalidPropertyException e) {
            throw new ConfigurationException(e.property(), e.reason(), e);
        } catch (IOException e) {
            throw new ConfigurationException(ServerProperty.PORT.key(), e.getMessage(), e);
        }
    }

    static Map<String, Object> map(Dictionary<String, ?> dictionary) {
        return Collections.list(dictionary.keys()).stream().collect(Collectors.toMap(key -> key, dictionary::get));
    }
}
