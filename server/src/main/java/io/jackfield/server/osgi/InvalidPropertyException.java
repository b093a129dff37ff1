package io.jackfield.server.osgi;

/** A property of the configuration that cannot be used. */
final class InvalidPropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String reason;

    InvalidPropertyException(String property, String reason) {
        super(property + ": " + reason);
        this.property = property;
        this.reason = reason;
    }

    /** The name of the property. */
    String property() {
        return property;
    }

    /** What is wrong with it, without its name. */
    String reason() {
        return reason;
    }
}
