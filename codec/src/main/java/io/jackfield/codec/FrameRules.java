package io.jackfield.codec;

import io.jackfield.api.CloseCode;

/**
 * What RFC 6455 sections 5.1 to 5.5 demand of a frame's header, and the limits. Each part of a header is judged as soon as
 * it is there, so that a bad frame fails before its payload arrives.
 */
final class FrameRules {

    private final DriverConfig config;

    /** The reserved bits that the active extensions claim, where they stand in the first byte. */
    private final int claimedRsv;

    FrameRules(DriverConfig config, int claimedRsv) {
        this.config = config;
        this.claimedRsv = claimedRsv;
    }

    /**
     * Judges a part of a header.
     *
     * @param part the part that is complete now
     * @param frame the decoder that has read it
     * @param message the message that the frame may belong to
     */
    void check(FrameDecoder.Part part, FrameDecoder frame, MessageReceiver message) throws ConnectionFailure {
        switch (part) {
            case FLAGS_AND_OPCODE -> checkFlagsAndOpcode(frame, message);
            case MASK_AND_LENGTH -> checkMaskAndLength(frame, message);
            case EXTENDED_LENGTH -> checkExtendedLength(frame, message);
            default -> {
                // Any masking key is good.
            }
        }
    }

    /** Judges a whole header. */
    void checkAll(FrameDecoder frame, MessageReceiver message) throws ConnectionFailure {
        checkFlagsAndOpcode(frame, message);
        checkMaskAndLength(frame, message);
        checkExtendedLength(frame, message);
    }

    private void checkFlagsAndOpcode(FrameDecoder frame, MessageReceiver message) throws ConnectionFailure {
        checkReservedBits(frame);
        checkOpcode(frame);
        checkSequence(frame, message);
    }

    private void checkMaskAndLength(FrameDecoder frame, MessageReceiver message) throws ConnectionFailure {
        if (!frame.hasExtendedLength()) {
            checkSize(frame, message);
        }
        checkMask(frame);
    }

    private void checkExtendedLength(FrameDecoder frame, MessageReceiver message) throws ConnectionFailure {
        if (frame.hasExtendedLength()) {
            checkLengthForm(frame);
            checkSize(frame, message);
        }
    }

    private void checkReservedBits(FrameDecoder frame) throws ConnectionFailure {
        // RFC 7692 section 6.1: the bit of an extension stands on the first frame of a message.
        boolean first = frame.opcode() == Opcode.TEXT || frame.opcode() == Opcode.BINARY;
        int unexpected = first ? frame.rsv() & ~claimedRsv : frame.rsv();
        if (unexpected != 0) {
            throw ConnectionFailure.protocolError("One or more reserved bits are on: reserved1 = "
                    + bit(frame, Rsv.RSV1) + ", reserved2 = " + bit(frame, Rsv.RSV2) + ", reserved3 = "
                    + bit(frame, Rsv.RSV3));
        }
    }

    private static int bit(FrameDecoder frame, int mask) {
        return (frame.rsv() & mask) == 0 ? 0 : 1;
    }

    private static void checkOpcode(FrameDecoder frame) throws ConnectionFailure {
        if (!Opcode.isKnown(frame.opcode())) {
            throw ConnectionFailure.protocolError("Unrecognized frame opcode: " + frame.opcode());
        }
    }

    /** RFC 6455 sections 5.4 and 5.5. */
    private void checkSequence(FrameDecoder frame, MessageReceiver message) throws ConnectionFailure {
        int opcode = frame.opcode();
        if (Opcode.isControl(opcode)) {
            if (!frame.fin()) {
                throw ConnectionFailure.protocolError("Received fragmented control frame: opcode = " + opcode);
            }
        } else if (opcode == Opcode.CONTINUATION) {
            if (!message.isOpen()) {
                throw ConnectionFailure.protocolError("Received unexpected continuation frame");
            }
            if (message.fragments() >= config.maxFragments() && !message.isInParts()) {
                throw new ConnectionFailure(
                        CloseCode.POLICY_VIOLATION.value(),
                        "Received message of more than " + config.maxFragments() + " fragments");
            }
        } else if (message.isOpen()) {
            throw ConnectionFailure.protocolError(
                    "Received new data frame but previous continuous frame is unfinished");
        }
    }

    /** RFC 6455 section 5.1. */
    private void checkMask(FrameDecoder frame) throws ConnectionFailure {
        if (config.role() == Role.CLIENT) {
            if (frame.isMasked()) {
                throw ConnectionFailure.protocolError("Received masked frame from a server");
            }
        } else if (config.requireMasking() && !frame.isMasked()) {
            throw ConnectionFailure.protocolError("Received unmasked frame but masking is required");
        }
    }

    private static void checkLengthForm(FrameDecoder frame) throws ConnectionFailure {
        // RFC 6455 section 5.2: "the most significant bit MUST be 0". A longer form than needed is accepted.
        if (frame.payloadLength() < 0) {
            throw ConnectionFailure.protocolError("Received 64-bit frame length whose most significant bit is set");
        }
        if (Opcode.isControl(frame.opcode()) && frame.payloadLength() > ControlFrame.MAX_PAYLOAD) {
            throw ConnectionFailure.protocolError(
                    "Received control frame having too long payload: " + frame.payloadLength());
        }
    }

    private void checkSize(FrameDecoder frame, MessageReceiver message) throws ConnectionFailure {
        boolean countsInMessage = !Opcode.isControl(frame.opcode());
        // The message's length never passes the limit, so that the difference cannot overflow.
        if (countsInMessage && frame.payloadLength() > maxLength(message) - message.length()) {
            throw ConnectionFailure.tooLarge();
        }
    }

    private long maxLength(MessageReceiver message) {
        return message.isInParts() ? config.maxPartedLength() : config.maxMessageLength();
    }
}
