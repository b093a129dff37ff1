package io.jackfield.server.loop;

/** Has output that is to leave by the end of the turn. */
public interface Flushable {

    /** Hands the output to the transport. Called on the loop's thread; does not throw. */
    void flush();
}
