package io.jackfield.api.extension;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A session that answers at once. The methods must not block. Both return the message unchanged unless overridden, so
 * that a session that only watches one direction, or none, has nothing else to write.
 *
 * <p>The payload of a message is valid for the duration of the call alone: it may lie in a buffer that the next read
 * overwrites. A session may read it by moving its position and may return the same message or the same buffer; it must
 * not write into it, and must copy what it wants to keep. A payload that it returns must stay unchanged until its next
 * method is called on the same session for the same direction.
 */
@ConsumerType
public non-sealed interface ImmediateSession extends ExtensionSession {

    /**
     * Turns a message from the peer into what the next session, at last the application, receives.
     *
     * @param message the message as the peer or the session before sent it
     * @return the message to pass on, not null; reserved bits that this extension claims should be cleared
     * @throws ExtensionException to fail the connection with the exception's close code; any other exception fails it
     *     with 1011
     */
    default ExtensionMessage incoming(ExtensionMessage message) throws ExtensionException {
        return message;
    }

    /**
     * Turns a message from the application into what the next session, at last the peer, receives.
     *
     * @param message the message as the application or the session before sent it
     * @return the message to pass on, not null, with its reserved bits as they are to be on the wire
     * @throws ExtensionException to fail the connection with the exception's close code; any other exception fails it
     *     with 1011
     */
    default ExtensionMessage outgoing(ExtensionMessage message) throws ExtensionException {
        return message;
    }

    /**
     * Turns a message that goes to many connections into one that may go to many. Called instead of {@link #outgoing} for
     * such messages, so that work which is the same for all is done once: the session gets a {@link SharedMessage#form
     * form} by a key, and only the first one with this key has it made.
     *
     * <p>Behind this call the session must be as if it had made the form for its own connection: if what it sends later
     * may refer to what it has sent, it takes down what the peer will have got.
     *
     * @implSpec Answers null. Then {@link #outgoing} is called, and if that returns its message as it is, sessions behind
     *     this one still share.
     * @param message the message as the application or the session before sent it
     * @return the message, or a form of it; null to have it by {@link #outgoing}
     * @throws ExtensionException to fail the connection with the exception's close code; any other exception fails it
     *     with 1011
     */
    default SharedMessage outgoingShared(SharedMessage message) throws ExtensionException {
        return null;
    }
}
