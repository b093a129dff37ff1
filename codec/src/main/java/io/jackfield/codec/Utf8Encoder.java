package io.jackfield.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Encodes text as UTF-8, and an unpaired surrogate as U+FFFD, as the W3C's {@code USVString} has it. Not thread-safe.
 *
 * <p>The characters are copied to an array of its own, a piece at a time, because from array to array the JDK's encoder
 * takes many ASCII characters in one instruction: 1 KiB in 60 ns, where a loop over {@code charAt} took 390.
 * {@code String.getBytes} took 53, but makes an array for each message.
 */
final class Utf8Encoder {

    /** Characters in a piece: what is copied is still in the first-level cache when it is encoded. */
    static final int PIECE = 4096;

    /** The most bytes that a {@code char} becomes; a pair of them becomes four. */
    static final int MAX_BYTES_PER_CHAR = 3;

    private static final byte[] REPLACEMENT_CHARACTER = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private final CharsetEncoder encoder = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(REPLACEMENT_CHARACTER);
    private final char[] chars;
    private final CharBuffer piece;

    /**
     * An encoder.
     *
     * @param pieceLength the characters that go at a time, at least 2
     */
    Utf8Encoder(int pieceLength) {
        chars = new char[pieceLength];
        piece = CharBuffer.wrap(chars);
    }

    /**
     * Encodes as many whole characters as fit.
     *
     * @param text the text
     * @param from index of the first {@code char}
     * @param target takes the bytes, from its position to its limit; has an array for speed
     * @return the index behind the last {@code char} that was encoded
     */
    int encode(String text, int from, ByteBuffer target) {
        encoder.reset();
        int length = text.length();
        int next = from;
        boolean isLast;
        boolean fits;
        do {
            int end = Math.min(length, next + chars.length);
            isLast = end == length;
            text.getChars(next, end, chars, 0);
            piece.limit(end - next).position(0);
            fits = encoder.encode(piece, target, isLast).isUnderflow();
            // The first half of a pair may be left: then it is the first of the next piece.
            next += piece.position();
        } while (fits && !isLast);
        return next;
    }
}
