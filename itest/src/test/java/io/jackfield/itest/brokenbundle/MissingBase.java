package io.jackfield.itest.brokenbundle;

/** What {@link LackingExtension} needs. No test delivers it. */
public class MissingBase {

    /** For subclasses. */
    protected MissingBase() {}
}
