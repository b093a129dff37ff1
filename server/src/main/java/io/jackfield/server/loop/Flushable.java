package io.jackfield.server.loop;

/** Has output that is to leave by the end of the turn. */
public interface Flushable extends Selectable {

    /** Hands the output to the transport. Called on the loop's thread. What it throws is given to {@link #onFailure}. */
    void flush();
}
