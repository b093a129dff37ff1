package io.jackfield.codec.handshake;

import io.jackfield.api.Response;
import java.util.Optional;
import java.util.Set;

/** Judges request methods (RFC 9110 section 9.1). Stateless and thread-safe. */
public final class RequestMethod {

    /** The methods of RFC 9110 section 9.3, and PATCH of RFC 5789. */
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private RequestMethod() {}

    /**
     * Refuses a method that a resource does not allow.
     *
     * @param method the method of a request, case-sensitive
     * @param allowed the methods that the resource allows; their order is kept if the set has one
     * @return empty if the method is allowed; 405 with {@code Allow} if it is a known one, else 501
     */
    public static Optional<Response> refuse(String method, Set<String> allowed) {
        if (allowed.contains(method)) {
            return Optional.empty();
        }
        return Optional.of(
                KNOWN.contains(method)
                        ? Response.text(405, "Method not allowed").header("Allow", String.join(", ", allowed))
                        : Response.text(501, "Method not implemented"));
    }
}
