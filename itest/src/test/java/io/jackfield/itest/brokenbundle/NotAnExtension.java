package io.jackfield.itest.brokenbundle;

/** Named as an extension, but none. */
public final class NotAnExtension {

    /** Never called. */
    public NotAnExtension() {}
}
