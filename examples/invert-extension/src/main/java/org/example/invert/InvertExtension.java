package org.example.invert;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** {@code x-invert}: the payload of a message with RSV2 is sent with every bit inverted. It has no parameters. */
public class InvertExtension implements Extension {

    /** It keeps nothing between messages, so that one session would do for all; each connection still gets its own. */
    private static final class InvertSession implements ImmediateSession {

        @Override
        public ExtensionMessage incoming(ExtensionMessage message) {
            return message.rsv2() ? inverted(message).withRsv2(false) : message;
        }

        @Override
        public ExtensionMessage outgoing(ExtensionMessage message) {
            return inverted(message).withRsv2(true);
        }

        /** A copy: the payload that we are given is not ours to write into. */
        private static ExtensionMessage inverted(ExtensionMessage message) {
            ByteBuffer payload = message.payload();
            ByteBuffer inverted = ByteBuffer.allocate(payload.remaining());
            while (payload.hasRemaining()) {
                inverted.put((byte) ~payload.get());
            }
            return message.withPayload(inverted.flip());
        }
    }

    @Override
    public String name() {
        return "x-invert";
    }

    @Override
    public boolean rsv2() {
        return true;
    }

    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        // RFC 6455 9.1: an offer with parameters that we do not know is not ours to accept.
        if (offers.stream().noneMatch(ExtensionParameters::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new InvertSession()));
    }
}
