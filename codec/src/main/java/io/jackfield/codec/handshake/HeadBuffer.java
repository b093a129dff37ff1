package io.jackfield.codec.handshake;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the octets of a request head into lines. Each octet is examined once (a CR at the end of a piece: twice),
 * whatever the pieces in which it comes; only the unfinished line is kept from one piece to the next, in an array that
 * grows with what was received.
 */
final class HeadBuffer {

    /** What {@link #nextLine()} found. */
    enum Found {
        /** A line, without its CRLF. */
        LINE,
        /** All was examined; the line goes on in what is still to come. */
        UNFINISHED_LINE,
        /** A CR without LF, or an LF without CR. */
        LONE_CR_OR_LF,
        /** Another control character; among them only the tab has a place in a head (RFC 9110 section 5.5). */
        CONTROL_CHARACTER
    }

    private byte[] octets = new byte[0];
    private int received;
    private int examined;

    private int lineStart;
    private int lineEnd;
    private int nextLineStart;

    /** Takes octets from the buffer's position on. Nothing that was given out before is valid afterwards. */
    void receive(ByteBuffer bytes, int count) {
        dropFinishedLines();
        if (received + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(received + count, 2 * octets.length));
        }
        bytes.get(octets, received, count);
        received += count;
    }

    /** Moves what came with the end of the last line, so nothing is moved twice. */
    private void dropFinishedLines() {
        if (nextLineStart > 0) {
            received -= nextLineStart;
            examined -= nextLineStart;
            System.arraycopy(octets, nextLineStart, octets, 0, received);
            nextLineStart = 0;
        }
    }

    /** Goes to the next line. */
    Found nextLine() {
        examined = endOfText(octets, examined, received);
        if (examined == received) {
            return Found.UNFINISHED_LINE;
        }
        if (octets[examined] != '\r') {
            return octets[examined] == '\n' ? Found.LONE_CR_OR_LF : Found.CONTROL_CHARACTER;
        }
        // A CR waits for what follows it.
        if (examined + 1 == received) {
            return Found.UNFINISHED_LINE;
        }
        if (octets[examined + 1] != '\n') {
            return Found.LONE_CR_OR_LF;
        }
        lineStart = nextLineStart;
        lineEnd = examined;
        examined += 2;
        nextLineStart = examined;
        return Found.LINE;
    }

    /** Where the first control character but for the tab stands. */
    private static int endOfText(byte[] octets, int from, int to) {
        int end = ControlCharacters.indexIn(octets, from, to);
        while (end < to && octets[end] == '\t') {
            end = ControlCharacters.indexIn(octets, end + 1, to);
        }
        return end;
    }

    /** How many octets were received behind the last one that was examined. */
    int unexamined() {
        return received - examined;
    }

    byte[] octets() {
        return octets;
    }

    int lineStart() {
        return lineStart;
    }

    int lineEnd() {
        return lineEnd;
    }
}
