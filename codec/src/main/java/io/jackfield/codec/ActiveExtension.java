package io.jackfield.codec;

import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.extension.ExtensionSession;
import java.util.Objects;

/**
 * An extension that was agreed on for one connection.
 *
 * @param negotiated its name and the parameters of the server's answer
 * @param rsv1 whether it claims RSV1
 * @param rsv2 whether it claims RSV2
 * @param rsv3 whether it claims RSV3
 * @param session its part in this connection
 */
public record ActiveExtension(
        NegotiatedExtension negotiated, boolean rsv1, boolean rsv2, boolean rsv3, ExtensionSession session) {

    /** Checks nullness. */
    public ActiveExtension {
        Objects.requireNonNull(negotiated, "negotiated");
        Objects.requireNonNull(session, "session");
    }
}
