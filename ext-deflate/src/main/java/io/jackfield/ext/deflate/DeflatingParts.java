package io.jackfield.ext.deflate;

import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import java.nio.ByteBuffer;

/**
 * An outgoing message that is compressed piece by piece. Each piece ends at an octet, so that the peer can have it at once,
 * and lets go of the codec.
 */
final class DeflatingParts implements PartTransformer {

    /** Longer pieces are compressed one after the other, so that what is compressed at once has a limit. */
    private static final int LONGEST_PIECE = 64 * 1024;

    /**
     * RFC 7692 section 7.2.1: the message ends with an empty stored block, less its last four octets. Each piece has ended with
     * a whole one, so this is another.
     */
    private static final byte END = 0x00;

    private final MessageHeader header;
    private final Compressor compressor;
    private ByteBuffer compressed = ByteBuffer.allocate(0);
    private boolean hasEnded;

    DeflatingParts(MessageHeader header, Compressor compressor) {
        this.header = new MessageHeader(header.type(), true, header.rsv2(), header.rsv3());
        this.compressor = compressor;
    }

    @Override
    public MessageHeader header() {
        return header;
    }

    @Override
    public boolean transform(ByteBuffer piece, boolean isLast, ByteBuffer room) {
        while (true) {
            drain(room);
            if (compressed.hasRemaining()) {
                return false;
            }
            if (piece.hasRemaining()) {
                int limit = piece.limit();
                piece.limit(Math.min(limit, piece.position() + LONGEST_PIECE));
                compressed = compressor.compressPart(piece);
                piece.position(piece.limit()).limit(limit);
            } else if (isLast && !hasEnded) {
                hasEnded = true;
                compressed = ByteBuffer.wrap(new byte[] {END});
            } else {
                return true;
            }
        }
    }

    private void drain(ByteBuffer room) {
        int count = Math.min(compressed.remaining(), room.remaining());
        room.put(room.position(), compressed, compressed.position(), count);
        room.position(room.position() + count);
        compressed.position(compressed.position() + count);
    }

    @Override
    public void close() {
        compressor.endParts();
    }
}
