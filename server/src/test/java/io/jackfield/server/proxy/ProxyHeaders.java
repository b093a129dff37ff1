package io.jackfield.server.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Headers of the PROXY protocol, byte by byte. */
public final class ProxyHeaders {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private ProxyHeaders() {}

    /** A header of version 1, with its end. */
    public static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * A header of version 2.
     *
     * @param commandAndFamily bytes 12 and 13 in hexadecimal
     * @param payload what follows the length, in hexadecimal
     */
    public static byte[] binary(String commandAndFamily, String payload) {
        byte[] content = HexFormat.of().parseHex(payload);
        return ByteBuffer.allocate(16 + content.length)
                .put(HexFormat.of().parseHex(SIGNATURE + commandAndFamily))
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
