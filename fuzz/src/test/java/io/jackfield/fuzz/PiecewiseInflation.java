package io.jackfield.fuzz;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.MessageHeader;
import io.jackfield.api.extension.PartTransformer;
import io.jackfield.api.extension.StreamingSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The same payload in pieces and with little room: it must become the same as in one. */
final class PiecewiseInflation {

    private static final int ROOM = 13;

    private PiecewiseInflation() {}

    /**
     * What a session makes of a payload.
     *
     * @param session of which nothing was asked but this
     * @param limit how much to make of it at most, in bytes
     * @return the message, or the beginning of it if that is more than the limit; null if it is refused
     */
    static byte[] of(StreamingSession session, byte[] payload, int limit) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try {
            PartTransformer parts =
                    session.incomingParts(new MessageHeader(ExtensionMessage.Type.BINARY, true, false, false));
            try {
                Oracle.holds(!parts.header().rsv1(), "RSV1 is left");
                inflate(parts, payload, message, limit);
            } finally {
                parts.close();
            }
        } catch (ExtensionException e) {
            Oracle.equal(1007, e.closeCode(), "the close code of a message in parts");
            return null;
        }
        return message.toByteArray();
    }

    private static void inflate(PartTransformer parts, byte[] payload, ByteArrayOutputStream message, int limit)
            throws ExtensionException {
        int at = 0;
        boolean isLast = false;
        while (!isLast) {
            int length = Math.min(1 + at % 5, payload.length - at);
            ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(payload, at, at + length));
            at += length;
            isLast = at == payload.length;
            boolean isThrough = false;
            while (!isThrough) {
                ByteBuffer room = ByteBuffer.allocate(ROOM);
                int before = piece.remaining();
                isThrough = parts.transform(piece, isLast, room);
                Oracle.holds(
                        isThrough || room.position() > 0 || piece.remaining() < before, "no progress with a piece");
                message.write(room.array(), 0, room.position());
                if (message.size() > limit) {
                    return;
                }
            }
            Oracle.holds(!piece.hasRemaining(), "a piece that is through is not used up");
        }
    }
}
