package io.jackfield.server.osgi;

import io.jackfield.api.extension.Extension;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.ServiceReference;

/**
 * An extension that is there as a service.
 *
 * @param origin where it comes from; equal for twins
 * @param extension the service
 * @param mediated whether a mediator registered it, not its bundle
 * @param ranking its ranking among extensions
 */
record OfferedExtension(Origin origin, Extension extension, boolean mediated, int ranking) {

    /** Service property that mediators set, to the number of their bundle (OSGi Compendium 133.5.2). */
    static final String MEDIATOR = "serviceloader.mediator";

    /** What a bundle registers itself, configured perhaps, goes before what a mediator found in it. */
    static final Comparator<OfferedExtension> PREFERENCE = Comparator.comparing(OfferedExtension::mediated)
            .thenComparing(OfferedExtension::ranking, Comparator.reverseOrder());

    /**
     * What makes two services the same extension.
     *
     * @param bundle the number of the bundle that provides it
     * @param name the name of the extension
     */
    record Origin(long bundle, String name) {}

    static List<OfferedExtension> read(ServiceReference<Extension> reference, Extension extension) {
        String name = extension.name();
        if (name == null) {
            throw new IllegalArgumentException("the extension has no name");
        }
        Origin origin = new Origin(reference.getBundle().getBundleId(), name);
        boolean mediated = reference.getProperty(MEDIATOR) != null;
        return List.of(new OfferedExtension(origin, extension, mediated, ServiceTracking.ranking(reference)));
    }
}
