package io.jackfield.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What the bare loop sends back: the very bytes that were sent. */
final class RawReplies implements Replies {

    private final Frames frames;
    private int message;
    private int position;

    RawReplies(Frames frames) {
        this.frames = frames;
    }

    @Override
    public int take(ByteBuffer input) throws IOException {
        int completed = 0;
        int end = input.limit();
        ByteBuffer expected = frames.bytes();
        while (input.position() < end) {
            int length = Math.min(end - input.position(), expected.capacity() - position);
            input.limit(input.position() + length);
            expected.limit(position + length).position(position);
            if (!expected.equals(input)) {
                throw new IOException("Other bytes came back than were sent");
            }
            input.position(input.limit()).limit(end);
            position += length;
            completed += passed();
        }
        return completed;
    }

    @Override
    public int pongs() {
        return -1;
    }

    private int passed() {
        int passed = 0;
        while (message < frames.count() && frames.end(message) <= position) {
            message++;
            passed++;
        }
        if (message == frames.count()) {
            message = frames.loopStart();
            position = frames.start(message);
        }
        return passed;
    }
}
