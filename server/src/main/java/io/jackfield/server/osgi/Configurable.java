package io.jackfield.server.osgi;

import java.io.IOException;

/** A server that follows a configuration. */
interface Configurable {

    /**
     * Brings the server into line with a configuration.
     *
     * @throws InvalidPropertyException if it cannot be used; the server stays as it was
     * @throws IOException if it is not possible to listen as it says; the server stays as it was
     */
    void apply(ServerConfiguration configuration) throws IOException;

    /** Whether a configuration was applied. */
    boolean isConfigured();

    /** Stops the server, until a configuration is applied again. */
    void stop();
}
