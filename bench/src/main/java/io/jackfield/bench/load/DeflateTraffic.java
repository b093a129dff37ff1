package io.jackfield.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;

/**
 * JSON under permessage-deflate. What a client sends is compressed beforehand, so that the generator only inflates.
 *
 * <p>With context takeover the messages are compressed as two rounds of one long stream. The second round refers to the
 * first at most, and the round before it always has the same content, so a client can repeat it for ever.
 */
public final class DeflateTraffic implements Traffic {

    private static final int MESSAGES = 128;
    private static final int TEXT = 1;
    private static final int LEVEL = 6;

    /** What a flush appends and RFC 7692 section 7.2.1 leaves out. */
    private static final int FLUSH_MARK = 4;

    private final boolean takeover;
    private final Frames continued;
    private final Frames separate;

    /**
     * @param size bytes of each message
     * @param takeover whether to offer it
     */
    public DeflateTraffic(int size, boolean takeover) {
        this.takeover = takeover;
        byte[][] once = JsonMessages.of(MESSAGES, size);
        byte[][] twice = new byte[2 * MESSAGES][];
        System.arraycopy(once, 0, twice, 0, MESSAGES);
        System.arraycopy(once, 0, twice, MESSAGES, MESSAGES);
        continued = new Frames(deflate(twice, true), twice, MESSAGES, TEXT, true);
        separate = new Frames(deflate(once, false), once, 0, TEXT, true);
    }

    private static byte[][] deflate(byte[][] messages, boolean continued) {
        Deflater deflater = new Deflater(LEVEL, true);
        byte[][] compressed = new byte[messages.length][];
        byte[] buffer = new byte[64 * 1024];
        for (int i = 0; i < messages.length; i++) {
            deflater.setInput(messages[i]);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int length;
            do {
                length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                out.write(buffer, 0, length);
            } while (length == buffer.length);
            byte[] flushed = out.toByteArray();
            compressed[i] = Arrays.copyOf(flushed, flushed.length - FLUSH_MARK);
            if (!continued) {
                deflater.reset();
            }
        }
        deflater.end();
        return compressed;
    }

    @Override
    public String requestFields() {
        return "Sec-WebSocket-Extensions: permessage-deflate"
                + (takeover ? "" : "; server_no_context_takeover; client_no_context_takeover") + "\r\n";
    }

    @Override
    public Conversation begin(String answer) throws IOException {
        String lower = answer.toLowerCase(Locale.ROOT);
        if (!lower.contains("sec-websocket-extensions: permessage-deflate")) {
            throw new IOException("The server does not agree to permessage-deflate");
        }
        Frames frames = lower.contains("client_no_context_takeover") ? separate : continued;
        return new Conversation(frames, new DeflateReplies(frames, lower.contains("server_no_context_takeover")));
    }
}
