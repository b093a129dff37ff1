package io.jackfield.api;

/** The state of a connection, as the W3C's {@code readyState}; it only ever moves forward. */
public enum ReadyState {
    /** The opening handshake is not finished. What is sent now is queued. */
    CONNECTING(0),
    /** Messages flow. */
    OPEN(1),
    /** A closing handshake or a failure is under way: nothing more is sent or delivered. */
    CLOSING(2),
    /** The connection is gone. */
    CLOSED(3);

    private final int value;

    ReadyState(int value) {
        this.value = value;
    }

    /**
     * The number that the W3C gives the state.
     *
     * @return 0 to 3
     */
    public int value() {
        return value;
    }
}
