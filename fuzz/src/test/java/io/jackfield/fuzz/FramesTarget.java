package io.jackfield.fuzz;

import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.codec.ActiveExtension;
import io.jackfield.codec.Driver;
import io.jackfield.codec.DriverConfig;
import io.jackfield.codec.DriverMemory;
import io.jackfield.codec.Role;
import io.jackfield.ext.deflate.PermessageDeflate;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The whole way in, from bytes to messages, for either role, with and without permessage-deflate: to
 * The first byte of an input chooses the circumstances, the second how the others are cut.
 */
public final class FramesTarget {

    private static final int HEADER = 2;

    private static final int ALLOCATION = 1 << 20;
    private static final int ALLOCATION_PER_BYTE = 300;

    private FramesTarget() {}

    /**
     * What an input is fed to.
     *
     * @param role which end receives
     * @param requireMasking whether a server demands masks
     * @param deflate whether permessage-deflate was agreed on
     * @param closing whether the application has closed before
     * @param ending whether the transport ends behind the input
     * @param maxMessageLength the limit
     * @param maxFragments the limit
     */
    record Circumstances(
            Role role,
            boolean requireMasking,
            boolean deflate,
            boolean closing,
            boolean ending,
            int maxMessageLength,
            int maxFragments) {

        static Circumstances of(int choice) {
            boolean deflate = (choice & 1) != 0;
            int size = choice >> 6 & 3;
            return new Circumstances(
                    (choice & 2) == 0 ? Role.SERVER : Role.CLIENT,
                    (choice & 4) == 0,
                    deflate,
                    (choice & 8) != 0,
                    (choice & 16) != 0,
                    // Where nothing is inflated, a large limit shows whether an announced length is allocated.
                    deflate ? 16 << 3 * size : 4 << 7 * size,
                    (choice & 32) == 0 ? 1000 : 3);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Allocation.run(FramesTarget::run, input);
    }

    private static void run(byte[] input) {
        if (input.length < HEADER) {
            return;
        }
        Circumstances circumstances = Circumstances.of(input[0]);
        ReferenceReceiver reference = new ReferenceReceiver(circumstances);
        boolean isCertain = reference.receive(input, HEADER);
        Transcript whole = feed(circumstances, Pieces.whole(input, HEADER), input.length);
        Transcript cut = feed(circumstances, Pieces.cut(input, HEADER, input[1]), input.length);
        Oracle.equal(whole.events, cut.events, "the events of pieces");
        Oracle.equal(whole.sent(), cut.sent(), "the answers to pieces");
        if (isCertain) {
            Oracle.equal(reference.events, whole.events, "the events");
            Oracle.equal(reference.sent, whole.sent(), "the answers");
        }
    }

    private static Transcript feed(Circumstances circumstances, List<ByteBuffer> pieces, int length) {
        DriverConfig config = new DriverConfig(
                circumstances.role(),
                circumstances.maxMessageLength(),
                circumstances.maxFragments(),
                circumstances.requireMasking(),
                () -> 0);
        Transcript log = new Transcript();
        try (PermessageDeflate deflate = new PermessageDeflate()) {
            List<ActiveExtension> extensions = circumstances.deflate() ? List.of(activate(deflate, config)) : List.of();
            Driver driver = new Driver(
                    config, extensions, Transcript::refuseTask, new DriverMemory(), log.output(), log.listener());
            if (circumstances.closing()) {
                driver.close(1000, "bye");
            }
            Allocation allocation = new Allocation();
            for (ByteBuffer piece : pieces) {
                int limit = piece.limit();
                driver.receive(piece);
                Oracle.equal(limit, piece.limit(), "the limit of the input");
                Oracle.holds(!piece.hasRemaining(), "input is left");
            }
            if (circumstances.ending()) {
                driver.inputEnded();
                Oracle.equal(Driver.State.CLOSED, driver.state(), "the state at the end of the input");
            }
            long perMessage = circumstances.deflate() ? 128 * 1024 + 4L * circumstances.maxMessageLength() : 0;
            allocation.requireAtMost(
                    ALLOCATION + (long) ALLOCATION_PER_BYTE * length + perMessage * (1 + log.messages), "The driver");
            log.requireSound(driver.state());
            driver.abort(null);
        }
        return log;
    }

    private static ActiveExtension activate(PermessageDeflate deflate, DriverConfig config) {
        AcceptedExtension accepted = deflate.accept(List.of(ExtensionParameters.EMPTY), config::maxMessageLength)
                .orElseThrow();
        return new ActiveExtension(
                new NegotiatedExtension(deflate.name(), accepted.response()), true, false, false, accepted.session());
    }
}
