package io.jackfield.server.routing;

import io.jackfield.api.Options;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The endpoints of a server, found by path. Thread-safe; a search sees one consistent state. */
public final class EndpointRegistry {

    /** Of several endpoints with one pattern the highest ranking, else the first, is published; the others wait. */
    private record Snapshot(Map<String, PublishedEndpoint> exact, List<PublishedEndpoint> patterns) {}

    /**
     * An endpoint for a path.
     *
     * @param endpoint the endpoint
     * @param parameters what stands in the path for its parameters
     */
    public record Match(PublishedEndpoint endpoint, Map<String, String> parameters) {}

    private final Ranked<PublishedEndpoint> endpoints = new Ranked<>();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of());

    /** No endpoints. */
    public EndpointRegistry() {}

    /**
     * Adds an endpoint.
     *
     * @param endpoint the endpoint
     */
    public synchronized void add(PublishedEndpoint endpoint) {
        endpoints.add(endpoint, endpoint.ranking());
        rebuild();
    }

    /**
     * Removes an endpoint.
     *
     * @param endpoint the endpoint, under whatever options
     * @return whether it was there
     */
    public synchronized boolean remove(PublishedEndpoint endpoint) {
        Optional<PublishedEndpoint> present =
                all().stream().filter(endpoint::isSameAs).findFirst();
        present.ifPresent(endpoints::remove);
        rebuild();
        return present.isPresent();
    }

    /**
     * Puts all endpoints under other options of their server.
     *
     * @param serverOptions hold where an endpoint sets none of its own
     */
    public synchronized void changeOptions(Options serverOptions) {
        endpoints.replaceAll(endpoint -> endpoint.under(serverOptions));
        rebuild();
    }

    /**
     * The most specific endpoint for a path: exact, then with parameters, then the longest prefix.
     *
     * @param path a path without query, percent-encoded
     * @return the endpoint, or empty
     */
    public Optional<Match> find(String path) {
        Snapshot now = snapshot;
        PublishedEndpoint exact = now.exact.get(path);
        if (exact != null) {
            return Optional.of(new Match(exact, Map.of()));
        }
        for (PublishedEndpoint endpoint : now.patterns) {
            Optional<Map<String, String>> parameters = endpoint.pattern().match(path);
            if (parameters.isPresent()) {
                return Optional.of(new Match(endpoint, parameters.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * All endpoints, published or waiting behind another with the same pattern.
     *
     * @return the highest ranking first
     */
    public List<PublishedEndpoint> all() {
        return endpoints.elements();
    }

    private void rebuild() {
        Map<PathPattern, PublishedEndpoint> published = new TreeMap<>(Comparator.naturalOrder());
        endpoints.elements().forEach(endpoint -> published.putIfAbsent(endpoint.pattern(), endpoint));
        Map<String, PublishedEndpoint> exact = new HashMap<>();
        published.forEach((pattern, endpoint) -> {
            if (pattern.isExact()) {
                exact.put(pattern.toString(), endpoint);
            }
        });
        snapshot = new Snapshot(
                Map.copyOf(exact),
                published.values().stream()
                        .filter(endpoint -> !endpoint.pattern().isExact())
                        .toList());
    }
}
