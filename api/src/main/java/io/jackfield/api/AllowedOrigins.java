package io.jackfield.api;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Allows some origins, compared by scheme, host and port. */
record AllowedOrigins(Set<Origin> origins) implements OriginPolicy {

    static AllowedOrigins parse(String... texts) {
        return new AllowedOrigins(Stream.of(texts)
                .map(text -> Origin.parse(text)
                        .orElseThrow(() ->
                                new IllegalArgumentException("Not an origin (scheme://host[:port]): '" + text + "'")))
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean allows(String origin, Request request) {
        return Origin.parse(origin).filter(origins::contains).isPresent();
    }

    @Override
    public String toString() {
        return origins.toString();
    }
}
