package io.jackfield.api;

/** What becomes of a message that would pass the limit of buffered outgoing bytes. */
public enum OverflowPolicy {
    /** The message is not accepted, and the connection closes with 1013 behind what was accepted before. */
    CLOSE,
    /** The message is dropped; the connection goes on. */
    DROP_NEWEST,
    /** The call throws an {@link IllegalStateException}; the connection goes on. */
    REFUSE
}
