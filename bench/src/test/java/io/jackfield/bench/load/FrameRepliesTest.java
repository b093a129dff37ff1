package io.jackfield.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The generator counts what it sent, and notices anything else. */
class FrameRepliesTest {

    private static final byte[][] MESSAGES = {{1, 2, 3}, {4, 5, 6}};

    private final Frames frames = new Frames(MESSAGES, MESSAGES, 0, 2, false);

    private static ByteBuffer hex(String bytes) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(bytes.replace(" ", "")));
    }

    private int take(String bytes) throws IOException {
        return new FrameReplies(frames).take(hex(bytes));
    }

    @Test
    void messagesAreCountedInOrderAndForEver() throws IOException {
        assertEquals(3, take("8203 010203 8203 040506 8203 010203"));
    }

    @Test
    void framesMayBeCutAnywhere() throws IOException {
        byte[] bytes = hex("8203 010203 0201 04 8002 0506").array(); // the second message in two frames
        for (int cut = 0; cut <= bytes.length; cut++) {
            FrameReplies replies = new FrameReplies(frames);
            int completed = replies.take(ByteBuffer.wrap(bytes, 0, cut).slice());
            completed +=
                    replies.take(ByteBuffer.wrap(bytes, cut, bytes.length - cut).slice());
            assertEquals(2, completed, "cut at " + cut);
        }
    }

    @Test
    void lengthsOfTwoAndEightBytesAreUnderstood() throws IOException {
        assertEquals(2, take("827e0003 010203 827f0000000000000003 040506"));
    }

    @Test
    void pingsAreNoMessages() throws IOException {
        assertEquals(1, take("8900 8203 010203"));
    }

    @Test
    void aWrongByteIsNoticed() {
        assertThrows(IOException.class, () -> take("8203 010204"));
    }

    @Test
    void aWrongOrderIsNoticed() {
        assertThrows(IOException.class, () -> take("8203 040506"));
    }

    @Test
    void aLongerMessageIsNoticed() {
        assertThrows(IOException.class, () -> take("8204 01020304"));
    }

    @Test
    void aShorterMessageIsNoticed() {
        assertThrows(IOException.class, () -> take("8202 0102"));
    }

    @Test
    void theWrongTypeIsNoticed() {
        assertThrows(IOException.class, () -> take("8103 010203"));
    }

    @Test
    void maskedAnswersAreNoticed() {
        assertThrows(IOException.class, () -> take("8283 00000000 010203"));
    }

    @Test
    void anEndIsNoticed() {
        assertThrows(IOException.class, () -> take("8802 03e8"));
    }

    @Test
    void theBareLoopMustSendBackTheVeryFrames() throws IOException {
        ByteBuffer sent = frames.bytes().clear();
        byte[] bytes = new byte[sent.remaining()];
        sent.get(bytes);
        assertEquals(2, new RawReplies(frames).take(ByteBuffer.wrap(bytes)));
        bytes[bytes.length - 1]++;
        assertThrows(IOException.class, () -> new RawReplies(frames).take(ByteBuffer.wrap(bytes)));
    }
}
