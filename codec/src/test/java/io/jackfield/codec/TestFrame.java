package io.jackfield.codec;

import java.io.ByteArrayOutputStream;

/**
 * Frames for tests, right or wrong, written down from RFC 6455 section 5.2 without the production encoder. Masked with
 * {@link #KEY} unless told otherwise: what a client sends.
 */
final class TestFrame {

    static final int KEY = 0x37fa213d;

    private int b0;
    private boolean masked = true;
    private int key = KEY;
    private byte[] payload = {};
    private int lengthBytes = -1;
    private long announced = -1;

    private TestFrame(int opcode) {
        b0 = 0x80 + opcode;
    }

    static TestFrame frame(int opcode) {
        return new TestFrame(opcode);
    }

    static TestFrame text(String text) {
        return new TestFrame(1).payload(Bytes.utf8(text));
    }

    static TestFrame binary(String hex) {
        return new TestFrame(2).payload(Bytes.hex(hex));
    }

    static TestFrame continuation(String hex) {
        return new TestFrame(0).payload(Bytes.hex(hex));
    }

    static TestFrame close(String hex) {
        return new TestFrame(8).payload(Bytes.hex(hex));
    }

    static TestFrame ping(String hex) {
        return new TestFrame(9).payload(Bytes.hex(hex));
    }

    static TestFrame pong(String hex) {
        return new TestFrame(10).payload(Bytes.hex(hex));
    }

    TestFrame notFinal() {
        b0 -= 0x80;
        return this;
    }

    TestFrame rsv1() {
        b0 += 0x40;
        return this;
    }

    TestFrame rsv2() {
        b0 += 0x20;
        return this;
    }

    TestFrame rsv3() {
        b0 += 0x10;
        return this;
    }

    TestFrame unmasked() {
        masked = false;
        return this;
    }

    TestFrame key(int newKey) {
        key = newKey;
        return this;
    }

    TestFrame payload(byte[] bytes) {
        payload = bytes;
        return this;
    }

    /** Writes the length in 0, 2 or 8 extra bytes, needed or not. */
    TestFrame lengthBytes(int extra) {
        lengthBytes = extra;
        return this;
    }

    /** Announces another length than that of the payload. */
    TestFrame announcing(long length) {
        announced = length;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long length = announced == -1 ? payload.length : announced;
        int extra = lengthBytes != -1 ? lengthBytes : length >= 0 && length < 126 ? 0 : length >> 16 == 0 ? 2 : 8;
        int maskBit = masked ? 0x80 : 0;
        out.write(b0);
        out.write(maskBit + (extra == 0 ? (int) length : extra == 2 ? 126 : 127));
        for (int shift = 8 * (extra - 1); shift >= 0; shift -= 8) {
            out.write((int) (length >>> shift));
        }
        byte[] keyBytes = {(byte) (key >> 24), (byte) (key >> 16), (byte) (key >> 8), (byte) key};
        if (masked) {
            out.writeBytes(keyBytes);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ keyBytes[i % 4] : payload[i]);
        }
        return out.toByteArray();
    }
}
