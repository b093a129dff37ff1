package io.jackfield.codec.handshake;

/** Tokens (RFC 9110 section 5.6.2). */
final class Token {

    private static final boolean[] IS_TOKEN_CHARACTER = new boolean[0x80];

    static {
        String marks = "!#$%&'*+-.^_`|~";
        for (int c = 0; c < IS_TOKEN_CHARACTER.length; c++) {
            IS_TOKEN_CHARACTER[c] =
                    c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || marks.indexOf(c) >= 0;
        }
    }

    private Token() {}

    static boolean isTokenCharacter(int c) {
        return c >= 0 && c < IS_TOKEN_CHARACTER.length && IS_TOKEN_CHARACTER[c];
    }

    static boolean isToken(CharSequence text) {
        return text.length() > 0 && end(text, 0) == text.length();
    }

    /** Where the token that begins at an index ends; the index itself if there is none. */
    static int end(CharSequence text, int from) {
        int end = from;
        while (end < text.length() && isTokenCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The same for octets, which are negative from 0x80 on. */
    static int end(byte[] octets, int from, int limit) {
        int end = from;
        while (end < limit && isTokenCharacter(octets[end])) {
            end++;
        }
        return end;
    }
}
