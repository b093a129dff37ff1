package io.jackfield.server.osgi;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The servers of a framework: the default server, and one for each factory configuration. The default server is there
 * where somebody asked for it, by a configuration or a port among the framework's properties, and where there is no factory
 * configuration; so port 8080 is never open beside the ports that were configured. Thread-safe.
 */
final class ConfiguredServers {

    /** The identity of factory configurations, which theirs begin with. */
    static final String FACTORY_PID = "io.jackfield.server.factory";

    private static final Logger LOG = System.getLogger(ConfiguredServers.class.getName());

    private final Function<String, String> frameworkProperties;
    private final Supplier<Configurable> maker;
    private final Configurable defaultServer;
    private final Map<String, Configurable> others = new HashMap<>();

    /** The factory configurations that there are, refused ones and those that will be delivered included. */
    private final Set<String> pids = new HashSet<>();

    /** What the default server is where nobody asked for it; null if somebody did. */
    private ServerConfiguration unasked;

    private boolean closed;

    /**
     * No servers yet.
     *
     * @param frameworkProperties give the value of a key, or null
     * @param maker makes servers that do not run
     */
    ConfiguredServers(Function<String, String> frameworkProperties, Supplier<Configurable> maker) {
        this.frameworkProperties = frameworkProperties;
        this.maker = maker;
        defaultServer = maker.get();
    }

    /**
     * Applies the singleton configuration to the default server; the framework's properties stand in for what it does not
     * say.
     *
     * @param given the configuration, or null if there is none
     * @throws InvalidPropertyException if it cannot be used; the server stays as it was
     * @throws IOException if it is not possible to listen as it says; the server stays as it was
     */
    synchronized void apply(Map<String, ?> given) throws IOException {
        if (closed) {
            return;
        }
        ServerConfiguration wanted = ServerConfiguration.read(frameworkProperties, given == null ? Map.of() : given);
        boolean asked = given != null || frameworkProperties.apply(ServerProperty.PORT.key()) != null;
        if (asked || pids.isEmpty()) {
            defaultServer.apply(wanted);
        } else if (unasked == null) {
            // Nobody asks for it any more. Otherwise it runs until a factory configuration has proved to be good.
            defaultServer.stop();
        }
        unasked = asked ? null : wanted;
    }

    /**
     * Tells which factory configurations there are. They will be applied; the servers of others stop.
     *
     * @param all the identities of all
     */
    synchronized void expect(Collection<String> all) {
        if (closed) {
            return;
        }
        Set<String> gone = new HashSet<>(others.keySet());
        gone.removeAll(all);
        pids.clear();
        pids.addAll(all);
        gone.forEach(this::delete);
    }

    /**
     * Applies a factory configuration to its server.
     *
     * @param pid its identity
     * @param given the configuration, which says everything about the server
     * @throws InvalidPropertyException if it cannot be used; all servers stay as they were
     * @throws IOException if it is not possible to listen as it says; all servers stay as they were
     */
    synchronized void apply(String pid, Map<String, ?> given) throws IOException {
        if (closed) {
            return;
        }
        pids.add(pid);
        ServerConfiguration wanted = ServerConfiguration.readNamed(name(pid), given);
        Configurable server = others.computeIfAbsent(pid, any -> maker.get());
        if (unasked != null && wanted.listensWhere(unasked)) {
            applyInPlaceOfDefault(server, wanted);
        } else {
            server.apply(wanted);
        }
        if (unasked != null) {
            defaultServer.stop();
        }
    }

    private void applyInPlaceOfDefault(Configurable server, ServerConfiguration wanted) throws IOException {
        boolean ran = defaultServer.isConfigured();
        defaultServer.stop();
        try {
            server.apply(wanted);
        } catch (IOException | RuntimeException e) {
            if (ran) {
                startUnasked();
            }
            throw e;
        }
    }

    /** Stops the server of a factory configuration that is there no more. */
    synchronized void delete(String pid) {
        pids.remove(pid);
        Configurable server = others.remove(pid);
        if (server != null) {
            server.stop();
        }
        if (pids.isEmpty() && unasked != null && !closed) {
            startUnasked();
        }
    }

    private void startUnasked() {
        try {
            defaultServer.apply(unasked);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The default server does not start: {0}", e.getMessage());
        }
    }

    /** Stops all servers for good. */
    synchronized void close() {
        closed = true;
        others.values().forEach(Configurable::stop);
        others.clear();
        defaultServer.stop();
    }

    /** What Config Admin, Karaf's shell and the file names of Karaf append to the identity of the factory. */
    private static String name(String pid) {
        return pid.startsWith(FACTORY_PID) && pid.length() > FACTORY_PID.length() + 1
                ? pid.substring(FACTORY_PID.length() + 1)
                : pid;
    }
}
