package io.jackfield.api.extension;

import io.jackfield.api.internal.FieldGrammar;
import java.util.Objects;

/**
 * One parameter of an extension offer or response (RFC 6455 section 9.1).
 *
 * @param name a token, case kept
 * @param value the value with quotes and backslashes removed, any characters that a header field may hold; or null for
 *     a parameter without a value
 */
public record ExtensionParameter(String name, String value) {

    /**
     * Checks that both may stand in a header field.
     *
     * @param name a token
     * @param value any field content, or null
     * @throws IllegalArgumentException for a name that is no token, or a value with characters that are not allowed
     */
    public ExtensionParameter {
        Objects.requireNonNull(name, "name");
        if (!FieldGrammar.isToken(name)) {
            throw new IllegalArgumentException("The name of an extension parameter must be a token");
        }
        if (value != null && !FieldGrammar.isFieldContent(value)) {
            throw new IllegalArgumentException(
                    "The extension parameter " + name + " has a value with characters that are not allowed");
        }
    }

    /**
     * A parameter without a value.
     *
     * @param name a token
     * @return a new parameter
     * @throws IllegalArgumentException for a name that is no token
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
