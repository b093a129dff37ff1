package io.jackfield.api;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The HTTP request of an opening handshake, or any other request to the server. Immutable; every request is equal to
 * itself alone.
 */
public final class Request {

    private final String method;
    private final String target;
    private final String version;
    private final Headers headers;
    private final InetSocketAddress remoteAddress;
    private final boolean secure;
    private final List<X509Certificate> peerCertificates;
    private final Map<String, String> pathParameters;

    private Request(Builder builder) {
        method = builder.method;
        target = builder.target;
        version = builder.version;
        headers = builder.headers;
        remoteAddress = builder.remoteAddress;
        secure = builder.secure;
        peerCertificates = builder.peerCertificates;
        pathParameters = builder.pathParameters;
    }

    /**
     * Begins a request by its first line.
     *
     * @param method the method, case-sensitive, not null
     * @param target the request target as it was sent, not null
     * @return a builder for HTTP/1.1, without headers, not secure
     */
    public static Builder builder(String method, String target) {
        return new Builder(method, target);
    }

    /**
     * The method.
     *
     * @return as it was sent, {@code GET} for instance
     */
    public String method() {
        return method;
    }

    /**
     * The request target.
     *
     * @return as it was sent, still percent-encoded: path and query, seldom a whole {@code http} address or {@code *}
     */
    public String target() {
        return target;
    }

    /**
     * The version of HTTP.
     *
     * @return {@code HTTP/1.1}, for instance
     */
    public String version() {
        return version;
    }

    /**
     * The header fields.
     *
     * @return never null
     */
    public Headers headers() {
        return headers;
    }

    /**
     * The target's path.
     *
     * @return the part before the question mark, still percent-encoded, without scheme and authority if the target has
     *     them (RFC 9112 section 3.2.2)
     */
    public String path() {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        int authority = path.indexOf("://");
        if (path.startsWith("/") || authority < 0) {
            return path;
        }
        int slash = path.indexOf('/', authority + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }

    /**
     * The target's query.
     *
     * @return the part after the question mark, still percent-encoded, or empty if there is none
     */
    public Optional<String> query() {
        int start = target.indexOf('?');
        return start < 0 ? Optional.empty() : Optional.of(target.substring(start + 1));
    }

    /**
     * The client's address, as its network connection or a trusted proxy tells it.
     *
     * @return the address, with port 0 if the proxy does not tell the port, or empty if the transport has none
     */
    public Optional<InetSocketAddress> remoteAddress() {
        return Optional.ofNullable(remoteAddress);
    }

    /**
     * Whether the client speaks TLS: to this server, or to a trusted proxy before it.
     *
     * @return true for {@code wss} and {@code https}
     */
    public boolean isSecure() {
        return secure;
    }

    /**
     * The certificates by which the client has proved who it is, to this server and as the server demands it.
     *
     * @return its own first, then those that lead to its issuer, immutable; empty if it has shown none
     */
    public List<X509Certificate> peerCertificates() {
        return peerCertificates;
    }

    /**
     * What stood in the path for the parameters of the endpoint's pattern.
     *
     * @return decoded values by name, immutable; for a pattern that ends with {@code /*} the rest of the path under
     *     {@code *}
     */
    public Map<String, String> pathParameters() {
        return pathParameters;
    }

    /**
     * A builder that starts with all that this request has.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(method, target)
                .version(version)
                .headers(headers)
                .remoteAddress(remoteAddress)
                .secure(secure)
                .peerCertificates(peerCertificates)
                .pathParameters(pathParameters);
    }

    /** Method, path and version; the query is left out since it may hold a secret. */
    @Override
    public String toString() {
        return method + " " + path() + (query().isPresent() ? "?..." : "") + " " + version;
    }

    /** Makes requests. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final String target;
        private String version = "HTTP/1.1";
        private Headers headers = Headers.EMPTY;
        private InetSocketAddress remoteAddress;
        private boolean secure;
        private List<X509Certificate> peerCertificates = List.of();
        private Map<String, String> pathParameters = Map.of();

        private Builder(String method, String target) {
            this.method = Objects.requireNonNull(method, "method");
            this.target = Objects.requireNonNull(target, "target");
        }

        /**
         * Sets the version of HTTP.
         *
         * @param httpVersion {@code HTTP/1.1}, for instance; not null
         * @return this
         */
        public Builder version(String httpVersion) {
            version = Objects.requireNonNull(httpVersion, "httpVersion");
            return this;
        }

        /**
         * Replaces all header fields.
         *
         * @param fields the fields, not null
         * @return this
         */
        public Builder headers(Headers fields) {
            headers = Objects.requireNonNull(fields, "fields");
            return this;
        }

        /**
         * Adds a header field.
         *
         * @param name a field name
         * @param value its value
         * @return this
         * @throws IllegalArgumentException for a name that is no token or a value with characters that are not allowed
         */
        public Builder header(String name, String value) {
            headers = headers.with(name, value);
            return this;
        }

        /**
         * Sets the address from which the request came.
         *
         * @param address the address, or null if there is none
         * @return this
         */
        public Builder remoteAddress(InetSocketAddress address) {
            remoteAddress = address;
            return this;
        }

        /**
         * Sets whether the client speaks TLS.
         *
         * @param tls true for {@code wss} and {@code https}
         * @return this
         */
        public Builder secure(boolean tls) {
            secure = tls;
            return this;
        }

        /**
         * Sets the certificates by which the client has proved who it is.
         *
         * @param certificates its own first, copied; no null among them
         * @return this
         */
        public Builder peerCertificates(List<X509Certificate> certificates) {
            peerCertificates = List.copyOf(certificates);
            return this;
        }

        /**
         * Sets the parameters found in the path.
         *
         * @param parameters decoded values by name, copied; no null among them
         * @return this
         */
        public Builder pathParameters(Map<String, String> parameters) {
            pathParameters = Map.copyOf(parameters);
            return this;
        }

        /**
         * Makes the request.
         *
         * @return a new request
         */
        public Request build() {
            return new Request(this);
        }
    }
}
