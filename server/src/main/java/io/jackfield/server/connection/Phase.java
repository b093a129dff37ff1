package io.jackfield.server.connection;

import io.jackfield.server.loop.LoopBuffers;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a connection is at the moment: an opening handshake, a WebSocket, or something that only waits for its end. When a
 * phase ends, the connection replaces it. Called on the loop's thread.
 */
interface Phase {

    /** The most bytes that it wants to get at once. */
    default int readSize() {
        return LoopBuffers.READ_SIZE;
    }

    /**
     * Bytes arrived.
     *
     * @param bytes the loop's read buffer; what is left in it when this returns is lost
     */
    void onBytes(ByteBuffer bytes);

    /** The peer has ended its side. */
    void onInputEnd();

    /**
     * Output was handed to the transport: all of it unless {@link Connection#isCongested()}.
     */
    void onFlushed();

    /**
     * The network connection is gone; it is closed behind this call.
     *
     * @param failure what happened
     */
    void onTransportFailure(IOException failure);

    /** The server wants to stop: end soon, and in good order. */
    void onGoingAway();
}
