package io.jackfield.http.servlet;

import io.jackfield.server.upgrade.Upgrade;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How one kind of container gives a connection away, where that is not {@code HttpServletRequest.upgrade}. Found by
 * {@link java.util.ServiceLoader} and, in OSGi, as a service. Thread-safe.
 */
@ConsumerType
public interface ProtocolSwitch {

    /**
     * Whether it knows how to switch this request's connection.
     *
     * @param request a request that asks for a WebSocket
     * @return true if so
     */
    boolean knows(ContainerRequest request);

    /**
     * Has the connection given away as soon as the request has been served. The 101 is set already.
     *
     * @param request one that it knows
     * @param upgrade where the connection is to be connected
     * @throws IOException if it cannot be given away
     */
    void switchProtocols(ContainerRequest request, Upgrade upgrade) throws IOException;
}
