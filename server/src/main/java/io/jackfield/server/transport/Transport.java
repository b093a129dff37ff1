package io.jackfield.server.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;

/** The bytes of one connection, as its phases see them. Used on the connection's loop alone; never blocks. */
public sealed interface Transport permits PlainTransport, TlsTransport, AdoptedTransport {

    /**
     * Reads what is there.
     *
     * @param target takes the bytes
     * @return the number of bytes, 0 if there are none now, -1 at the end
     * @throws IOException if the connection failed
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Whether more can be read although the socket is not ready: it was read further than the target had room for.
     *
     * @return true if so
     */
    boolean hasBufferedInput();

    /**
     * Writes what the socket takes.
     *
     * @param source its position moves behind what was taken
     * @throws IOException if the connection failed
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Writes what the socket takes, in one call for all.
     *
     * @param sources their positions move behind what was taken
     * @param offset the first one
     * @param length how many
     * @throws IOException if the connection failed
     */
    void write(ByteBuffer[] sources, int offset, int length) throws IOException;

    /**
     * Hands on what the transport itself holds: records that the socket did not take before, answers of the TLS handshake.
     *
     * @return whether nothing is left
     * @throws IOException if the connection failed
     */
    boolean flush() throws IOException;

    /**
     * Tells the peer that nothing more comes, and goes on reading.
     *
     * @throws IOException if the connection failed
     */
    void shutdownOutput() throws IOException;

    /** Closes the socket. Does not throw. */
    void close();

    /** Whether the connection is TLS. */
    boolean isSecure();

    /**
     * The certificates that the peer has shown, and that are trusted.
     *
     * @return its own first, immutable; empty if it has shown none
     */
    List<X509Certificate> peerCertificates();

    /**
     * The peer's address.
     *
     * @return null if the socket is closed
     */
    InetSocketAddress remoteAddress();
}
