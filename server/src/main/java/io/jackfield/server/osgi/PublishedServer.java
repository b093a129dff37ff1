package io.jackfield.server.osgi;

import io.jackfield.api.statistics.ServerMonitor;
import io.jackfield.server.Tls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
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
    static final String URL = ServerProperty.PREFIX + "url";

    private static final Logger LOG = System.getLogger(PublishedServer.class.getName());

    /** Long enough for a peer on a slow network to answer a close frame, short enough to stop a framework. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final BundleContext context;
    private final WebSocketServer server;
    private final Whiteboard whiteboard;
    private ServerConfiguration configuration;
    private ServiceRegistration<?> registration;

    /**
     * A server that does not run yet.
     *
     * @param tls how it speaks TLS, or null for none
     */
    PublishedServer(BundleContext context, ServerConfiguration configuration, Tls tls) {
        this.context = context;
        this.configuration = configuration;
        // Extensions come through the whiteboard: ServiceLoader would not see those of other bundles.
        WebSocketServer.Builder builder = WebSocketServer.builder()
                .host(configuration.socket().host())
                .port(configuration.socket().port())
                .backlog(configuration.socket().backlog())
                .tls(tls)
                .options(configuration.options())
                .discoverExtensions(false);
        if (configuration.socket().loops() > 0) {
            builder.loops(configuration.socket().loops());
        }
        server = builder.build();
        whiteboard = new Whiteboard(context, server, configuration);
    }

    /**
     * Plugs in the services that are there, so that the first client finds all endpoints, and listens.
     *
     * @throws InvalidPropertyException if there is no such host
     * @throws IOException if the address cannot be listened on
     */
    void start() throws IOException {
        whiteboard.open();
        try {
            listen();
        } catch (IOException | RuntimeException e) {
            whiteboard.close();
            throw e;
        }
        String[] types = {WebSocketServer.class.getName(), ServerMonitor.class.getName()};
        registration = context.registerService(types, server, properties());
        LOG.log(Level.INFO, "Server {0} listens on {1}", configuration.name(), server.url());
    }

    private Hashtable<String, Object> properties() {
        Hashtable<String, Object> properties = new Hashtable<>(configuration.properties());
        properties.put(ServerProperty.PORT.key(), server.port());
        properties.put(URL, server.url());
        return properties;
    }

    /**
     * Changes what can be changed while it runs: all but the socket. No connection is closed but those of services
     * whose target filter does not match any more.
     */
    void change(ServerConfiguration changed, Tls tls) {
        configuration = changed;
        if (tls != null) {
            server.renewTls(tls);
        }
        server.changeOptions(changed.options());
        whiteboard.change(changed);
        registration.setProperties(properties());
    }

    private void listen() throws IOException {
        try {
            server.start();
        } catch (UnknownHostException e) {
            throw new InvalidPropertyException(
                    ServerProperty.HOST.key(),
                    "there is no address for '" + configuration.socket().host() + "'");
        } catch (IOException e) {
            throw new IOException("cannot listen on " + configuration.socket() + ": " + e.getMessage(), e);
        }
    }

    /** Says goodbye to all connections with 1001, and stops. */
    void close() {
        registration.unregister();
        String url = server.url();
        if (!server.close(CLOSE_TIMEOUT)) {
            LOG.log(Level.INFO, "Some connections of {0} did not end in good order", url);
        }
        // Behind the server, or its connections would hear of endpoints and extensions that leave.
        whiteboard.close();
    }
}
