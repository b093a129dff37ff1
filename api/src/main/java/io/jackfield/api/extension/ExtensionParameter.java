package io.jackfield.api.extension;

import java.util.Objects;

/**
 * One parameter of an extension offer or response (RFC 6455 section 9.1). Name and value are checked where they are
 * written into a header field: a response that cannot stand there fails the handshake with status 500.
 *
 * @param name a token, case kept
 * @param value the value with quotes and backslashes removed, or null for a parameter without a value
 */
public record ExtensionParameter(String name, String value) {

    /**
     * Checks that the name is not null.
     *
     * @param name not null
     * @param value may be null
     */
    public ExtensionParameter {
        Objects.requireNonNull(name, "name");
    }

    /**
     * A parameter without a value.
     *
     * @param name a token
     * @return a new parameter
     */
    public static ExtensionParameter flag(String name) {
        return new ExtensionParameter(name, null);
    }

    /**
     * Whether the parameter stands without a value.
     *
     * @return true if there is no value; an empty quoted value is a value
     */
    public boolean isFlag() {
        return value == null;
    }
}
