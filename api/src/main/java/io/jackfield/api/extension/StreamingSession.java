package io.jackfield.api.extension;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A session that can also transform a message piece by piece, so that one that is larger than memory passes. Where the
 * application sends or receives in parts and this session's extension is the only one that was agreed on, the message goes
 * through a {@link PartTransformer}; else it comes whole, as to any {@link ImmediateSession}. Both kinds of messages may come
 * in turn, each whole or in parts from its beginning to its end, and what the one leaves behind the other begins with. Messages of
 * one direction do not overlap.
 *
 * <p>The limit that {@link ExtensionContext#maxMessageLength} tells is for whole messages. That of a message in parts is watched
 * by the caller, behind each call.
 */
@ConsumerType
public interface StreamingSession extends ImmediateSession {

    /**
     * Begins with a message from the peer.
     *
     * @param header as the peer sent it
     * @return the transformer for this message, not null
     * @throws ExtensionException to fail the connection with the exception's close code; any other exception fails it
     *     with 1011
     */
    PartTransformer incomingParts(MessageHeader header) throws ExtensionException;

    /**
     * Begins with a message from the application. It should put what it makes of each piece, so that the peer gets it at once.
     *
     * @param header no bit is set
     * @return the transformer for this message, not null
     * @throws ExtensionException to fail the connection with the exception's close code; any other exception fails it
     *     with 1011
     */
    PartTransformer outgoingParts(MessageHeader header) throws ExtensionException;
}
