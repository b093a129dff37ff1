package io.jackfield.codec;

/** What all control frames have in common (RFC 6455 section 5.5). */
final class ControlFrame {

    /** The longest payload in bytes. */
    static final int MAX_PAYLOAD = 125;

    private ControlFrame() {}

    static void requirePayloadFits(int length) {
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "The payload of a control frame has at most 125 bytes (RFC 6455 section 5.5), not " + length);
        }
    }
}
