package io.jackfield.server.routing;

import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.codec.DriverConfig;
import io.jackfield.codec.Role;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint that a server publishes, with everything that its connections share. Immutable: when the server's options
 * change, another takes its place that is the same endpoint, and the connections of this one keep what they began with.
 */
public final class PublishedEndpoint {

    private final PathPattern pattern;
    private final Handler handler;
    private final List<String> protocols;
    private final Options own;
    private final int ranking;

    /** Shared by all that are the same endpoint under different options. */
    private final Object identity;

    private final Options options;
    private final DriverConfig driverConfig;
    private final ExtensionContext extensionContext;

    /**
     * An endpoint.
     *
     * @param pattern its paths
     * @param handler receives its connections
     * @param protocols the subprotocols that it speaks
     * @param own its own options
     * @param ranking the higher wins where two have the same pattern
     */
    public PublishedEndpoint(PathPattern pattern, Handler handler, List<String> protocols, Options own, int ranking) {
        this(pattern, handler, protocols, own, ranking, new Object(), own);
    }

    private PublishedEndpoint(
            PathPattern pattern,
            Handler handler,
            List<String> protocols,
            Options own,
            int ranking,
            Object identity,
            Options options) {
        this.pattern = pattern;
        this.handler = handler;
        this.protocols = List.copyOf(protocols);
        this.own = own;
        this.ranking = ranking;
        this.identity = identity;
        this.options = options;
        long maxLength = options.maxLength();
        driverConfig =
                new DriverConfig(Role.SERVER, maxLength, options.maxStreamedLength(), options.maxFragments(), true);
        extensionContext = () -> maxLength;
    }

    /**
     * The same endpoint on a server.
     *
     * @param serverOptions hold where the endpoint sets none of its own
     * @return takes the place of this one
     */
    public PublishedEndpoint under(Options serverOptions) {
        return new PublishedEndpoint(
                pattern, handler, protocols, own, ranking, identity, serverOptions.overriddenBy(own));
    }

    /**
     * Whether another is the same endpoint, under other options perhaps.
     *
     * @param other another
     * @return false if it was published by itself
     */
    public boolean isSameAs(PublishedEndpoint other) {
        return identity == other.identity;
    }

    /** Its paths. */
    public PathPattern pattern() {
        return pattern;
    }

    /** Who receives its connections. */
    public Handler handler() {
        return handler;
    }

    /** The subprotocols that it speaks. */
    public List<String> protocols() {
        return protocols;
    }

    /** Its options, complete. */
    public Options options() {
        return options;
    }

    /** Its ranking. */
    public int ranking() {
        return ranking;
    }

    /**
     * Whether the page that a request comes from may connect; other clients than browsers name none (RFC 6455 section
     * 10.2).
     *
     * @param request an opening handshake
     * @return false if the origin policy refuses
     */
    public boolean allowsOrigin(Request request) {
        Optional<String> origin = request.headers().first("Origin");
        return origin.isEmpty() || options.origins().allows(origin.get(), request);
    }

    /** What its drivers share. */
    public DriverConfig driverConfig() {
        return driverConfig;
    }

    /** What binds the extensions of its connections. */
    public ExtensionContext extensionContext() {
        return extensionContext;
    }
}
