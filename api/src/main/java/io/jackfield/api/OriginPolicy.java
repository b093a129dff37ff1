package io.jackfield.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides from which web pages a server may be used (RFC 6455 section 10.2). It is asked only where a request has an
 * {@code Origin}: other clients than browsers send none. What it refuses is answered with 403. Called on the
 * connection's event loop, by several threads at once: it must be thread-safe and must not block.
 */
@FunctionalInterface
@ConsumerType
public interface OriginPolicy {

    /**
     * Whether a page may connect.
     *
     * @param origin the value of the {@code Origin} field, not null; the text {@code null} for a page that hides its
     *     origin
     * @param request the request
     * @return true to go on with the handshake
     */
    boolean allows(String origin, Request request);

    /**
     * Allows pages of the host that the request names in {@code Host}, over http or https. Ports may differ, as cookies
     * do not see ports either. The {@code null} origin is refused. This is the default.
     *
     * @return a policy
     */
    static OriginPolicy sameHost() {
        return StandardOriginPolicy.SAME_HOST;
    }

    /**
     * Allows every page, the {@code null} origin too.
     *
     * @return a policy
     */
    static OriginPolicy any() {
        return StandardOriginPolicy.ANY;
    }

    /**
     * Allows the pages of some origins, compared by scheme, host and port.
     *
     * @param origins origins such as {@code https://example.org} or {@code http://localhost:3000}, not null; a port
     *     that is not written is the scheme's own
     * @return a policy; equal to another with the same origins
     * @throws IllegalArgumentException for one that is not a scheme, a host and perhaps a port: {@code null} for
     *     instance, or one with a path
     */
    static OriginPolicy allowList(String... origins) {
        return AllowedOrigins.parse(origins);
    }
}
