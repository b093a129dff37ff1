package io.jackfield.http.servlet;

import org.osgi.annotation.versioning.ProviderType;

/** What an adapter to one container can know of a request and leave with it, in whichever namespace its Servlet API is. */
@ProviderType
public interface ContainerRequest {

    /**
     * Reads an attribute.
     *
     * @param name its name
     * @return its value, or null if there is none
     */
    Object attribute(String name);

    /**
     * The request itself.
     *
     * @return the {@code ServletRequest}, which may be a wrapper of the container's own
     */
    Object servletRequest();

    /**
     * Sets an attribute.
     *
     * @param name its name
     * @param value its value, not null
     */
    void attribute(String name, Object value);
}
