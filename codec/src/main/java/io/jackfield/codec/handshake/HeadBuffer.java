package io.jackfield.codec.handshake;

import java.nio.ByteBuffer;

/**
 * Cuts the octets of a request head into lines. Each octet is examined once, whatever the pieces in which it comes; only
 * the unfinished line is kept from one piece to the next, in an array that grows with what was received.
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

    private static final byte LAST_CONTROL_BEFORE_SPACE = 0x1f;
    private static final byte DELETE = 0x7f;

    private byte[] octets = new byte[0];
    private int received;
    private int examined;

    private int lineStart;
    private int lineEnd;
    private int nextLineStart;

    /** Takes octets from the buffer's position on. Nothing that was given out before is valid afterwards. */
    void receive(ByteBuffer bytes, int count) {
        int kept = received - nextLineStart;
        byte[] target = kept + count <= octets.length ? octets : new byte[Math.max(kept + count, 2 * octets.length)];
        System.arraycopy(octets, nextLineStart, target, 0, kept);
        bytes.get(target, kept, count);
        octets = target;
        received = kept + count;
        examined -= nextLineStart;
        nextLineStart = 0;
    }

    /** Goes to the next line. */
    Found nextLine() {
        while (examined < received) {
            byte octet = octets[examined++];
            boolean behindCr = examined - 2 >= nextLineStart && octets[examined - 2] == '\r';
            if (octet == '\n') {
                if (!behindCr) {
                    return Found.LONE_CR_OR_LF;
                }
                lineStart = nextLineStart;
                lineEnd = examined - 2;
                nextLineStart = examined;
                return Found.LINE;
            }
            if (behindCr) {
                return Found.LONE_CR_OR_LF;
            }
            if (isForbiddenControl(octet)) {
                return Found.CONTROL_CHARACTER;
            }
        }
        return Found.UNFINISHED_LINE;
    }

    private static boolean isForbiddenControl(byte octet) {
        boolean control = octet >= 0 && octet <= LAST_CONTROL_BEFORE_SPACE || octet == DELETE;
        return control && octet != '\t' && octet != '\r';
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
