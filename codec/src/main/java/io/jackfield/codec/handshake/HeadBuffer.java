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

    // Where the first colon of the line stands, and of the next as far as it is examined; or -1.
    private int colon = -1;
    private int nextColon = -1;

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
            nextColon = Math.max(-1, nextColon - nextLineStart);
            System.arraycopy(octets, nextLineStart, octets, 0, received);
            nextLineStart = 0;
        }
    }

    /** Goes to the next line. */
    Found nextLine() {
        examineText();
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
        colon = nextColon;
        nextColon = -1;
        return Found.LINE;
    }

    /** Goes to the first control character but for the tab, and notes the line's first colon on the way. */
    private void examineText() {
        examineToControlCharacter();
        while (examined < received && octets[examined] == '\t') {
            examined++;
            examineToControlCharacter();
        }
    }

    private void examineToControlCharacter() {
        int at = examined;
        int end = received;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long eight = EightOctets.at(octets, at);
            long controls = EightOctets.controlCharacter(eight);
            if (nextColon < 0) {
                long colons = EightOctets.before(controls, EightOctets.colon(eight));
                if (colons != 0) {
                    nextColon = at + EightOctets.first(colons);
                }
            }
            if (controls != 0) {
                examined = at + EightOctets.first(controls);
                return;
            }
        }
        while (at < end && !isControlCharacter(octets[at])) {
            if (nextColon < 0 && octets[at] == ':') {
                nextColon = at;
            }
            at++;
        }
        examined = at;
    }

    private static boolean isControlCharacter(byte octet) {
        return octet >= 0 && octet < ' ' || octet == 0x7f;
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

    /** Where the line's first colon stands; -1 if it has none. */
    int colon() {
        return colon;
    }
}
