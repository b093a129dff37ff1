package io.jackfield.codec;

import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import java.nio.ByteBuffer;

/** One message on its way through an extension piece by piece, from its beginning until it has ended or is given up. */
final class PartTransformation {

    /** How much is made of a piece at once, in bytes. */
    static final int ROOM = 64 * 1024;

    private final SessionGuard guard;
    private final PartTransformer transformer;
    private final MessageHeader header;
    private long length;

    PartTransformation(SessionGuard guard, PartTransformer transformer) throws ConnectionFailure {
        this.guard = guard;
        this.transformer = transformer;
        this.header = guard.headerOf(transformer);
    }

    /** The reserved bits of what comes out, where they stand in the first byte of a frame. */
    int rsv() {
        return Rsv.bits(header.rsv1(), header.rsv2(), header.rsv3());
    }

    /** The length of what has come out. */
    long length() {
        return length;
    }

    /** Makes what it can of a piece; whether that is all. */
    boolean transform(ByteBuffer piece, boolean isLast, ByteBuffer room) throws ConnectionFailure {
        int from = piece.position();
        int start = room.position();
        boolean isThrough = guard.transform(transformer, piece, isLast, room);
        length += room.position() - start;
        if (!isThrough && piece.position() == from && room.position() == start) {
            throw guard.internalError("the transformer makes no progress");
        }
        return isThrough;
    }

    /** It has ended, or is given up. */
    void close() {
        guard.close(transformer);
    }
}
