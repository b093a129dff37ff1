package io.jackfield.codec;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the bytes that a driver sends, in order. The owner of the driver implements it; it must not throw. Where it finds
 * the transport broken it may call {@link Driver#abort}; it calls no other method of the driver.
 */
@ConsumerType
public interface FrameOutput {

    /** The most that {@link #claim} is asked for, in bytes. */
    int MAX_CLAIM = 4096;

    /**
     * Gives room to encode into.
     *
     * @param length 1 to {@link #MAX_CLAIM} bytes
     * @return a big-endian buffer with at least so many bytes remaining; the driver puts bytes at its position and calls
     *     {@link #commit} before anything else
     */
    ByteBuffer claim(int length);

    /** Appends what was put into the claimed buffer up to its position. */
    void commit();

    /**
     * Appends the bytes from position to limit and moves the position to the limit. The bytes are taken, or copied, before
     * this returns.
     *
     * @param bytes any number of bytes
     */
    void write(ByteBuffer bytes);

    /**
     * Appends bytes that never change: they may be kept instead of copied.
     *
     * @param bytes from position to limit; the buffer is the callee's own
     */
    default void share(ByteBuffer bytes) {
        write(bytes);
    }

    /** The last byte of a data message was appended. Called once for each message sent, in the order of sending. */
    void endOfMessage();

    /**
     * Whether earlier output waits because the transport does not take it. The driver then holds back answers to pings, of
     * which it keeps the latest (RFC 6455 section 5.5.3), until {@link Driver#outputDrained()}.
     *
     * @return true if it does
     */
    boolean isCongested();
}
