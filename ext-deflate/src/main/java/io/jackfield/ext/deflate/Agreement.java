package io.jackfield.ext.deflate;

/**
 * What binds one end of a connection once the negotiation is over.
 *
 * @param outgoing what the messages that this end sends keep
 * @param incoming what the messages that this end receives keep
 */
record Agreement(Direction outgoing, Direction incoming) {

    /**
     * One direction of a connection.
     *
     * @param windowBits the base-2 logarithm of the LZ77 window in bytes, 8 to 15
     * @param contextTakeover whether messages may refer to those before them
     */
    record Direction(int windowBits, boolean contextTakeover) {

        int windowSize() {
            return 1 << windowBits;
        }
    }
}
