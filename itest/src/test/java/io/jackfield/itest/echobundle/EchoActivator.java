package io.jackfield.itest.echobundle;

import io.jackfield.api.Handler;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Publishes an echo at {@code /echo}. The framework takes the service back when the bundle stops. */
public final class EchoActivator implements BundleActivator {

    /** Called by the framework. */
    public EchoActivator() {}

    @Override
    public void start(BundleContext context) {
        Handler echo = (socket, request) -> socket.onMessage(socket::send);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Handler.PATH, "/echo");
        properties.put(Handler.PROTOCOLS, "echo");
        context.registerService(Handler.class, echo, properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
