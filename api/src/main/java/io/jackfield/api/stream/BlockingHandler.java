package io.jackfield.api.stream;

import io.jackfield.api.Handler;
import io.jackfield.api.WebSocket;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Holds a conversation from its beginning to its end on one thread. The option {@code executor} must name one that may wait, of
 * virtual threads best.
 *
 * <pre>{@code builder.endpoint("/echo", BlockingHandler.of(ws -> { for (Message message : ws) ws.send(message); }))}</pre>
 */
@FunctionalInterface
@ConsumerType
public interface BlockingHandler {

    /**
     * Holds a conversation. Called once the connection is open; other events of the connection wait until it returns.
     * Then the connection closes with 1000. What is thrown goes to the uncaught-exception handler of the options and closes
     * with 1011; but an {@link java.io.IOException} when the connection has closed anyway is taken for what comes of that.
     *
     * @param socket the connection, not null
     * @throws Exception whatever goes wrong
     */
    void converse(BlockingWebSocket socket) throws Exception;

    /**
     * An endpoint that accepts every request and has each connection handled.
     *
     * @param handler holds the conversations, several at once, not null
     * @return the endpoint
     */
    static Handler of(BlockingHandler handler) {
        return (socket, request) -> attach(socket, handler);
    }

    /**
     * Has one connection handled. To be called in {@link Handler#onConnection}; it takes the place of the open handler.
     *
     * @param socket a connection of this server, not null
     * @param handler holds the conversation, not null
     * @throws IllegalArgumentException if it is some other WebSocket
     */
    static void attach(WebSocket socket, BlockingHandler handler) {
        BlockingWebSocket blocking = BlockingWebSocket.of(socket);
        socket.onOpen(event -> Conversation.hold(blocking, handler));
    }
}
