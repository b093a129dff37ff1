package io.jackfield.server.stream;

import io.jackfield.api.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What streams need of a connection. Any thread may call it. */
public interface StreamConnection {

    /** The connection as the application has it. */
    WebSocket socket();

    /** The largest message that is gathered, in bytes. */
    long maxLength();

    /** Whether the calling thread may wait: it is no event loop. */
    boolean mayBlock();

    // -- receiving ----------------------------------------------------------------------------------------------------

    /** Gives the messages to a receiver from the next one on; false if another has them. */
    boolean attach(PartReceiver receiver);

    /** Gives the messages to the listeners again, if this receiver had them. */
    void detach(PartReceiver receiver);

    /** A receiver may have become ready. */
    void demandChanged();

    /** The peer has sent what cannot be accepted. */
    void fail(int code, String reason);

    // -- sending ------------------------------------------------------------------------------------------------------

    /** Claims the right to send a message in parts; false if another has it. */
    boolean beginMessage();

    /** Gives it back. */
    void endMessage();

    /**
     * Sends a part of the message.
     *
     * @param isText whether the message is text
     * @param part the bytes from position to limit; neither is moved and nothing is kept
     * @param isLast whether the message ends with it
     * @param receipt completed when it was handed over, or failed; or null
     * @return whether one may go on
     */
    boolean sendPart(boolean isText, ByteBuffer part, boolean isLast, CompletableFuture<Void> receipt);

    /** Starts the closing handshake with any code that is legal on the wire, if the connection is open. */
    void close(int code, String reason);

    // -- threads ------------------------------------------------------------------------------------------------------

    /** Runs a task on the connection's loop: at once if that is the calling thread. */
    void onLoop(Runnable task);

    /** Runs something of the application where its listeners run, in the order of the calls. On the loop only. */
    void deliver(Runnable signal, long payloadBytes);

    /** Tells the application what its code has thrown. */
    void report(Throwable thrown);

    /** Runs a task on the loop when the connection has closed, or at once if it has. */
    void onClosed(Runnable task);
}
