package io.jackfield.server.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The bytes of a connection that an HTTP server has given away. Implemented by an adapter; called on one event loop of
 * Jackfield, one call at a time, which must not block: other connections wait meanwhile.
 *
 * <p>Nothing is read ahead and nothing is queued here. Where the application reads slowly, {@link #read} is not called; the
 * container then must not read on, so that TCP holds up the peer.
 */
@ConsumerType
public interface ContainerConnection {

    /**
     * Reads what is there.
     *
     * @param target takes the bytes: from its position on, which moves. A direct buffer, not to be kept
     * @return the number of bytes; 0 if there are none now, and then {@link Upgrade#readable} has to be called as soon as there
     *     are, or the end has come; -1 at the end
     * @throws IOException if the connection failed
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Takes what the container can send now, or hold back in bounded space.
     *
     * @param source its position moves behind what was taken. Not to be kept: what is not sent yet has to be copied. If something
     *     is left, {@link Upgrade#writable} has to be called as soon as more can be taken
     * @throws IOException if the connection failed
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Sends on what was taken.
     *
     * @return whether nothing is left of it; if not, {@link Upgrade#writable} has to be called as soon as all is sent
     * @throws IOException if the connection failed
     */
    boolean flush() throws IOException;

    /**
     * Tells the peer that nothing more comes, where that is possible, and goes on reading. Called when all is flushed.
     *
     * @throws IOException if the connection failed
     */
    void shutdownOutput() throws IOException;

    /** Closes the connection; what is not flushed may be lost. Called once. Does not throw. */
    void close();
}
