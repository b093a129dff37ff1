package io.jackfield.api.extension;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A WebSocket extension (RFC 6455 section 9) that transforms the messages of a connection, or only watches them.
 *
 * <p>One instance serves all connections of all servers that it is registered with, from several threads at once: it
 * must be thread-safe. What belongs to one connection lives in the {@link ExtensionSession} that it returns.
 *
 * <p>Extensions take part in negotiation in the order of their registration. One whose reserved bits were already taken
 * by an extension before it is skipped without being asked.
 */
@ConsumerType
public interface Extension {

    /**
     * The name under which the extension is offered and accepted, compared exactly.
     *
     * @return a token (RFC 9110 section 5.6.2), always the same
     */
    String name();

    /**
     * Whether sessions of this extension give a meaning to the first reserved bit.
     *
     * @return true to claim RSV1 for the first frame of messages; always the same
     */
    default boolean rsv1() {
        return false;
    }

    /**
     * Whether sessions of this extension give a meaning to the second reserved bit.
     *
     * @return true to claim RSV2 for the first frame of messages; always the same
     */
    default boolean rsv2() {
        return false;
    }

    /**
     * Whether sessions of this extension give a meaning to the third reserved bit.
     *
     * @return true to claim RSV3 for the first frame of messages; always the same
     */
    default boolean rsv3() {
        return false;
    }

    /**
     * The server's half of the negotiation: answers the offers that a client made for this extension.
     *
     * <p>Called once in each opening handshake that offers this extension, on the thread that owns the connection. It
     * must not block.
     *
     * @param offers the parameters of each offer, in the client's order of preference; never empty
     * @param context what binds the session if there is one; may be kept by it
     * @return the answer with a new session, or empty to decline: then the reserved bits stay free for others
     * @throws ExtensionException to refuse the whole handshake with status 400 and the exception's message
     */
    Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context)
            throws ExtensionException;

    /**
     * The client's half of the negotiation: what to offer to a server.
     *
     * @return a new offer for one connection, or empty when this extension serves the server's side alone, which is the
     *     default
     */
    default Optional<ExtensionOffer> offer() {
        return Optional.empty();
    }
}
