package io.jackfield.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames of a server, whose payloads must be those that were sent, in order; however the server cuts them into frames. */
class FrameReplies implements Replies {

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int CLOSE = 0x08;
    private static final int PONG = 0x0a;
    private static final int MAX_HEAD = 10;

    final Frames frames;

    // The frame under way.
    private final ByteBuffer head = ByteBuffer.allocate(MAX_HEAD);
    private boolean inPayload;
    private int first;
    private long left;
    private int pongs;

    // The message under way.
    private int message;
    private int position;
    private boolean compressed;
    private boolean begun;

    FrameReplies(Frames frames) {
        this.frames = frames;
    }

    @Override
    public final int take(ByteBuffer input) throws IOException {
        int completed = 0;
        while (input.hasRemaining()) {
            if (!inPayload && !takeHead(input)) {
                break;
            }
            int end = input.limit();
            int length = (int) Math.min(left, input.remaining());
            input.limit(input.position() + length);
            left -= length;
            if ((first & CONTROL) != 0) {
                input.position(input.limit());
            } else {
                takePayload(input, length);
            }
            input.limit(end);
            if (left > 0) {
                break;
            }
            inPayload = false;
            if ((first & OPCODE) == PONG) {
                pongs++;
            }
            if ((first & (FIN | CONTROL)) == FIN) {
                endMessage();
                completed++;
            }
        }
        return completed;
    }

    @Override
    public final int pongs() {
        return pongs;
    }

    private void takePayload(ByteBuffer input, int length) throws IOException {
        if (compressed) {
            position += inflate(input, message, position);
            return;
        }
        int from = frames.payloadStart(message) + position;
        if (from + length > frames.payloadEnd(message)) {
            throw new IOException("A longer message came back than was sent");
        }
        ByteBuffer expected = frames.payloads();
        expected.limit(from + length).position(from);
        if (!expected.equals(input)) {
            throw new IOException("Another message came back than was sent");
        }
        input.position(input.limit());
        position += length;
    }

    private void endMessage() throws IOException {
        if (compressed) {
            position += endOfCompressed(message, position);
        }
        if (frames.payloadStart(message) + position != frames.payloadEnd(message)) {
            throw new IOException("A shorter message came back than was sent");
        }
        message = frames.after(message);
        position = 0;
        begun = false;
    }

    /** Inflates and compares; answers how many bytes that were. */
    int inflate(ByteBuffer input, int expectedMessage, int at) throws IOException {
        throw new IOException("RSV1 without an extension");
    }

    int endOfCompressed(int expectedMessage, int at) throws IOException {
        throw new IOException("RSV1 without an extension");
    }

    private boolean takeHead(ByteBuffer input) throws IOException {
        if (head.position() == 0 && input.remaining() >= MAX_HEAD) {
            parseHead(input);
            return true;
        }
        while (head.position() < headLength()) {
            if (!input.hasRemaining()) {
                return false;
            }
            head.put(input.get());
        }
        parseHead(head.flip());
        head.clear();
        return true;
    }

    /** As far as is known. */
    private int headLength() {
        if (head.position() < 2) {
            return 2;
        }
        int length = head.get(1);
        return length < 126 ? 2 : length == 126 ? 4 : MAX_HEAD;
    }

    private void parseHead(ByteBuffer bytes) throws IOException {
        first = bytes.get();
        int length = bytes.get();
        if (length < 0) {
            throw new IOException("The server masks");
        }
        left = length < 126 ? length : length == 126 ? bytes.getShort() & 0xffff : bytes.getLong();
        inPayload = true;
        if ((first & OPCODE) == CLOSE) {
            throw new IOException("The server closes the connection");
        }
        if ((first & CONTROL) == 0) {
            beginFrame();
        }
    }

    private void beginFrame() throws IOException {
        int expected = begun ? 0 : frames.opcode();
        if ((first & OPCODE) != expected) {
            throw new IOException("Opcode " + (first & OPCODE) + " instead of " + expected);
        }
        if (!begun) {
            compressed = (first & RSV1) != 0;
            begun = true;
        }
    }
}
