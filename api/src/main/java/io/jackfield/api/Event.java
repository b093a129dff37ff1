package io.jackfield.api;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Something that happened on a connection. Events of one connection are delivered one after the other: first {@link
 * Open}, unless the handshake fails; then any number of the others; at most one {@link Error}; and last, whatever
 * happened, exactly one {@link Close}.
 *
 * <p>Events are values: a listener may keep them, and what they carry. Nothing in them is null.
 */
public sealed interface Event {

    /**
     * The connection on which it happened.
     *
     * @return never null
     */
    WebSocket target();

    /**
     * The name of the event, as the W3C and faye-websocket give it.
     *
     * @return {@code open}, {@code message}, {@code error}, {@code close}, {@code ping}, {@code pong} or {@code drain}
     */
    String type();

    /**
     * The opening handshake is complete.
     *
     * @param target the connection
     */
    record Open(WebSocket target) implements Event {
        @Override
        public String type() {
            return "open";
        }
    }

    /** A whole message arrived: {@link Text} or {@link Binary}. */
    sealed interface Message extends Event {

        /**
         * The message's content.
         *
         * @return a {@code String} for text, a {@code ByteBuffer} for binary
         */
        Object data();

        @Override
        default String type() {
            return "message";
        }
    }

    /**
     * A text message.
     *
     * @param target the connection
     * @param data the text; may be empty
     */
    record Text(WebSocket target, String data) implements Message {}

    /**
     * A binary message.
     *
     * @param target the connection
     * @param data the bytes from position to limit, the application's own to keep; may be empty. All listeners of the
     *     event see the same buffer: one that is not alone leaves its position, or reads a {@code duplicate()}
     */
    record Binary(WebSocket target, ByteBuffer data) implements Message {}

    /**
     * The connection failed: the peer broke the protocol or the handshake, an extension failed, or the network did. It
     * informs only; {@link Close} follows.
     *
     * @param target the connection
     * @param message what happened, in one line
     */
    record Error(WebSocket target, String message) implements Event {
        @Override
        public String type() {
            return "error";
        }
    }

    /**
     * The connection is closed. The last event.
     *
     * @param target the connection
     * @param code the peer's close code if it sent one; the code of the failure if the connection failed; 1005 if the
     *     peer's close frame had none; 1006 if there was no closing handshake
     * @param reason the reason that goes with the code, or ""
     * @param wasClean whether close frames went both ways
     * @param initiator who closed first
     * @param sentCode the code of the close frame that was sent (1005 for one without a code), or empty if none was
     */
    record Close(WebSocket target, int code, String reason, boolean wasClean, Initiator initiator, OptionalInt sentCode)
            implements Event {

        /** Who began to close a connection. */
        public enum Initiator {
            /** This endpoint: the application, a limit, or the answer to a violation. */
            LOCAL,
            /** The peer, with a close frame. */
            PEER,
            /** Nobody: the network connection ended without a close frame. */
            NETWORK
        }

        @Override
        public String type() {
            return "close";
        }
    }

    /**
     * A ping arrived and was answered.
     *
     * @param target the connection
     * @param data its payload of 0 to 125 bytes, the application's own to keep; shared like that of {@link Binary}
     */
    record Ping(WebSocket target, ByteBuffer data) implements Event {
        @Override
        public String type() {
            return "ping";
        }
    }

    /**
     * A pong arrived, whether it answers a ping or not.
     *
     * @param target the connection
     * @param data its payload of 0 to 125 bytes, the application's own to keep; shared like that of {@link Binary}
     */
    record Pong(WebSocket target, ByteBuffer data) implements Event {
        @Override
        public String type() {
            return "pong";
        }
    }

    /**
     * After a send that answered false: all that was accepted has been handed to the network.
     *
     * @param target the connection
     */
    record Drain(WebSocket target) implements Event {
        @Override
        public String type() {
            return "drain";
        }
    }
}
