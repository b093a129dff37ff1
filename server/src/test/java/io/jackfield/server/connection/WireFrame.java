package io.jackfield.server.connection;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A frame as it lies on the wire (RFC 6455 section 5.2), made without the codec that it tests.
 *
 * @param b0 the first byte: FIN, reserved bits, opcode
 * @param masked whether a masking key goes with it
 * @param payload the payload, unmasked
 */
record WireFrame(int b0, boolean masked, byte[] payload) {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xa;

    private static final int FIN = 0x80;
    private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

    static byte[] encode(int b0, byte[] payload, boolean masked) {
        int maskBit = masked ? 0x80 : 0;
        ByteBuffer bytes = ByteBuffer.allocate(payload.length + 14).put((byte) b0);
        if (payload.length < 126) {
            bytes.put((byte) (maskBit | payload.length));
        } else if (payload.length < 65_536) {
            bytes.put((byte) (maskBit | 126)).putShort((short) payload.length);
        } else {
            bytes.put((byte) (maskBit | 127)).putLong(payload.length);
        }
        if (masked) {
            bytes.put(KEY);
        }
        for (int i = 0; i < payload.length; i++) {
            bytes.put((byte) (masked ? payload[i] ^ KEY[i % 4] : payload[i]));
        }
        byte[] frame = new byte[bytes.position()];
        bytes.flip().get(frame);
        return frame;
    }

    /** A final, masked frame with a text as its payload. */
    static byte[] frame(int opcode, String text) {
        return encode(FIN | opcode, text.getBytes(StandardCharsets.UTF_8), true);
    }

    /** A masked close frame. */
    static byte[] close(int code, String reason) {
        return encode(FIN | CLOSE, closePayload(code, reason), true);
    }

    static byte[] closePayload(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    static WireFrame read(DataInputStream input) throws IOException {
        int b0 = input.readUnsignedByte();
        int b1 = input.readUnsignedByte();
        int length = b1 & 0x7f;
        if (length == 126) {
            length = input.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(input.readLong());
        }
        boolean masked = (b1 & 0x80) != 0;
        if (masked) {
            input.readInt();
        }
        byte[] payload = new byte[length];
        input.readFully(payload);
        return new WireFrame(b0, masked, payload);
    }

    int opcode() {
        return b0 & 0xf;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** {@code 1000:reason}, or {@code empty}. */
    String closeStatus() {
        if (payload.length == 0) {
            return "empty";
        }
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        int code = bytes.getShort() & 0xffff;
        return code + ":" + StandardCharsets.UTF_8.decode(bytes);
    }

    /** First byte and payload: {@code 81:68656c6c6f}. */
    String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((byte) b0) + ":" + hex.formatHex(payload, 0, Math.min(payload.length, 130));
    }

    @Override
    public String toString() {
        return hex();
    }
}
