package io.jackfield.server.osgi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** The service of type {@link SSLContext} that has a name; of several the one with the highest ranking. Thread-safe. */
final class TlsService implements ServiceTrackerCustomizer<SSLContext, SSLContext> {

    private final BundleContext context;
    private final String name;
    private final Consumer<TlsService> listener;
    private final ServiceTracker<SSLContext, SSLContext> tracker;
    private final Map<ServiceReference<SSLContext>, SSLContext> contexts = new ConcurrentHashMap<>();

    /**
     * A service that is not looked for yet.
     *
     * @param name the value of the service's property {@code jackfield.tls.name}
     * @param listener is told, on any thread, when {@link #best} may have another answer
     */
    TlsService(BundleContext context, String name, Consumer<TlsService> listener) {
        this.context = context;
        this.name = name;
        this.listener = listener;
        tracker = new ServiceTracker<>(context, filter(name), this);
    }

    private static Filter filter(String name) {
        String escaped = name.replaceAll("[\\\\*()]", "\\\\$0");
        try {
            return FrameworkUtil.createFilter("(&(objectClass=%s)(%s=%s))"
                    .formatted(SSLContext.class.getName(), ServerProperty.TLS_NAME.key(), escaped));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    void open() {
        tracker.open();
    }

    void close() {
        tracker.close();
    }

    boolean isNamed(String other) {
        return name.equals(other);
    }

    /** The context now, or null if there is none. */
    SSLContext best() {
        return contexts.entrySet().stream()
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    @Override
    public SSLContext addingService(ServiceReference<SSLContext> reference) {
        SSLContext service = context.getService(reference);
        if (service != null) {
            contexts.put(reference, service);
            listener.accept(this);
        }
        return service;
    }

    @Override
    public void modifiedService(ServiceReference<SSLContext> reference, SSLContext service) {
        // The ranking may be another.
        listener.accept(this);
    }

    @Override
    public void removedService(ServiceReference<SSLContext> reference, SSLContext service) {
        contexts.remove(reference);
        listener.accept(this);
        context.ungetService(reference);
    }
}
