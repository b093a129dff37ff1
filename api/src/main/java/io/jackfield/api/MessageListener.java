package io.jackfield.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives messages without an event object and, for binary ones, without a copy: the form for those who count
 * allocations. It is called before the handlers and listeners of the message event.
 */
@ConsumerType
public interface MessageListener {

    /**
     * A text message arrived.
     *
     * @param socket the connection
     * @param text the text; may be empty
     * @throws Exception anything, as in {@link EventListener#handle}
     */
    default void onText(WebSocket socket, String text) throws Exception {}

    /**
     * A binary message arrived.
     *
     * @param socket the connection
     * @param payload the bytes from position to limit. Borrowed: valid until this method returns, since it may lie in
     *     the buffer that the next read overwrites; it may be modified, sent, but not kept, and only what lies between
     *     position and limit may be touched
     * @throws Exception anything, as in {@link EventListener#handle}
     */
    default void onBinary(WebSocket socket, ByteBuffer payload) throws Exception {}
}
