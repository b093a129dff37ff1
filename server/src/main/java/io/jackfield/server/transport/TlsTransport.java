package io.jackfield.server.transport;

import io.jackfield.server.loop.LoopBuffers;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A socket with TLS. Encrypted bytes pass through buffers of the loop; the transport itself holds only what could not be
 * processed in one go: a part of a record that arrived, or records that the socket did not take.
 */
public final class TlsTransport implements Transport {

    /**
     * The most bytes that may wait although the application has not sent them, as answers to updates of keys that a peer asks for
     * and does not read: far more than a handshake with a long chain of certificates has.
     */
    private static final int MAX_UNWRITTEN_ANSWERS = 256 * 1024;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private static final String TLS_1_3 = "TLSv1.3";

    /** What is encrypted when there is something for the peer, but not of the application. */
    private static final ByteBuffer[] NOTHING = {EMPTY};

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final LoopBuffers buffers;

    // Input
    /** Encrypted bytes that wait for the rest of their record, or for room in the target. */
    private ByteBuffer unread = EMPTY;

    /** Whether {@link #unread} holds a whole record. */
    private boolean inputBuffered;

    private boolean inputEnded;

    /** Whether the end was seen together with the last bytes, and {@link #read} has not told of it yet. */
    private boolean endIsDue;

    // Output
    /** Encrypted bytes that the socket did not take. */
    private ByteBuffer unwritten = EMPTY;

    /** Whether the socket's output is to be ended behind {@link #unwritten}. */
    private boolean outputEnding;

    /** Whether the handshake was completed. */
    private boolean established;

    /** Whether the connection ends without close_notify: in the midst of a handshake it would look like an orderly end. */
    private boolean cutOff;

    /**
     * Wraps a socket.
     *
     * @param channel a connected socket in non-blocking mode
     * @param engine in server mode, before its handshake
     * @param buffers the loop's
     */
    public TlsTransport(SocketChannel channel, SSLEngine engine, LoopBuffers buffers) {
        this(channel, engine, buffers, EMPTY);
    }

    /**
     * Wraps a socket from which something was read already.
     *
     * @param channel a connected socket in non-blocking mode
     * @param engine in server mode, before its handshake
     * @param buffers the loop's
     * @param early the first encrypted bytes, copied; its position moves to its limit
     */
    public TlsTransport(SocketChannel channel, SSLEngine engine, LoopBuffers buffers, ByteBuffer early) {
        this.channel = channel;
        this.engine = engine;
        this.buffers = buffers;
        inputBuffered = early.hasRemaining();
        if (inputBuffered) {
            unread = ByteBuffer.allocate(early.remaining()).put(early).flip();
        }
    }

    // -- input --------------------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer target) throws IOException {
        int start = target.position();
        ByteBuffer encrypted = buffers.tlsInput().put(unread);
        unread = EMPTY;
        if (!inputBuffered && !inputEnded && channel.read(encrypted) < 0) {
            inputEnded = true;
        }
        inputBuffered = false;
        encrypted.flip();
        try {
            unwrap(encrypted, target);
        } finally {
            if (encrypted.hasRemaining()) {
                unread = ByteBuffer.allocate(encrypted.remaining())
                        .put(encrypted)
                        .flip();
            }
        }
        int length = target.position() - start;
        boolean ended = inputEnded && !inputBuffered;
        endIsDue = ended && length > 0;
        return ended && length == 0 ? -1 : length;
    }

    private void unwrap(ByteBuffer encrypted, ByteBuffer target) throws IOException {
        boolean more = true;
        while (more) {
            SSLEngineResult result = engine.unwrap(encrypted, target);
            requireNoRenegotiation(result);
            boolean progress = proceedWithHandshake() || result.bytesConsumed() > 0;
            switch (result.getStatus()) {
                case OK -> more = progress && encrypted.hasRemaining();
                case BUFFER_OVERFLOW -> {
                    inputBuffered = true;
                    more = false;
                }
                case BUFFER_UNDERFLOW -> more = false;
                case CLOSED -> {
                    inputEnded = true;
                    encrypted.position(encrypted.limit());
                    more = false;
                }
            }
        }
    }

    /**
     * Before TLS 1.3 a client may begin a handshake again and again, each far dearer for the server than for itself. No WebSocket
     * needs one (RFC 9113 section 9.2.1 forbids it to HTTP/2, too).
     */
    private void requireNoRenegotiation(SSLEngineResult result) throws SSLException {
        HandshakeStatus status = result.getHandshakeStatus();
        boolean handshaking = status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
        if (established
                && handshaking
                && result.getStatus() == Status.OK
                && !engine.isInboundDone()
                && !engine.getSession().getProtocol().equals(TLS_1_3)) {
            cutOff = true;
            throw new SSLException("the peer wants to renegotiate");
        }
        established |= status == HandshakeStatus.FINISHED;
    }

    /** Computes and answers what the handshake wants; false if it wants nothing of this side. */
    private boolean proceedWithHandshake() throws IOException {
        boolean proceeded = runTasks();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && wrap(NOTHING, 0, 1)) {
            proceeded = true;
            if (unwritten.remaining() > MAX_UNWRITTEN_ANSWERS) {
                throw new SSLException("the peer does not read the answers that it asks for");
            }
        }
        return proceeded;
    }

    /** Runs what the handshake wants to be computed, here: the loop's other connections wait for it. */
    private boolean runTasks() {
        boolean ran = false;
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            ran = true;
        }
        return ran;
    }

    @Override
    public boolean hasBufferedInput() {
        return inputBuffered || endIsDue;
    }

    // -- output -------------------------------------------------------------------------------------------------------

    @Override
    public void write(ByteBuffer source) throws IOException {
        write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    public void write(ByteBuffer[] sources, int offset, int length) throws IOException {
        boolean more = true;
        while (more && hasRemaining(sources, offset, length)) {
            more = flush() && wrap(sources, offset, length);
        }
    }

    /**
     * Encrypts and writes what fits into the loop's buffer; false if the engine made nothing of it.
     *
     * @throws EOFException if the peer ended TLS for both directions, as it does before TLS 1.3, and there is more to send
     */
    private boolean wrap(ByteBuffer[] sources, int offset, int length) throws IOException {
        ByteBuffer encrypted = buffers.tlsOutput();
        Status status;
        boolean more;
        do {
            SSLEngineResult result = engine.wrap(sources, offset, length, encrypted);
            status = result.getStatus();
            established |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
            boolean progress = runTasks() || result.bytesProduced() > 0;
            more = hasRemaining(sources, offset, length) || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
            more = more && progress && status == Status.OK;
        } while (more);
        encrypted.flip();
        boolean made = encrypted.hasRemaining();
        if (!unwritten.hasRemaining()) {
            channel.write(encrypted);
        }
        if (encrypted.hasRemaining()) {
            unwritten = ByteBuffer.allocate(unwritten.remaining() + encrypted.remaining())
                    .put(unwritten)
                    .put(encrypted)
                    .flip();
        }
        if (status == Status.CLOSED && hasRemaining(sources, offset, length)) {
            throw new EOFException("the peer has ended the TLS connection");
        }
        return made;
    }

    private static boolean hasRemaining(ByteBuffer[] sources, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean flush() throws IOException {
        if (unwritten.hasRemaining()) {
            channel.write(unwritten);
            if (unwritten.hasRemaining()) {
                return false;
            }
            unwritten = EMPTY;
        }
        if (outputEnding) {
            outputEnding = false;
            channel.shutdownOutput();
        }
        return true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        engine.closeOutbound();
        boolean more = true;
        while (more && !engine.isOutboundDone()) {
            // One close_notify, perhaps behind the rest of a handshake.
            more = wrap(NOTHING, 0, 1);
        }
        outputEnding = true;
        flush();
    }

    // -- end ----------------------------------------------------------------------------------------------------------

    @Override
    public void close() {
        try {
            if (!engine.isOutboundDone() && !cutOff) {
                engine.closeOutbound();
                wrap(NOTHING, 0, 1);
            }
        } catch (IOException e) {
            // The peer is gone: nobody misses the close_notify.
            unwritten = EMPTY;
        } finally {
            SocketChannels.closeQuietly(channel);
        }
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        try {
            return Arrays.stream(engine.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return SocketChannels.remoteAddress(channel);
    }
}
