package io.jackfield.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers plain HTTP requests to a WebSocket server: a health check, a page. It is no web server: requests have no body
 * here, and the connection is closed behind each response. Given to a server's builder, or registered as an OSGi
 * service, the highest ranking first.
 */
@FunctionalInterface
@ConsumerType
public interface Fallback {

    /**
     * Answers a request. Called on the connection's event loop, or on the executor of the options; must not block
     * there.
     *
     * @param request a request that does not ask for a WebSocket
     * @return the response, or empty for the server's own: 426 at an endpoint's path, 404 elsewhere
     * @throws Exception anything: the request is answered with status 500
     */
    Optional<Response> respond(Request request) throws Exception;
}
