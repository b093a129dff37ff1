package io.jackfield.server.routing;

import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.codec.DriverConfig;
import io.jackfield.codec.Role;
import java.util.List;
import java.util.Optional;

/** An endpoint that a server publishes, with everything that its connections share. Immutable. */
public final class PublishedEndpoint {

    private final PathPattern pattern;
    private final Handler handler;
    private final List<String> protocols;
    private final Options options;
    private final int ranking;
    private final DriverConfig driverConfig;
    private final ExtensionContext extensionContext;

    /**
     * An endpoint.
     *
     * @param pattern its paths
     * @param handler receives its connections
     * @param protocols the subprotocols that it speaks
     * @param options its own options, the server's where it has none
     * @param ranking the higher wins where two have the same pattern
     */
    public PublishedEndpoint(
            PathPattern pattern, Handler handler, List<String> protocols, Options options, int ranking) {
        this.pattern = pattern;
        this.handler = handler;
        this.protocols = List.copyOf(protocols);
        this.options = options;
        this.ranking = ranking;
        long maxLength = options.maxLength();
        driverConfig = new DriverConfig(Role.SERVER, maxLength, options.maxFragments(), true);
        extensionContext = () -> maxLength;
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
