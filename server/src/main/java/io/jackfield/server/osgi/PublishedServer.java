package io.jackfield.server.osgi;

import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A server with what other bundles plug into it. While it runs it is itself a service, with its properties, the port that
 * it listens on and its address ({@value #URL}), so that other bundles can find it.
 */
final class PublishedServer {

    /** Service property of the server: its address. */
    static final String URL = ServerConfiguration.PREFIX + "url";

    private static final Logger LOG = System.getLogger(PublishedServer.class.getName());

    /** Long enough for a peer on a slow network to answer a close frame, short enough to stop a framework. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final BundleContext context;
    private final ServerConfiguration configuration;
    private final WebSocketServer server;
    private final Whiteboard whiteboard;
    private ServiceRegistration<?> registration;

    /**
     * A server that does not listen yet.
     *
     * @throws InvalidPropertyException if the configuration cannot be used
     */
    PublishedServer(BundleContext context, ServerConfiguration configuration) {
        this.context = context;
        this.configuration = configuration;
        // Extensions come through the whiteboard here: ServiceLoader would see none, or those of the framework's class
        // path.
        WebSocketServer.Builder builder = WebSocketServer.builder()
                .port(configuration.port())
                .options(configuration.options())
                .discoverExtensions(false);
        if (configuration.host() != null) {
            builder.host(configuration.host());
        }
        if (configuration.loops() > 0) {
            builder.loops(configuration.loops());
        }
        if (configuration.keyStore() != null) {
            builder.tls(configuration.keyStore().open());
        }
        server = builder.build();
        whiteboard = new Whiteboard(context, server, configuration);
    }

    /** Starts it with the services that are there, so that the first client finds all endpoints. */
    void start() throws IOException {
        whiteboard.open();
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            whiteboard.close();
            server.close();
            throw e;
        }
        Hashtable<String, Object> properties = new Hashtable<>(configuration.properties());
        properties.put(ServerConfiguration.PORT, server.port());
        properties.put(URL, server.url());
        registration = context.registerService(WebSocketServer.class, server, properties);
        LOG.log(Level.INFO, "Listening on " + server.url());
    }

    /** Says goodbye to all connections with 1001, and stops. */
    void close() {
        registration.unregister();
        if (!server.close(CLOSE_TIMEOUT)) {
            LOG.log(Level.INFO, "Some connections of " + configuration.port() + " did not close in time");
        }
        server.close();
        whiteboard.close();
    }
}
