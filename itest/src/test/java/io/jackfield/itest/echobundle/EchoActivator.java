package io.jackfield.itest.echobundle;

import io.jackfield.api.Handler;
import io.jackfield.api.WebSocket;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Publishes an echo at the path of its manifest. The framework takes the service back when the bundle stops. */
public final class EchoActivator implements BundleActivator {

    /** The manifest header that tells the path, {@code /echo} without it. */
    public static final String PATH_HEADER = "Echo-Path";

    /** All connections that there ever were, kept as a careless application keeps them. */
    private final List<WebSocket> kept = new CopyOnWriteArrayList<>();

    /** Called by the framework. */
    public EchoActivator() {}

    @Override
    public void start(BundleContext context) {
        Handler echo = (socket, request) -> {
            kept.add(socket);
            socket.onMessage(socket::send);
        };
        Hashtable<String, Object> properties = new Hashtable<>();
        String path = context.getBundle().getHeaders().get(PATH_HEADER);
        properties.put(Handler.PATH, path == null ? "/echo" : path);
        properties.put(Handler.PROTOCOLS, "echo");
        context.registerService(Handler.class, echo, properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
