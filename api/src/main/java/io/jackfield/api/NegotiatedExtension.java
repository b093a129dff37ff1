package io.jackfield.api;

import io.jackfield.api.extension.ExtensionParameters;
import java.util.Objects;

/**
 * An extension that is in use on a connection.
 *
 * @param name the extension's name
 * @param parameters the parameters of the server's answer
 */
public record NegotiatedExtension(String name, ExtensionParameters parameters) {

    /**
     * Checks that nothing is null.
     *
     * @param name not null
     * @param parameters not null
     */
    public NegotiatedExtension {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(parameters, "parameters");
    }

    /** For logs, as in {@code permessage-deflate; server_no_context_takeover}. */
    @Override
    public String toString() {
        return parameters.isEmpty() ? name : name + "; " + parameters;
    }
}
