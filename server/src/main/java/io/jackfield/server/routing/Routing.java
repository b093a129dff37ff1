package io.jackfield.server.routing;

import io.jackfield.api.Fallback;
import io.jackfield.api.Options;
import io.jackfield.api.extension.Extension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where requests of a server go, and under which options. Thread-safe. */
public final class Routing {

    private final EndpointRegistry endpoints = new EndpointRegistry();
    private final Ranked<Extension> extensions = new Ranked<>();
    private final Ranked<Fallback> fallbacks = new Ranked<>();
    private volatile Options options;

    /**
     * A server without endpoints.
     *
     * @param options the server's options
     */
    public Routing(Options options) {
        this.options = options;
    }

    /** The endpoints. */
    public EndpointRegistry endpoints() {
        return endpoints;
    }

    /** The extensions that were registered, besides those of the options. */
    public Ranked<Extension> extensions() {
        return extensions;
    }

    /** Who answers plain requests. */
    public Ranked<Fallback> fallbacks() {
        return fallbacks;
    }

    /** The server's options now. A connection asks once, and keeps what it began with. */
    public Options options() {
        return options;
    }

    /**
     * Adds an endpoint, under the server's options.
     *
     * @param endpoint the endpoint
     */
    public synchronized void publish(PublishedEndpoint endpoint) {
        endpoints.add(endpoint.under(options));
    }

    /**
     * Replaces the server's options for connections that arrive from now on.
     *
     * @param changed the new ones
     */
    public synchronized void changeOptions(Options changed) {
        options = changed;
        endpoints.changeOptions(changed);
    }

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

    /**
     * Whether an extension may be used now.
     *
     * @param extension one that was offered before
     * @param endpointOptions the endpoint's options
     * @return false if it was withdrawn
     */
    public boolean offers(Extension extension, Options endpointOptions) {
        return Stream.concat(endpointOptions.extensions().stream(), extensions.elements().stream())
                .anyMatch(offered -> offered == extension);
    }
}
