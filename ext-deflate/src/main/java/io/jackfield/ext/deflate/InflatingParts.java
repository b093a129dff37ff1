package io.jackfield.ext.deflate;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** An incoming message that is inflated piece by piece. It holds a codec from its first octet to its last. */
final class InflatingParts implements PartTransformer {

    private final MessageHeader header;
    private final Decompressor decompressor;
    private final PooledInflater codec;

    /** The octets that the sender has left away, once the last of the others are taken; then what ends the stream. */
    private ByteBuffer tail;

    private boolean isEnding;

    private long taken;
    private int streams = Decompressor.FREE_STREAMS;

    InflatingParts(MessageHeader header, Decompressor decompressor) {
        this.header = new MessageHeader(header.type(), false, header.rsv2(), header.rsv3());
        this.decompressor = decompressor;
        codec = decompressor.borrow();
        decompressor.primeWithWindow(codec);
    }

    @Override
    public MessageHeader header() {
        return header;
    }

    @Override
    public boolean transform(ByteBuffer piece, boolean isLast, ByteBuffer room) throws ExtensionException {
        try {
            return (tail != null || inflatePiece(piece, room)) && (!isLast || inflateTail(room));
        } catch (DataFormatException e) {
            throw ExtensionException.invalidPayload(e.getMessage(), e);
        } finally {
            codec.forgetInput();
        }
    }

    /** Whether the piece is used up. */
    private boolean inflatePiece(ByteBuffer piece, ByteBuffer room) throws DataFormatException {
        while (true) {
            if (codec.finished() && piece.hasRemaining()) {
                beginStream();
            }
            if (!inflate(piece, room)) {
                return false;
            }
            if (!codec.finished() || !piece.hasRemaining()) {
                return true;
            }
        }
    }

    /** RFC 7692 section 7.2.3.4: blocks may follow a final block, with the same window. */
    private void beginStream() throws DataFormatException {
        if (streams + taken / Decompressor.OCTETS_PER_STREAM <= 1) {
            throw new DataFormatException("too many final blocks");
        }
        streams--;
        codec.reset();
        decompressor.primeWithWindow(codec);
    }

    /** Whether the message has ended as it should, with all of it put. */
    private boolean inflateTail(ByteBuffer room) throws DataFormatException {
        if (taken == 0 || tail == null && codec.finished()) {
            return true;
        }
        if (tail == null) {
            tail = Decompressor.leftAway();
        }
        if (!isEnding) {
            if (!inflate(tail, room)) {
                return false;
            }
            isEnding = true;
            if (!codec.finished()) {
                tail = Decompressor.finalBlock();
            }
        }
        // Octets of ours must not become content of a block that lacks as much.
        int before = room.position();
        boolean isThrough = inflate(tail, room);
        if (!isThrough || room.position() > before || !codec.finished() || tail.hasRemaining()) {
            throw new DataFormatException("message ends within a block");
        }
        return true;
    }

    /** Inflates until the bytes are used up or the stream ends, which is true, or the room is full. */
    private boolean inflate(ByteBuffer bytes, ByteBuffer room) throws DataFormatException {
        while (!codec.finished()) {
            if (!room.hasRemaining()) {
                return false;
            }
            int from = bytes.position();
            int start = room.position();
            codec.inflate(bytes, room);
            taken += bytes.position() - from;
            int written = room.position() - start;
            decompressor.window().append(room.duplicate().position(start).limit(start + written));
            if (written == 0 && !bytes.hasRemaining()) {
                return true;
            }
        }
        return true;
    }

    @Override
    public void close() {
        decompressor.endParts(codec);
    }
}
