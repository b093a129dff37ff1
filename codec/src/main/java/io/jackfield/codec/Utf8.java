package io.jackfield.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** UTF-8 (RFC 3629) from the peer: strict validation that can stop and go on at any byte. */
final class Utf8 {

    /** The state between two characters: where text begins, and where it must end. */
    static final int COMPLETE = 0;

    /** The state after a byte that cannot stand where it stood. */
    static final int INVALID = -1;

    private static final VarHandle LONG_IN_ARRAY =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final char REPLACEMENT_CHARACTER = '\uFFFD';
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    // Inside a character the state is how many bytes are missing and the range of the next:
    // 0x00_missing_lowest_highest.
    // Only the second byte ever has a range of its own; it keeps out overlong forms, surrogates and what is above
    // U+10FFFF (RFC 3629 section 4).
    private static final int ONE_MORE = state(1, 0x80, 0xBF);
    private static final int TWO_MORE = state(2, 0x80, 0xBF);
    private static final int TWO_MORE_NOT_OVERLONG = state(2, 0xA0, 0xBF);
    private static final int TWO_MORE_NO_SURROGATE = state(2, 0x80, 0x9F);
    private static final int THREE_MORE = state(3, 0x80, 0xBF);
    private static final int THREE_MORE_NOT_OVERLONG = state(3, 0x90, 0xBF);
    private static final int THREE_MORE_UP_TO_10FFFF = state(3, 0x80, 0x8F);

    private Utf8() {}

    /**
     * Validates bytes that follow others.
     *
     * @param state the result for the bytes before, or {@link #COMPLETE}
     * @param bytes holds the bytes
     * @param from index of the first
     * @param to index behind the last
     * @return the state behind them; {@link #INVALID} if no continuation can make them UTF-8
     */
    static int validate(int state, byte[] bytes, int from, int to) {
        int current = state;
        int i = from;
        while (i < to) {
            if (current == COMPLETE) {
                int behind = skipShort(bytes, skipAscii(bytes, i, to), to);
                if (behind > i) {
                    i = behind;
                    continue;
                }
                current = afterFirst(bytes[i] & 0xFF);
            } else {
                current = afterNext(current, bytes[i] & 0xFF);
            }
            if (current == INVALID) {
                return INVALID;
            }
            i++;
        }
        return current;
    }

    /**
     * Decodes a whole text. The JDK's decoder is strict, but does not throw: what is not UTF-8 becomes U+FFFD. So only where
     * the text has that character, bytes are looked at one by one, to see whether the peer sent it.
     *
     * @throws ConnectionFailure if it is not UTF-8
     */
    static String decode(byte[] bytes, int from, int length) throws ConnectionFailure {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT_CHARACTER) >= 0 && validate(COMPLETE, bytes, from, from + length) != COMPLETE) {
            throw ConnectionFailure.invalidText();
        }
        return text;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - 4 * Long.BYTES
                && (((long) LONG_IN_ARRAY.get(bytes, i)
                                        | (long) LONG_IN_ARRAY.get(bytes, i + Long.BYTES)
                                        | (long) LONG_IN_ARRAY.get(bytes, i + 2 * Long.BYTES)
                                        | (long) LONG_IN_ARRAY.get(bytes, i + 3 * Long.BYTES))
                                & NOT_ASCII)
                        == 0) {
            i += 4 * Long.BYTES;
        }
        while (i <= to - Long.BYTES && ((long) LONG_IN_ARRAY.get(bytes, i) & NOT_ASCII) == 0) {
            i += Long.BYTES;
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** Skips characters of two or three bytes that need no closer look: a shortcut, without which all is the same. */
    private static int skipShort(byte[] bytes, int from, int to) {
        int i = from;
        while (i <= to - 3) {
            int first = bytes[i] & 0xFF;
            if (first >= 0xC2 && first < 0xE0 && isContinuation(bytes[i + 1])) {
                i += 2;
            } else if (first > 0xE0 && first < 0xED && isContinuation(bytes[i + 1]) && isContinuation(bytes[i + 2])) {
                i += 3;
            } else {
                break;
            }
        }
        return i;
    }

    private static boolean isContinuation(byte b) {
        return b < (byte) 0xC0;
    }

    private static int afterFirst(int first) {
        if (first < 0xC2) {
            return INVALID;
        }
        if (first < 0xE0) {
            return ONE_MORE;
        }
        if (first < 0xF0) {
            return first == 0xE0 ? TWO_MORE_NOT_OVERLONG : first == 0xED ? TWO_MORE_NO_SURROGATE : TWO_MORE;
        }
        if (first < 0xF5) {
            return first == 0xF0 ? THREE_MORE_NOT_OVERLONG : first == 0xF4 ? THREE_MORE_UP_TO_10FFFF : THREE_MORE;
        }
        return INVALID;
    }

    private static int afterNext(int state, int next) {
        if (next < ((state >> 8) & 0xFF) || next > (state & 0xFF)) {
            return INVALID;
        }
        return switch (state >> 16) {
            case 3 -> TWO_MORE;
            case 2 -> ONE_MORE;
            default -> COMPLETE;
        };
    }

    private static int state(int missing, int lowest, int highest) {
        return missing << 16 | lowest << 8 | highest;
    }
}
