package io.jackfield.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides from which web pages a server may be used (RFC 6455 section 10.2). It is asked only where a request has an
 * {@code Origin}: other clients than browsers send none. What it refuses is answered with 403.
 */
@FunctionalInterface
@ConsumerType
public interface OriginPolicy {

    /**
     * Whether a page may connect.
     *
     * @param origin the value of the {@code Origin} field, {@code null} as a text among others
     * @param request the request
     * @return true to go on with the handshake
     */
    boolean allows(String origin, Request request);

    /**
     * Allows pages of the host that the request names in {@code Host}. Ports may differ, as cookies do not see ports
     * either. This is the default.
     *
     * @return a policy
     */
    static OriginPolicy sameHost() {
        return (origin, request) -> {
            String originHost = host(origin);
            String requestHost = request.headers()
                    .first("Host")
                    .map(value -> host("http://" + value))
                    .orElse(null);
            return originHost != null && originHost.equals(requestHost);
        };
    }

    /**
     * Allows every page, the {@code null} origin too.
     *
     * @return a policy
     */
    static OriginPolicy any() {
        return (origin, request) -> true;
    }

    /**
     * Allows the pages of some origins, compared by scheme, host and port.
     *
     * @param origins origins such as {@code https://example.org} or {@code http://localhost:3000}
     * @return a policy
     * @throws IllegalArgumentException for one that is not a scheme and a host
     */
    static OriginPolicy allowList(String... origins) {
        Set<String> allowed = Stream.of(origins)
                .map(origin -> {
                    String normal = normalize(origin);
                    if (normal == null) {
                        throw new IllegalArgumentException("Not an origin (scheme://host[:port]): " + origin);
                    }
                    return normal;
                })
                .collect(Collectors.toUnmodifiableSet());
        return (origin, request) -> {
            String normal = normalize(origin);
            return normal != null && allowed.contains(normal);
        };
    }

    private static String host(String origin) {
        URI uri = parse(origin);
        return uri == null ? null : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static String normalize(String origin) {
        URI uri = parse(origin);
        if (uri == null) {
            return null;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort();
        if (port < 0) {
            port = scheme.equals("https") ? 443 : 80;
        }
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** The origin as a URI of scheme, host and perhaps port and nothing else; null if it is not one. */
    private static URI parse(String origin) {
        try {
            URI uri = new URI(origin);
            boolean bare = uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return bare ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
