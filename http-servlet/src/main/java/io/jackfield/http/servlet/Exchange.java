package io.jackfield.http.servlet;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.server.upgrade.Upgrade;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A request and its response, in whichever namespace the Servlet API is. Used by the thread that serves the request. */
@ConsumerType
public interface Exchange extends ContainerRequest {

    /**
     * The request as the container has read it.
     *
     * @return a new one
     */
    Request request();

    /**
     * How many segments of the request's path belong to the container: its context, and what the servlet is mapped to.
     *
     * @return 0 or more
     */
    int prefixSegments();

    /**
     * What the container calls itself.
     *
     * @return its name and version
     */
    String container();

    /**
     * Writes the head of the response.
     *
     * @param status the status
     * @param headers the fields
     */
    void respond(int status, Headers headers);

    /**
     * Writes the body of the response.
     *
     * @param body all of it
     * @throws IOException if the peer is gone
     */
    void body(byte[] body) throws IOException;

    /**
     * Whether {@link #upgrade} may be called: the container's own types, which it needs, can be seen.
     *
     * @return true if so
     */
    boolean canUpgrade();

    /**
     * Has the container give the connection away by {@code HttpServletRequest.upgrade}.
     *
     * @param upgrade where the connection is to be connected
     * @throws IOException if the container does not
     */
    void upgrade(Upgrade upgrade) throws IOException;
}
