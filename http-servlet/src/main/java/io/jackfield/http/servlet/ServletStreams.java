package io.jackfield.http.servlet;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Both streams of a {@code WebConnection}, without blocking, in whichever namespace the Servlet API is. */
@ConsumerType
public interface ServletStreams {

    /**
     * Whether there is input; where not, the container calls its listener as soon as there is.
     *
     * @return {@code ServletInputStream.isReady()}
     */
    boolean isReadable();

    /**
     * Whether the input has ended.
     *
     * @return {@code ServletInputStream.isFinished()}
     */
    boolean isFinished();

    /**
     * Reads, if there is input.
     *
     * @param target takes the bytes
     * @return how many, or -1 at the end
     * @throws IOException if the connection failed
     */
    int read(byte[] target) throws IOException;

    /**
     * Whether all output is written; where not, the container calls its listener as soon as it is.
     *
     * @return {@code ServletOutputStream.isReady()}
     */
    boolean isWritable();

    /**
     * Writes, if all before is written.
     *
     * @param bytes all of them, the container's from now on
     * @throws IOException if the connection failed
     */
    void write(byte[] bytes) throws IOException;

    /**
     * Sends on what is buffered.
     *
     * @throws IOException if the connection failed
     */
    void flush() throws IOException;

    /**
     * Closes the output: some containers tell the peer at once that nothing more comes.
     *
     * @throws IOException if the connection failed
     */
    void closeOutput() throws IOException;

    /**
     * Closes the connection. A container may block here until all output is written.
     *
     * @throws IOException if that does not go well
     */
    void close() throws IOException;
}
