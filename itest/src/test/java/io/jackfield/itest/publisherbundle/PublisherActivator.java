package io.jackfield.itest.publisherbundle;

import io.jackfield.api.Handler;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.Extension;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.BiFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers endpoints and extensions at the request of a test, whose class path is not the framework's: it reaches the
 * bundle by a {@link BiFunction} of a name and service properties.
 */
public final class PublisherActivator implements BundleActivator {

    /** Service property of the function that registers endpoints, and of that for extensions. */
    public static final String PUBLISHES = "publishes";

    /** The messages that the endpoint sends when it is asked to flood, each as long and filled with its number. */
    public static final int FLOOD_MESSAGES = 192;

    /** The length of each, in bytes. */
    public static final int FLOOD_LENGTH = 128 * 1024;

    private BundleContext context;

    /** Called by the framework. */
    public PublisherActivator() {}

    @Override
    public void start(BundleContext bundleContext) {
        context = bundleContext;
        offer("endpoints", this::endpoint);
        offer("extensions", this::extension);
    }

    @Override
    public void stop(BundleContext bundleContext) {}

    private void offer(String what, BiFunction<String, Map<String, ?>, ServiceRegistration<?>> publisher) {
        context.registerService(BiFunction.class, publisher, properties(Map.of(PUBLISHES, what)));
    }

    private ServiceRegistration<?> endpoint(String name, Map<String, ?> properties) {
        Handler handler = (socket, request) -> {
            socket.onOpen(event -> socket.send(name));
            socket.onMessage(event -> flood(socket));
        };
        return context.registerService(Handler.class, handler, properties(properties));
    }

    private ServiceRegistration<?> extension(String name, Map<String, ?> properties) {
        return context.registerService(Extension.class, new ClaimingExtension(name), properties(properties));
    }

    private static void flood(WebSocket socket) {
        for (int number = 0; number < FLOOD_MESSAGES; number++) {
            byte[] message = new byte[FLOOD_LENGTH];
            Arrays.fill(message, (byte) number);
            socket.send(ByteBuffer.wrap(message));
        }
    }

    private static Dictionary<String, ?> properties(Map<String, ?> properties) {
        return new Hashtable<>(properties);
    }
}
