package io.jackfield.api.extension;

import java.util.Objects;

/**
 * An extension's answer to an offer that it accepts.
 *
 * @param response the parameters to send back to the client; may be {@link ExtensionParameters#EMPTY}
 * @param session the session that transforms this connection's messages; used for this connection alone
 */
public record AcceptedExtension(ExtensionParameters response, ExtensionSession session) {

    /**
     * Checks that nothing is null.
     *
     * @param response not null
     * @param session not null
     */
    public AcceptedExtension {
        Objects.requireNonNull(response, "response");
        Objects.requireNonNull(session, "session");
    }
}
