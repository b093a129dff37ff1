package io.jackfield.server.transport;

import io.jackfield.server.loop.LoopBuffers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * A socket with TLS. Encrypted bytes pass through buffers of the loop; the transport itself holds only what could not be
 * processed in one go: a part of a record that arrived, or records that the socket did not take.
 */
public final class TlsTransport implements Transport {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final LoopBuffers buffers;

    /** Encrypted input that waits for the rest of its record, or for room in the target. */
    private ByteBuffer unread = NOTHING;

    /** Encrypted output that the socket did not take. */
    private ByteBuffer unwritten = NOTHING;

    private boolean inputBuffered;
    private boolean inputEnded;

    /**
     * Wraps a socket.
     *
     * @param channel a connected socket in non-blocking mode
     * @param engine in server mode, before its handshake
     * @param buffers the loop's
     */
    public TlsTransport(SocketChannel channel, SSLEngine engine, LoopBuffers buffers) {
        this.channel = channel;
        this.engine = engine;
        this.buffers = buffers;
    }

    // -- input --------------------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer target) throws IOException {
        int start = target.position();
        ByteBuffer encrypted = buffers.tlsInput().put(unread);
        unread = NOTHING;
        if (!inputBuffered && channel.read(encrypted) < 0) {
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
        return length == 0 && inputEnded ? -1 : length;
    }

    private void unwrap(ByteBuffer encrypted, ByteBuffer target) throws IOException {
        while (!inputEnded || encrypted.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(encrypted, target);
            HandshakeStatus handshake = runTasks(result.getHandshakeStatus());
            if (handshake == HandshakeStatus.NEED_WRAP) {
                wrap(NOTHING);
            }
            if (result.getStatus() == Status.CLOSED) {
                inputEnded = true;
                encrypted.position(encrypted.limit());
                return;
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                inputBuffered = true;
                return;
            }
            boolean progress = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
            if (result.getStatus() == Status.BUFFER_UNDERFLOW
                    || !progress && handshake != HandshakeStatus.NEED_UNWRAP) {
                return;
            }
            if (!encrypted.hasRemaining()) {
                return;
            }
        }
    }

    /** Runs what the handshake wants to be computed, here: the loop's other connections wait for it. */
    private HandshakeStatus runTasks(HandshakeStatus status) {
        HandshakeStatus now = status;
        while (now == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            now = engine.getHandshakeStatus();
        }
        return now;
    }

    @Override
    public boolean hasBufferedInput() {
        return inputBuffered;
    }

    // -- output -------------------------------------------------------------------------------------------------------

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining() && flush()) {
            if (!wrap(source)) {
                return;
            }
        }
    }

    @Override
    public void write(ByteBuffer[] sources, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length && flush(); i++) {
            write(sources[i]);
        }
    }

    /** Encrypts and writes what fits into the loop's buffer; false if the engine made nothing of it. */
    private boolean wrap(ByteBuffer source) throws IOException {
        ByteBuffer encrypted = buffers.tlsOutput();
        HandshakeStatus handshake;
        do {
            SSLEngineResult result = engine.wrap(source, encrypted);
            handshake = runTasks(result.getHandshakeStatus());
            if (result.getStatus() != Status.OK || result.bytesProduced() == 0) {
                break;
            }
        } while (source.hasRemaining() || handshake == HandshakeStatus.NEED_WRAP);
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
        return made;
    }

    @Override
    public boolean flush() throws IOException {
        if (unwritten.hasRemaining()) {
            channel.write(unwritten);
            if (unwritten.hasRemaining()) {
                return false;
            }
            unwritten = NOTHING;
        }
        return true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone() && wrap(NOTHING)) {
            // One close_notify, perhaps behind the rest of a handshake.
        }
        if (flush()) {
            channel.shutdownOutput();
        }
    }

    // -- end ----------------------------------------------------------------------------------------------------------

    @Override
    public void close() {
        try {
            if (!engine.isOutboundDone()) {
                engine.closeOutbound();
                wrap(NOTHING);
            }
        } catch (IOException e) {
            // The peer is gone: nobody misses the close_notify.
            unwritten = NOTHING;
        } finally {
            SocketChannels.closeQuietly(channel);
        }
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return SocketChannels.remoteAddress(channel);
    }
}
