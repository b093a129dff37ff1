package io.jackfield.bench.micro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What a frame carries. */
public enum Payload {
    BINARY,
    ASCII,
    /** Every third character is beyond ASCII: of two, three and four bytes in turn. */
    NON_ASCII;

    private static final int[] MASK = {0x3d, 0x81, 0x4e, 0xc6};
    private static final String[] BEYOND = {"é", "語", "😀"};
    private static final int MASKED = 0x80;
    private static final int TWO_BYTE_LENGTH = 126;

    boolean isText() {
        return this != BINARY;
    }

    byte[] bytes(int size) {
        Random random = new Random(size);
        byte[] bytes = new byte[size];
        if (this == BINARY) {
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder text = new StringBuilder();
        for (int length = 0, i = 0; length < size; i++) {
            String next = this == NON_ASCII && i % 3 == 0 ? BEYOND[i / 3 % BEYOND.length] : "";
            int bytesOfNext = next.getBytes(StandardCharsets.UTF_8).length;
            if (bytesOfNext == 0 || length + bytesOfNext > size) {
                next = Character.toString('a' + random.nextInt(26));
                bytesOfNext = 1;
            }
            text.append(next);
            length += bytesOfNext;
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A client's frame, in a direct buffer as sockets are read into. */
    ByteBuffer frame(int size) {
        byte[] payload = bytes(size);
        ByteBuffer frame = ByteBuffer.allocateDirect(size + 14);
        frame.put((byte) (isText() ? 0x81 : 0x82));
        if (size < TWO_BYTE_LENGTH) {
            frame.put((byte) (MASKED | size));
        } else if (size < 65_536) {
            frame.put((byte) (MASKED | TWO_BYTE_LENGTH)).putShort((short) size);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(size);
        }
        for (int octet : MASK) {
            frame.put((byte) octet);
        }
        for (int i = 0; i < size; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        return frame.flip();
    }
}
