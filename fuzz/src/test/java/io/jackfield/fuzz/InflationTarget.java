package io.jackfield.fuzz;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.api.extension.StreamingSession;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.ext.deflate.ReferenceInflater;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A session of permessage-deflate, fed with whatever a peer may call compressed. The first
 * byte of an input chooses the parameters, the second the limit; then come messages, each behind two octets that say how
 * long it is.
 */
public final class InflationTarget {

    private static final byte[] NOT_COMPRESSED = {};

    private static final int ALLOCATION = 512 * 1024;

    /** Behind so many final blocks a message may be refused. */
    private static final int FREE_FINAL_BLOCKS = 15;

    /** What five octets of DEFLATE can become: with one bit for the length and one for the distance, 258 bytes. */
    static final int TAIL_AT_MOST = 5 * 8 / 2 * 258;

    private InflationTarget() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Allocation.run(InflationTarget::run, input);
    }

    private static void run(byte[] input) {
        if (input.length < 4) {
            return;
        }
        int windowBits = 8 + (input[0] & 7);
        boolean takeover = (input[0] & 8) == 0;
        int limit = 1 << (input[1] & 15);
        try (PermessageDeflate deflate =
                PermessageDeflate.builder().threshold(0).build()) {
            ImmediateSession session = session(deflate, windowBits, takeover, limit);
            ImmediateSession inParts = session(deflate, windowBits, takeover, limit);
            try {
                exchange(session, input, new Peer(windowBits, takeover, limit, inParts));
            } finally {
                session.close();
                inParts.close();
            }
        }
    }

    /** The two directions as an independent peer sees them. */
    private static final class Peer {

        final int limit;
        final ReferenceInflater incoming;
        final ReferenceInflater outgoing;

        /** Gets the same messages, in parts. */
        final StreamingSession inParts;

        Peer(int windowBits, boolean takeover, int limit, ImmediateSession inParts) {
            this.inParts = (StreamingSession) inParts;
            this.limit = limit;
            this.incoming = new ReferenceInflater(windowBits, takeover, limit);
            this.outgoing = new ReferenceInflater(windowBits, takeover, Integer.MAX_VALUE);
        }
    }

    private static ImmediateSession session(PermessageDeflate deflate, int windowBits, boolean takeover, int limit) {
        ExtensionParameters offer = ExtensionParameters.EMPTY
                .with("server_max_window_bits", windowBits)
                .with("client_max_window_bits", windowBits);
        if (!takeover) {
            offer = offer.with("server_no_context_takeover").with("client_no_context_takeover");
        }
        AcceptedExtension accepted = deflate.accept(List.of(offer), () -> limit).orElseThrow();
        return (ImmediateSession) accepted.session();
    }

    private static void exchange(ImmediateSession session, byte[] input, Peer peer) {
        int at = 2;
        while (at + 2 <= input.length) {
            int length = Math.min((input[at] & 0xff) << 8 | input[at + 1] & 0xff, input.length - at - 2);
            byte[] payload = Arrays.copyOfRange(input, at + 2, at + 2 + length);
            at += 2 + length;
            byte[] message = inflate(session, payload, peer);
            byte[] inParts = PiecewiseInflation.of(peer.inParts, payload, peer.limit);
            if (message == null) {
                return;
            }
            boolean mayGiveUp = peer.incoming.finalBlocks() > FREE_FINAL_BLOCKS;
            Oracle.holds(
                    inParts == null ? mayGiveUp : Arrays.equals(message, inParts),
                    "another message when it comes in parts");
            if (inParts == null) {
                return;
            }
            deflate(session, message, peer);
        }
    }

    /** The message that both make of a payload, or null if the connection fails. */
    private static byte[] inflate(ImmediateSession session, byte[] payload, Peer peer) {
        byte[] expected = NOT_COMPRESSED;
        int expectedCode = 0;
        boolean isAnyRight = false;
        boolean isNearLimit = false;
        try {
            expected = payload.length == 0 ? payload : peer.incoming.message(ByteBuffer.wrap(payload));
        } catch (ReferenceInflater.TooLarge e) {
            expectedCode = 1009;
        } catch (ReferenceInflater.Truncated e) {
            expectedCode = 1007;
            // Then the octets that the session puts behind the payload are read as a part of it.
            isNearLimit = peer.incoming.produced() + TAIL_AT_MOST > peer.limit;
        } catch (ReferenceInflater.Malformed e) {
            expectedCode = 1007;
        } catch (ReferenceInflater.TooFar e) {
            // zlib as Java has it takes what lies within a message, however small the window is.
            isAnyRight = true;
        }
        ByteBuffer before = ByteBuffer.wrap(payload.clone());
        Allocation allocation = new Allocation();
        try {
            ExtensionMessage result =
                    session.incoming(new ExtensionMessage(ExtensionMessage.Type.BINARY, true, false, false, before));
            allocation.requireAtMost(ALLOCATION + 4L * peer.limit, "A message");
            byte[] message = bytes(result.payload());
            Oracle.holds(message.length <= peer.limit, "a message of " + message.length + " bytes");
            Oracle.holds(!result.rsv1(), "RSV1 is left");
            if (isAnyRight) {
                return null;
            }
            Oracle.equal(0, expectedCode, "the close code, for which there is a message");
            Oracle.holds(Arrays.equals(expected, message), "another message than that of the reference");
            return message;
        } catch (ExtensionException e) {
            allocation.requireAtMost(ALLOCATION + 4L * peer.limit, "A message that fails");
            Oracle.holds(e.closeCode() == 1007 || e.closeCode() == 1009, "close code " + e.closeCode());
            boolean mayGiveUp = peer.incoming.finalBlocks() > FREE_FINAL_BLOCKS;
            if (!isAnyRight && !mayGiveUp && !(isNearLimit && e.closeCode() == 1009)) {
                Oracle.equal(expectedCode, e.closeCode(), "the close code for: " + e.getMessage());
            }
            return null;
        } finally {
            Oracle.equal(ByteBuffer.wrap(payload), before, "the payload afterwards");
        }
    }

    /** What the session makes of a message is the message again, for a peer that keeps to the window. */
    private static void deflate(ImmediateSession session, byte[] message, Peer peer) {
        try {
            ExtensionMessage result = session.outgoing(
                    new ExtensionMessage(ExtensionMessage.Type.BINARY, false, false, false, ByteBuffer.wrap(message)));
            Oracle.holds(result.rsv1(), "not compressed");
            byte[] again = peer.outgoing.message(result.payload());
            Oracle.holds(Arrays.equals(message, again), "another message than that which was compressed");
        } catch (ExtensionException e) {
            throw new Oracle.Broken("Compressing failed: " + e.getMessage());
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        return bytes;
    }
}
