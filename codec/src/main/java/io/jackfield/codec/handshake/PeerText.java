package io.jackfield.codec.handshake;

/** Makes text that a peer or an extension had a part in fit for one line of an answer or a log. */
final class PeerText {

    private static final int MAX_LENGTH = 200;

    private PeerText() {}

    /** A field's value to be shown to its sender: at most 200 characters, and only if all are printable ASCII. */
    static String quote(String value) {
        boolean printable = value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return printable ? shorten(value) : "(not printable)";
    }

    /** A message in one line: at most 200 characters, with control characters and lone surrogates replaced. */
    static String line(String message) {
        StringBuilder line = new StringBuilder();
        message.codePoints().limit(MAX_LENGTH + 1).map(PeerText::harmless).forEach(line::appendCodePoint);
        return shorten(line.toString());
    }

    private static int harmless(int codePoint) {
        int type = Character.getType(codePoint);
        boolean harmful = Character.isISOControl(codePoint)
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return harmful ? '?' : codePoint;
    }

    private static String shorten(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "...";
    }
}
