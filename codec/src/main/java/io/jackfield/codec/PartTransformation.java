package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
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

    /** What is left of a piece, while nobody takes what is made of it; else null. */
    private ByteBuffer rest;

    /** The whole length of that piece, which its frame has still to count. */
    private int pieceLength;

    PartTransformation(SessionGuard guard, PartTransformer transformer) throws ConnectionFailure {
        this.guard = guard;
        this.transformer = transformer;
        this.header = guard.headerOf(transformer);
    }

    ExtensionMessage.Type type() {
        return header.type();
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

    /**
     * Keeps what is left of a piece.
     *
     * @param isStable whether it need not be copied for that
     * @param wholeLength the length of the whole piece
     */
    void keep(ByteBuffer left, boolean isStable, int wholeLength) {
        rest = isStable ? left : ByteBuffer.allocate(left.remaining()).put(left).flip();
        pieceLength = wholeLength;
    }

    /** What is left of a piece, once; null if nothing is. */
    ByteBuffer takeRest() {
        ByteBuffer taken = rest;
        rest = null;
        return taken;
    }

    /** The whole length of the piece that was kept last. */
    int pieceLength() {
        return pieceLength;
    }

    /** It has ended, or is given up. */
    void close() {
        guard.close(transformer);
    }
}
