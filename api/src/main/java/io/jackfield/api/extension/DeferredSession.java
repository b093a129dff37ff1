package io.jackfield.api.extension;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A session that may answer later, from any thread, and may work on several messages at once. Whatever the order in
 * which it finishes them, they are passed on in the order in which they came, and a close frame stays behind them all.
 *
 * <p>The payload of a message is stable: it stays unchanged, and may be kept, until the stage that was returned for it
 * completes. A payload that it answers with must not be changed afterwards. The methods themselves must not block.
 *
 * <p>A stage that completes exceptionally fails the connection: with the close code of an {@link ExtensionException}
 * (also as the cause of a {@link java.util.concurrent.CompletionException}), otherwise with 1011.
 */
@ConsumerType
public non-sealed interface DeferredSession extends ExtensionSession {

    /**
     * Turns a message from the peer into what the next session, at last the application, receives.
     *
     * @param message the message as the peer or the session before sent it
     * @return a stage that completes with the message to pass on, neither of them null
     * @throws ExtensionException to fail the connection at once
     */
    CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) throws ExtensionException;

    /**
     * Turns a message from the application into what the next session, at last the peer, receives.
     *
     * @param message the message as the application or the session before sent it
     * @return a stage that completes with the message to pass on, neither of them null
     * @throws ExtensionException to fail the connection at once
     */
    CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) throws ExtensionException;
}
