package io.jackfield.api.extension;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an extension gets without writing it. */
class ExtensionTest {

    private final Extension watching = new Extension() {
        @Override
        public String name() {
            return "x-watching";
        }

        @Override
        public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
            return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new ImmediateSession() {}));
        }
    };

    @Test
    @DisplayName("S-163: an extension claims no reserved bits and offers nothing unless it says so")
    void anExtensionClaimsAndOffersNothingUnlessItSaysSo() {
        assertFalse(watching.rsv1());
        assertFalse(watching.rsv2());
        assertFalse(watching.rsv3());
        assertEquals(Optional.empty(), watching.offer());
    }

    @Test
    void aSessionThatTransformsNothingHasNothingToWrite() throws ExtensionException {
        ImmediateSession session = (ImmediateSession) watching.accept(List.of(ExtensionParameters.EMPTY), () -> 1)
                .orElseThrow()
                .session();
        ExtensionMessage message =
                new ExtensionMessage(ExtensionMessage.Type.TEXT, false, false, false, ByteBuffer.allocate(0));
        assertSame(message, session.incoming(message));
        assertSame(message, session.outgoing(message));
        assertDoesNotThrow(session::close);
    }

    @Test
    void anAnswerHasParametersAndASession() {
        ImmediateSession session = new ImmediateSession() {};
        assertThrows(NullPointerException.class, () -> new AcceptedExtension(null, session));
        assertThrows(NullPointerException.class, () -> new AcceptedExtension(ExtensionParameters.EMPTY, null));
    }
}
