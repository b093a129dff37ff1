package io.jackfield.server;

import io.jackfield.api.extension.Extension;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds extensions on the class path and the module path. */
final class DiscoveredExtensions {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private DiscoveredExtensions() {}

    /** The extensions that load; of each that does not, one line is logged. */
    static List<Extension> load() {
        List<Extension> found = new ArrayList<>();
        Iterator<Extension> providers = ServiceLoader.load(Extension.class).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return List.copyOf(found);
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError e) {
                LOG.log(Level.WARNING, "An extension is left out: " + e.getMessage());
            }
        }
    }
}
