package io.jackfield.server.connection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a server has answered, with its messages put together again: how they were cut into frames is the network's doing. Of
 * the beginning of an answer it is the beginning.
 */
final class StreamedAnswer {

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int LENGTH_16 = 126;

    /** RFC 7692 section 7.2.2: behind each message. */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int END_OF_MESSAGE = 0xff;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Inflater inflater = new Inflater(true);
    private boolean isDeflated;

    private StreamedAnswer() {}

    static byte[] content(byte[] answer) {
        int head = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        if (head < 4) {
            return answer;
        }
        StreamedAnswer streamed = new StreamedAnswer();
        try {
            streamed.content.write(answer, 0, head);
            streamed.addFrames(ByteBuffer.wrap(answer, head, answer.length - head));
        } catch (DataFormatException e) {
            throw new AssertionError("The answer is not what a deflater makes", e);
        } finally {
            streamed.inflater.end();
        }
        return streamed.content.toByteArray();
    }

    private void addFrames(ByteBuffer rest) throws DataFormatException {
        while (rest.remaining() >= 2) {
            int b0 = rest.get();
            int length = rest.get();
            if (length == LENGTH_16) {
                if (rest.remaining() < 2) {
                    return;
                }
                length = rest.getShort();
            }
            byte[] payload = new byte[Math.min(length, rest.remaining())];
            rest.get(payload);
            addFrame(b0, payload, payload.length == length);
        }
    }

    private void addFrame(int b0, byte[] payload, boolean isWhole) throws DataFormatException {
        int opcode = b0 & 0xf;
        if (opcode == WireFrame.PONG) {
            // While output waits, of several pongs the latest is sent (RFC 6455 section 5.5.3).
            return;
        }
        if (opcode == WireFrame.CLOSE) {
            content.write(b0);
            content.writeBytes(payload);
            return;
        }
        if (opcode != 0) {
            // What comes at once and is short goes out as it is.
            content.write(b0 & ~FIN & ~RSV1);
            isDeflated = (b0 & RSV1) != 0;
        }
        addPayload(payload);
        if ((b0 & FIN) != 0 && isWhole) {
            if (isDeflated) {
                addPayload(TAIL);
            }
            content.write(END_OF_MESSAGE);
        }
    }

    private void addPayload(byte[] payload) throws DataFormatException {
        if (!isDeflated) {
            content.writeBytes(payload);
            return;
        }
        byte[] room = new byte[1024];
        inflater.setInput(payload);
        for (int length = inflater.inflate(room); length > 0; length = inflater.inflate(room)) {
            content.write(room, 0, length);
        }
    }
}
