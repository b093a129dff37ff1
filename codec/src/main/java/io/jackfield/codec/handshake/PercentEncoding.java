package io.jackfield.codec.handshake;

/** {@code pct-encoded} (RFC 3986 section 2.1). */
final class PercentEncoding {

    private PercentEncoding() {}

    /** Whether a percent sign with its two digits stands at an index. */
    static boolean isAt(String text, int index) {
        return index + 2 < text.length()
                && text.charAt(index) == '%'
                && isHexDigit(text.charAt(index + 1))
                && isHexDigit(text.charAt(index + 2));
    }

    static boolean isHexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}
