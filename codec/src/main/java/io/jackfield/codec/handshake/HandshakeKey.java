package io.jackfield.codec.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** {@code Sec-WebSocket-Key} and what becomes of it (RFC 6455 sections 4.2.1 and 4.2.2). */
final class HandshakeKey {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** 16 bytes are 22 characters of base64 and two of padding. */
    private static final int LENGTH = 24;

    private static final String PADDING = "==";

    private HandshakeKey() {}

    /**
     * Whether a key is base64 of 16 bytes. It is not decoded (section 4.2.1, item 5); the four bits that the last
     * character has too many are not looked at, as RFC 4648 section 3.5 permits.
     */
    static boolean isValid(String key) {
        if (key.length() != LENGTH || !key.endsWith(PADDING)) {
            return false;
        }
        for (int i = 0; i < LENGTH - PADDING.length(); i++) {
            if (!isBase64Character(key.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64Character(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    /** The value of {@code Sec-WebSocket-Accept} for a key. */
    static String accept(String key) {
        try {
            // It is ASCII, for which the JDK looks at each character.
            byte[] hashed = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(hashed);
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
