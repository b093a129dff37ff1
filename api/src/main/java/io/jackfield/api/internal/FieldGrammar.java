package io.jackfield.api.internal;

/** Characters and tokens of HTTP header fields (RFC 9110 sections 5.5 and 5.6), decided by table. */
public final class FieldGrammar {

    private static final boolean[] TOKEN_CHARACTERS = new boolean[0x80];

    static {
        for (char c : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN_CHARACTERS[c] = true;
        }
    }

    private FieldGrammar() {}

    /**
     * Whether a text is a token.
     *
     * @param text any text, not null
     * @return false for the empty text too
     */
    public static boolean isToken(String text) {
        return !text.isEmpty() && indexOfNonToken(text) < 0;
    }

    /**
     * The place of the first character that no token may have.
     *
     * @param text any text, not null
     * @return an index, or -1 if there is none
     */
    public static int indexOfNonToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= TOKEN_CHARACTERS.length || !TOKEN_CHARACTERS[c]) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether a text may be a field value, or part of one. CR, LF and NUL would let it become another field; the other
     * controls are invalid too. What lies beyond U+00FF is no octet, and an encoder that cuts it to one might well
     * produce a CR or LF.
     *
     * @param text any text, not null
     * @return true if all characters are allowed
     */
    public static boolean isFieldContent(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    /**
     * A text without the blanks and tabs around it: OWS, and nothing else (RFC 9110 section 5.6.3).
     *
     * @param text any text, not null
     * @return the text itself if there are none
     */
    public static String trimBlanks(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /**
     * Whether a character is OWS.
     *
     * @param c any character
     * @return true for blank and tab
     */
    public static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
