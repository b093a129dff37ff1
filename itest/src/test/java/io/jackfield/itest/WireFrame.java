package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A frame as it is on the wire (RFC 6455 section 5.2), read and written without any code of ours under test.
 *
 * @param b0 FIN, RSV1 to RSV3 and opcode
 * @param payload the payload, unmasked
 */
record WireFrame(int b0, byte[] payload) {

    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int RSV2 = 0x20;
    static final int RSV3 = 0x10;
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xa;

    private static final int B1_MASK = 0x80;
    private static final byte[] MASKING_KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

    static WireFrame text(String text) {
        return new WireFrame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static WireFrame binary(byte[] payload) {
        return new WireFrame(FIN | BINARY, payload);
    }

    static WireFrame ping(String payload) {
        return new WireFrame(FIN | PING, payload.getBytes(StandardCharsets.UTF_8));
    }

    static WireFrame close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return new WireFrame(
                FIN | CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** Only a header: a masked frame that announces a payload of any length, with a 64 bit length field. */
    static byte[] announcing(int b0, long length) {
        return ByteBuffer.allocate(14)
                .put((byte) b0)
                .put((byte) (B1_MASK | 127))
                .putLong(length)
                .put(MASKING_KEY)
                .array();
    }

    static WireFrame read(DataInputStream input) throws IOException {
        int b0 = input.readUnsignedByte();
        int b1 = input.readUnsignedByte();
        // RFC 6455 5.1: a server must not mask.
        assertFalse((b1 & B1_MASK) != 0, "a masked frame from the server (R-46)");
        long length = b1;
        if (b1 == 126) {
            length = input.readUnsignedShort();
        } else if (b1 == 127) {
            length = input.readLong();
        }
        // RFC 6455 5.2: the shortest form.
        assertFalse(b1 == 126 && length < 126 || b1 == 127 && length < 65_536, "a length that is too long (R-50)");
        byte[] payload = new byte[Math.toIntExact(length)];
        input.readFully(payload);
        return new WireFrame(b0, payload);
    }

    /** The bytes that a client sends. */
    byte[] masked() {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASKING_KEY[i % 4];
        }
        return bytes(B1_MASK, MASKING_KEY, masked);
    }

    /** What no client may send. */
    byte[] unmasked() {
        return bytes(0, new byte[0], payload);
    }

    /** The same with FIN and RSV bits and opcode of one's own. */
    WireFrame withB0(int otherB0) {
        return new WireFrame(otherB0, payload);
    }

    String opcodeName() {
        return switch (b0 & 0x0f) {
            case CONTINUATION -> "continuation";
            case TEXT -> "text";
            case BINARY -> "binary";
            case CLOSE -> "close";
            case PING -> "ping";
            case PONG -> "pong";
            default -> "opcode " + (b0 & 0x0f);
        };
    }

    String payloadText() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The code of a close frame, 1005 without one. */
    int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    String closeReason() {
        return payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        int shown = Math.min(payload.length, 130);
        return "%02x %s, %d bytes: %s"
                .formatted(b0, opcodeName(), payload.length, HexFormat.of().formatHex(payload, 0, shown));
    }

    private byte[] bytes(int maskBit, byte[] maskingKey, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            output.writeByte(b0);
            if (content.length < 126) {
                output.writeByte(maskBit | content.length);
            } else if (content.length < 65_536) {
                output.writeByte(maskBit | 126);
                output.writeShort(content.length);
            } else {
                output.writeByte(maskBit | 127);
                output.writeLong(content.length);
            }
            output.write(maskingKey);
            output.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
