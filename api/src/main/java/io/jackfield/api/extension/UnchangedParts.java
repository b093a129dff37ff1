package io.jackfield.api.extension;

import java.nio.ByteBuffer;
import java.util.Objects;

/** Copies. */
record UnchangedParts(MessageHeader header) implements PartTransformer {

    UnchangedParts {
        Objects.requireNonNull(header, "header");
    }

    @Override
    public boolean transform(ByteBuffer piece, boolean isLast, ByteBuffer room) {
        int count = Math.min(piece.remaining(), room.remaining());
        room.put(room.position(), piece, piece.position(), count);
        room.position(room.position() + count);
        piece.position(piece.position() + count);
        return !piece.hasRemaining();
    }
}
