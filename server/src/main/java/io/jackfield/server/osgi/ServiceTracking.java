package io.jackfield.server.osgi;

import io.jackfield.api.Registration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Plugs the services of one type into a server while they are there, and moves them when their properties change. A
 * service that cannot be plugged in is a warning and does no harm to others.
 *
 * @param <S> the type of service
 * @param <P> what is plugged in for a service; two that are equal are the same plug
 */
final class ServiceTracking<S, P> implements ServiceTrackerCustomizer<S, PluggedService<S, P>> {

    private static final Logger LOG = System.getLogger(ServiceTracking.class.getName());

    private final BundleContext context;
    private final TargetFilter target;
    private final BiFunction<ServiceReference<S>, S, List<P>> reader;
    private final Function<P, Registration> socket;
    private final ServiceTracker<S, PluggedService<S, P>> tracker;

    /**
     * A tracking that is not open yet.
     *
     * @param filter which services
     * @param target tells which of them are meant for this server
     * @param reader reads from a service and its properties what to plug in; throws an IllegalArgumentException if they
     *     make no sense
     * @param socket where to plug it in; throws an IllegalArgumentException for what does not fit
     */
    ServiceTracking(
            BundleContext context,
            String filter,
            TargetFilter target,
            BiFunction<ServiceReference<S>, S, List<P>> reader,
            Function<P, Registration> socket) {
        this.context = context;
        this.target = target;
        this.reader = reader;
        this.socket = socket;
        try {
            tracker = new ServiceTracker<>(context, FrameworkUtil.createFilter(filter), this);
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

    /** Looks at all services again: the target filter may see other properties of the server. */
    void refresh() {
        tracker.getTracked().forEach(this::modifiedService);
    }

    @Override
    public PluggedService<S, P> addingService(ServiceReference<S> reference) {
        S service = context.getService(reference);
        if (service == null) {
            return null;
        }
        PluggedService<S, P> plugged = new PluggedService<>(service, socket);
        modifiedService(reference, plugged);
        return plugged;
    }

    @Override
    public void modifiedService(ServiceReference<S> reference, PluggedService<S, P> plugged) {
        List<P> plugs;
        try {
            plugs = target.matches(reference) ? reader.apply(reference, plugged.service()) : List.of();
        } catch (RuntimeException e) {
            warn(reference, e);
            plugs = List.of();
        }
        plugged.replace(plugs, problem -> warn(reference, problem));
    }

    @Override
    public void removedService(ServiceReference<S> reference, PluggedService<S, P> plugged) {
        plugged.close();
        context.ungetService(reference);
    }

    /** The ranking of a service; a value of the wrong type counts as 0, as in the framework. */
    static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    private static void warn(ServiceReference<?> reference, RuntimeException problem) {
        String[] types = (String[]) reference.getProperty(Constants.OBJECTCLASS);
        LOG.log(
                Level.WARNING,
                "Service {0} ({1}) of bundle {2} is not used: {3}",
                reference.getProperty(Constants.SERVICE_ID),
                String.join(", ", types),
                reference.getBundle(),
                problem instanceof IllegalArgumentException ? problem.getMessage() : problem);
    }
}
