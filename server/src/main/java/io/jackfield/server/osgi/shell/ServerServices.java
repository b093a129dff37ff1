package io.jackfield.server.osgi.shell;

import io.jackfield.server.WebSocketServer;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The servers that are services: ours, and those that other bundles have made and published. */
final class ServerServices implements RunningServers {

    private static final String NAME = "jackfield.name";
    private static final String PORT = "jackfield.port";

    private final BundleContext context;

    ServerServices(BundleContext context) {
        this.context = context;
    }

    @Override
    public Map<String, WebSocketServer> all() {
        Map<String, WebSocketServer> servers = new TreeMap<>();
        try {
            for (ServiceReference<WebSocketServer> reference :
                    context.getServiceReferences(WebSocketServer.class, null)) {
                WebSocketServer server = context.getService(reference);
                if (server != null) {
                    servers.put(name(reference), server);
                    // The shell's answer is made at once; nothing of the service is kept.
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return servers;
    }

    /** Its name, or its port where it has none, or the number of its service. */
    private static String name(ServiceReference<?> reference) {
        Object name = reference.getProperty(NAME) == null ? reference.getProperty(PORT) : reference.getProperty(NAME);
        return name == null ? "service-" + reference.getProperty("service.id") : name.toString();
    }
}
