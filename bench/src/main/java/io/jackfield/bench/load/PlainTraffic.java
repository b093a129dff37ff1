package io.jackfield.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Messages of one size, without extension. */
public final class PlainTraffic implements Traffic {

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int MAX_MESSAGES = 64;
    private static final int MAX_BYTES = 4 << 20;

    private final Frames frames;
    private final boolean raw;

    private PlainTraffic(Frames frames, boolean raw) {
        this.frames = frames;
        this.raw = raw;
    }

    /**
     * Random bytes.
     *
     * @param size bytes of each payload
     * @param raw whether the server sends back the bytes of the frames as they are
     */
    public static PlainTraffic binary(int size, boolean raw) {
        Random random = new Random(size);
        byte[][] payloads = new byte[messages(size)][size];
        for (byte[] payload : payloads) {
            random.nextBytes(payload);
        }
        return of(payloads, BINARY, raw);
    }

    /**
     * Printable characters.
     *
     * @param size bytes of each payload, which is ASCII, as most text on the wire
     * @param raw whether the server sends back the bytes of the frames as they are
     */
    public static PlainTraffic text(int size, boolean raw) {
        Random random = new Random(size);
        byte[][] payloads = new byte[messages(size)][];
        for (int i = 0; i < payloads.length; i++) {
            payloads[i] = random.ints(size, ' ', '~' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
        return of(payloads, TEXT, raw);
    }

    private static PlainTraffic of(byte[][] payloads, int opcode, boolean raw) {
        return new PlainTraffic(new Frames(payloads, payloads, 0, opcode, false), raw);
    }

    /** Several, so that one in the place of another is noticed; not more than fit into a cache. */
    private static int messages(int size) {
        return Math.max(2, Math.min(MAX_MESSAGES, MAX_BYTES / Math.max(1, size)));
    }

    @Override
    public String requestFields() {
        return "";
    }

    @Override
    public Conversation begin(String answer) {
        return new Conversation(frames, raw ? new RawReplies(frames) : new FrameReplies(frames));
    }
}
