package io.jackfield.server.connection;

import java.io.IOException;

/**
 * What a network does to a connection, as the server's end sees it.
 *
 * @param mostRead the most bytes that one read gives
 * @param mostWritten the most bytes that one write takes
 * @param refusedWrites how many writes take nothing before one takes something, each time
 * @param kind what happens at the place
 * @param at the number of bytes read, or written, at which it happens
 */
record Fault(int mostRead, int mostWritten, int refusedWrites, Kind kind, long at) {

    enum Kind {
        /** Nothing more than what the other components say. */
        NONE,
        /** The read that would come behind so many bytes fails. */
        RESET_READING,
        /** The write that would come behind so many bytes fails; so does every read from then on. */
        RESET_WRITING,
        /** The peer has ended its side behind so many bytes, and still reads. */
        END_OF_INPUT
    }

    static final Fault NONE = of(Kind.NONE, Long.MAX_VALUE);

    private static final int ALL = Integer.MAX_VALUE;

    static Fault of(Kind kind, long at) {
        return new Fault(ALL, ALL, 0, kind, at);
    }

    /** The same, and bytes come and go in small pieces. */
    Fault inPieces(int read, int written) {
        return new Fault(read, written, refusedWrites, kind, at);
    }

    /** The same, and the transport is never ready to write at once. */
    Fault reluctant(int times) {
        return new Fault(mostRead, mostWritten, times, kind, at);
    }

    /** What a system says of a connection that was reset. */
    static IOException reset() {
        return new IOException("Connection reset by peer");
    }
}
