package io.jackfield.api.extension;

/**
 * An extension's part in one connection. Either an {@link ImmediateSession}, which returns each result at once, or a
 * {@link DeferredSession}, which may return it later.
 *
 * <p>A session is called by one thread at a time: the one that owns the connection. Incoming and outgoing messages each
 * arrive in their order. Control frames do not pass through sessions.
 */
public sealed interface ExtensionSession permits ImmediateSession, DeferredSession {

    /**
     * Releases what the session holds. Called exactly once, when no message is in flight in it, whether the connection
     * ended well or not; nothing is called afterwards. What it throws is logged and has no other effect.
     */
    default void close() {}
}
