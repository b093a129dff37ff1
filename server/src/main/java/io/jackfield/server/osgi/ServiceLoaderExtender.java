package io.jackfield.server.osgi;

import io.jackfield.api.extension.Extension;
import io.jackfield.server.discovery.ExtensionProviders;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Registers the extensions that started bundles name in {@code META-INF/services} as services of these bundles, so that a
 * jar that was made for {@link ServiceLoader} works in a framework without a ServiceLoader Mediator. A bundle that
 * registers extensions itself is left alone.
 */
final class ServiceLoaderExtender implements BundleTrackerCustomizer<List<ServiceRegistration<?>>> {

    private static final Logger LOG = System.getLogger(ServiceLoaderExtender.class.getName());

    private final long ownBundle;
    private final BundleTracker<List<ServiceRegistration<?>>> tracker;

    ServiceLoaderExtender(BundleContext context) {
        ownBundle = context.getBundle().getBundleId();
        tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
    }

    void open() {
        tracker.open();
    }

    void close() {
        tracker.close();
    }

    @Override
    public List<ServiceRegistration<?>> addingBundle(Bundle bundle, BundleEvent event) {
        // The framework itself would show the providers of the class path that it was started with.
        if (bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID || registersExtensions(bundle)) {
            return null;
        }
        List<Extension> providers = providers(bundle);
        BundleContext context = bundle.getBundleContext();
        if (providers.isEmpty() || context == null) {
            return null;
        }
        List<ServiceRegistration<?>> registrations = new ArrayList<>();
        Hashtable<String, Object> properties = new Hashtable<>(Map.of(OfferedExtension.MEDIATOR, ownBundle));
        try {
            for (Extension extension : providers) {
                registrations.add(context.registerService(Extension.class, extension, properties));
            }
        } catch (IllegalStateException e) {
            // The bundle stops meanwhile: it takes its services along.
            return null;
        }
        return registrations;
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, List<ServiceRegistration<?>> registrations) {
        // ACTIVE is the only state that is tracked.
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, List<ServiceRegistration<?>> registrations) {
        for (ServiceRegistration<?> registration : registrations) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                // Gone with its bundle.
            }
        }
    }

    /** What a mediator has registered does not count: it goes with the mediator, and the bundle stays. */
    private static boolean registersExtensions(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services != null
                && Stream.of(services)
                        .filter(service -> service.getProperty(OfferedExtension.MEDIATOR) == null)
                        .flatMap(service -> Stream.of((String[]) service.getProperty(Constants.OBJECTCLASS)))
                        .anyMatch(Extension.class.getName()::equals);
    }

    /** The extensions of a bundle that can be made. */
    private static List<Extension> providers(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null || bundle.getEntry("META-INF/services/" + Extension.class.getName()) == null) {
            return List.of();
        }
        return ExtensionProviders.load(
                ServiceLoader.load(Extension.class, wiring.getClassLoader()),
                // A loader may show providers of its parents, too: they are not the bundle's.
                type -> bundle.equals(FrameworkUtil.getBundle(type)),
                problem -> LOG.log(Level.WARNING, "An extension of bundle {0} is not used: {1}", bundle, problem));
    }
}
