package io.jackfield.server.routing;

import io.jackfield.api.Fallback;
import io.jackfield.api.Options;
import io.jackfield.api.extension.Extension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where requests of a server go.
 *
 * @param endpoints the endpoints
 * @param extensions the extensions that were registered, besides those of the options
 * @param fallbacks who answers plain requests
 * @param options the server's options
 */
public record Routing(
        EndpointRegistry endpoints, Ranked<Extension> extensions, Ranked<Fallback> fallbacks, Options options) {

    /**
     * The extensions to negotiate for an endpoint: those of its options first, then those that were registered; of two
     * with one name the first.
     *
     * @param endpointOptions the endpoint's options
     * @return extensions with names that differ
     */
    public List<Extension> extensionsFor(Options endpointOptions) {
        Map<String, Extension> byName = new LinkedHashMap<>();
        List<Extension> candidates = new ArrayList<>(endpointOptions.extensions());
        candidates.addAll(extensions.elements());
        candidates.forEach(extension -> byName.putIfAbsent(extension.name(), extension));
        return List.copyOf(byName.values());
    }
}
