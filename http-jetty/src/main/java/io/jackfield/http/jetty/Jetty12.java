package io.jackfield.http.jetty;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;

/** Finds what Jetty 12 has behind a request of its environment EE 10. */
final class Jetty12 {

    /**
     * @throws NoClassDefFoundError without its classes
     */
    Jetty12() {
        requireClass(ServletContextRequest.class);
    }

    private static void requireClass(Class<?> ignored) {
        // It is loaded as soon as it is named.
    }

    /** The connection of a request, if it is one of that Jetty. */
    Optional<Connection> connection(Object request) {
        try {
            return request instanceof ServletRequest servletRequest
                    ? Optional.of(ServletContextRequest.getServletContextRequest(servletRequest)
                            .getConnectionMetaData()
                            .getConnection())
                    : Optional.empty();
        } catch (IllegalStateException e) {
            // So it says that it does not know the request.
            return Optional.empty();
        }
    }
}
