package io.jackfield.fuzz;

import io.jackfield.codec.Role;
import io.jackfield.ext.deflate.ReferenceInflater;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What becomes of a stream of frames: the oracle. Has the whole input at hand, and reads it as RFC 6455 section 5 tells it,
 * with none of the codec's code.
 */
final class ReferenceReceiver {

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    /** RFC 3629 section 4, an octet a character; what may stand at the end is a character that goes on. */
    private static final Pattern UTF8 = Pattern.compile(
            "(?:[\\x00-\\x7f]|[\\xc2-\\xdf]T|\\xe0[\\xa0-\\xbf]T|[\\xe1-\\xec\\xee\\xef]TT|\\xed[\\x80-\\x9f]T"
                    .concat("|\\xf0[\\x90-\\xbf]TT|[\\xf1-\\xf3]TTT|\\xf4[\\x80-\\x8f]TT)*+")
                    .concat(
                            "(?<rest>\\xf0[\\x90-\\xbf]T?|[\\xf1-\\xf3]TT?|\\xf4[\\x80-\\x8f]T?|[\\xe1-\\xec\\xee\\xef]T")
                    .concat("|\\xe0[\\xa0-\\xbf]|\\xed[\\x80-\\x9f]|[\\xc2-\\xf4])?+")
                    .replace("T", "[\\x80-\\xbf]"));

    /** Behind so many final blocks an inflater may give up. */
    private static final int FREE_FINAL_BLOCKS = 15;

    final List<String> events = new ArrayList<>();
    final List<String> sent = new ArrayList<>();

    private final FramesTarget.Circumstances circumstances;
    private final ReferenceInflater inflater;
    private boolean isCertain = true;

    // The message
    private int opcode = -1;
    private boolean isCompressed;
    private int fragments;
    private ByteArrayOutputStream message = new ByteArrayOutputStream();

    /** The input is over, or does not count any more. */
    private static final class End extends Exception {

        private static final long serialVersionUID = 1L;
    }

    ReferenceReceiver(FramesTarget.Circumstances circumstances) {
        this.circumstances = circumstances;
        this.inflater = new ReferenceInflater(15, true, circumstances.maxMessageLength());
    }

    /** Whether it is certain that all must come to the same. */
    boolean receive(byte[] input, int from) {
        if (circumstances.closing()) {
            sent.add("close 1000");
        }
        ByteBuffer in = ByteBuffer.wrap(input, from, input.length - from);
        try {
            while (true) {
                frame(in);
            }
        } catch (End e) {
            return isCertain;
        }
    }

    private void frame(ByteBuffer in) throws End {
        int b0 = next(in);
        boolean fin = b0 >= 0x80;
        int kind = b0 & 0x0f;
        boolean isControl = kind >= CLOSE;
        int allowedRsv = circumstances.deflate() && (kind == TEXT || kind == 2) ? 0x40 : 0;
        if ((b0 & 0x70 & ~allowedRsv) != 0 || kind > PONG || kind > 2 && kind < CLOSE || isControl && !fin) {
            throw fail(1002);
        }
        if (!isControl && (kind == CONTINUATION) != (opcode >= 0)) {
            throw fail(1002);
        }
        if (kind == CONTINUATION && fragments == circumstances.maxFragments()) {
            throw fail(1008);
        }
        int b1 = next(in);
        boolean isMasked = b1 >= 0x80;
        long length = b1 & 0x7f;
        if (length < 126 && !isControl) {
            requireFits(length, kind);
        }
        boolean isServer = circumstances.role() == Role.SERVER;
        if (isServer ? circumstances.requireMasking() && !isMasked : isMasked) {
            throw fail(1002);
        }
        if (length >= 126) {
            int octets = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | next(in);
            }
            if (length < 0 || isControl && length > 125) {
                throw fail(1002);
            }
            if (!isControl) {
                requireFits(length, kind);
            }
        }
        byte[] key = new byte[4];
        for (int i = 0; i < 4 && isMasked; i++) {
            key[i] = (byte) next(in);
        }
        if (isControl) {
            control(kind, unmasked(in, length, key, true));
        } else {
            data(kind, fin, (b0 & 0x40) != 0, in, length, key);
        }
    }

    private void requireFits(long length, int kind) throws End {
        long before = kind == CONTINUATION ? message.size() : 0;
        if (length > circumstances.maxMessageLength() - before) {
            throw fail(1009);
        }
    }

    private int next(ByteBuffer in) throws End {
        if (!in.hasRemaining()) {
            throw inputEnds();
        }
        return in.get() & 0xff;
    }

    private byte[] unmasked(ByteBuffer in, long length, byte[] key, boolean needsAll) throws End {
        if (needsAll && in.remaining() < length) {
            throw inputEnds();
        }
        byte[] payload = new byte[(int) Math.min(in.remaining(), length)];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
        return payload;
    }

    private void control(int kind, byte[] payload) throws End {
        switch (kind) {
            case PING -> {
                sent.add("pong " + Transcript.hex(payload));
                events.add("ping " + Transcript.hex(payload));
            }
            case PONG -> events.add("pong " + Transcript.hex(payload));
            default -> throw close(payload);
        }
    }

    /** RFC 6455 sections 5.5.1 and 7.4. */
    private End close(byte[] payload) {
        boolean isEmpty = payload.length == 0;
        int code = payload.length < 2 ? 1002 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        boolean isLegal = code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
        boolean isText = payload.length < 2 || isWholeText(Arrays.copyOfRange(payload, 2, payload.length));
        boolean isValid = isEmpty || payload.length >= 2 && isLegal && isText;
        int told = isEmpty ? 1005 : isValid ? code : isText ? 1002 : 1007;
        String clean = isValid ? " clean " : " unclean ";
        if (circumstances.closing()) {
            events.add("finished " + told + clean + "LOCAL 1000");
        } else {
            sent.add(isEmpty ? "close" : "close " + told);
            events.add("closing");
            events.add("finished " + told + clean + "PEER " + told);
        }
        return new End();
    }

    private void data(int kind, boolean fin, boolean rsv1, ByteBuffer in, long length, byte[] key) throws End {
        if (kind != CONTINUATION) {
            opcode = kind;
            isCompressed = rsv1;
            fragments = 0;
            message = new ByteArrayOutputStream();
        }
        fragments++;
        byte[] payload = unmasked(in, length, key, false);
        message.writeBytes(payload);
        boolean isCheckedAtOnce = opcode == TEXT && !circumstances.deflate() && !circumstances.closing();
        if (isCheckedAtOnce && !UTF8.matcher(latin1(message.toByteArray())).matches()) {
            throw fail(1007);
        }
        if (payload.length < length) {
            throw inputEnds();
        }
        if (fin) {
            if (!circumstances.closing()) {
                deliver(isCompressed ? inflate() : message.toByteArray());
            }
            opcode = -1;
        }
    }

    private byte[] inflate() throws End {
        if (message.size() == 0) {
            return new byte[0];
        }
        try {
            byte[] inflated = inflater.message(ByteBuffer.wrap(message.toByteArray()));
            isCertain &= inflater.finalBlocks() <= FREE_FINAL_BLOCKS;
            return inflated;
        } catch (ReferenceInflater.TooLarge e) {
            isCertain &= inflater.finalBlocks() <= FREE_FINAL_BLOCKS;
            throw fail(1009);
        } catch (ReferenceInflater.Truncated e) {
            // An inflater may take what it puts behind the payload for a part of it, and find that too large.
            isCertain &= inflater.produced() + InflationTarget.TAIL_AT_MOST < circumstances.maxMessageLength();
            throw fail(1007);
        } catch (ReferenceInflater.Malformed | ReferenceInflater.TooFar e) {
            throw fail(1007);
        }
    }

    private void deliver(byte[] payload) throws End {
        if (opcode != TEXT) {
            events.add("binary " + Transcript.hex(payload));
        } else if (isWholeText(payload)) {
            events.add("text " + new String(payload, StandardCharsets.UTF_8));
        } else {
            throw fail(1007);
        }
    }

    private static boolean isWholeText(byte[] bytes) {
        var matcher = UTF8.matcher(latin1(bytes));
        return matcher.matches() && matcher.group("rest") == null;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private End fail(int code) {
        if (circumstances.closing()) {
            events.add("finished 1006 unclean LOCAL 1000");
        } else {
            sent.add("close " + code);
            events.addAll(List.of("closing", "error", "finished " + code + " unclean LOCAL " + code));
        }
        return new End();
    }

    private End inputEnds() {
        if (circumstances.ending() && circumstances.closing()) {
            events.add("finished 1006 unclean LOCAL 1000");
        } else if (circumstances.ending()) {
            events.addAll(List.of("closing", "finished 1006 unclean NETWORK unsent"));
        }
        return new End();
    }
}
