package io.jackfield.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Keeps what a driver sends, and sees that it keeps to the contract of {@link FrameOutput}. */
final class RecordingOutput implements FrameOutput {

    /** Where claimed room begins, so that a driver that puts at index 0 is found out. */
    private static final int START = 3;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private ByteBuffer claimed;
    private boolean congested;
    private int messages;

    @Override
    public ByteBuffer claim(int length) {
        assertTrue(length >= 1 && length <= MAX_CLAIM, "claims " + length + " bytes");
        assertFalse(claimed != null, "claims twice");
        claimed = ByteBuffer.allocateDirect(START + length + 1).position(START).limit(START + length);
        return claimed;
    }

    @Override
    public void commit() {
        assertNotNull(claimed, "commits without a claim");
        written.writeBytes(Bytes.copy(claimed.flip().position(START)));
        claimed = null;
    }

    @Override
    public void write(ByteBuffer bytes) {
        assertFalse(claimed != null, "writes with an open claim");
        written.writeBytes(Bytes.copy(bytes));
        bytes.position(bytes.limit());
    }

    @Override
    public void endOfMessage() {
        assertFalse(claimed != null, "ends a message with an open claim");
        messages++;
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    void congest(boolean nowCongested) {
        congested = nowCongested;
    }

    /** What was written since the last call. */
    byte[] take() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    /** The messages ended since the last call. */
    int takeMessages() {
        int taken = messages;
        messages = 0;
        return taken;
    }
}
