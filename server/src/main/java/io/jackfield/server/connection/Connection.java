package io.jackfield.server.connection;

import io.jackfield.server.loop.AdoptedKey;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.Flushable;
import io.jackfield.server.loop.Selectable;
import io.jackfield.server.proxy.ProxyHeader;
import io.jackfield.server.transport.OutboundQueue;
import io.jackfield.server.transport.Transport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Function;

/**
 * A network connection on its loop: moves bytes between the transport and the current phase, and knows what to wait for.
 * Used on the loop's thread alone, except where a method says otherwise.
 */
public final class Connection implements Selectable, Flushable {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    /** So many bytes of one connection are enough for one turn: then others get theirs. */
    private static final int READ_PER_TURN = 2 * 1024 * 1024;

    /** Output beyond this is handed to the transport before the turn ends, in bytes. */
    private static final int FLUSH_SIZE = 64 * 1024;

    private static final AtomicLongFieldUpdater<Connection> BYTES_READ =
            AtomicLongFieldUpdater.newUpdater(Connection.class, "bytesRead");

    private static final AtomicLongFieldUpdater<Connection> BYTES_WRITTEN =
            AtomicLongFieldUpdater.newUpdater(Connection.class, "bytesWritten");

    private final EventLoop loop;

    /** Null if somebody else has the socket. */
    private final SocketChannel channel;

    private Transport transport;

    /** What follows the header of a proxy, made of bytes that came with the header; null if there is no such header. */
    private Function<ByteBuffer, Transport> behindProxyHeader;

    private ProxyHeader proxyHeader = ProxyHeader.NONE;

    /** The client's address if it is not the socket's: written by the loop, read by any thread. */
    private volatile InetSocketAddress clientAddress;

    private final OutboundQueue output;
    private final Runnable onClosed;
    private final long id;
    private final long acceptedAt = System.nanoTime();
    private SelectionKey key;

    /** Replaced by the loop, read by any thread. */
    private volatile Phase phase;

    // What to wait for.
    private boolean readingPaused;
    private boolean corked;
    private boolean flushAsked;
    private boolean inputEnded;
    private boolean closed;

    /** Whether the transport did not take all output: written by the loop, read by any thread. */
    private volatile boolean congested;

    // Counted by the loop, without the fence of a volatile write; read by any thread.
    private volatile long bytesRead;
    private volatile long bytesWritten;

    /**
     * A connection that is not registered yet. Any thread may make it.
     *
     * @param loop its loop for life
     * @param channel a connected socket, configured
     * @param transport the bytes of the socket
     * @param onClosed runs once, when the socket is closed
     */
    public Connection(EventLoop loop, SocketChannel channel, Transport transport, Runnable onClosed) {
        this.loop = loop;
        this.channel = channel;
        this.transport = transport;
        this.output = new OutboundQueue(loop.buffers());
        this.onClosed = onClosed;
        id = loop.journal().connectionAccepted();
    }

    /**
     * A connection that begins with the header of a proxy. Any thread may make it.
     *
     * @param loop its loop for life
     * @param channel a connected socket, configured
     * @param transport the bytes of the socket
     * @param onClosed runs once, when the socket is closed
     * @param behindProxyHeader makes the transport that follows the header; it may take bytes that have come with it
     */
    public Connection(
            EventLoop loop,
            SocketChannel channel,
            Transport transport,
            Runnable onClosed,
            Function<ByteBuffer, Transport> behindProxyHeader) {
        this(loop, channel, transport, onClosed);
        this.behindProxyHeader = behindProxyHeader;
    }

    /**
     * A connection whose socket somebody else has. Any thread may make it.
     *
     * @param key tells when there is something to do; of its loop for life
     * @param transport the bytes of the connection
     * @param onClosed runs once, when the connection is closed
     */
    public Connection(AdoptedKey key, Transport transport, Runnable onClosed) {
        this(key.loop(), null, transport, onClosed);
        this.key = key;
        key.attach(this);
    }

    /** Whether it begins with the header of a proxy. */
    boolean awaitsProxyHeader() {
        return behindProxyHeader != null;
    }

    /**
     * Goes on behind the header of a proxy.
     *
     * @param header what it says
     * @param bytes what came with it; what is left when this returns is not the transport's
     */
    void leaveProxyHeader(ProxyHeader header, ByteBuffer bytes) {
        proxyHeader = header;
        if (header.source() != null) {
            clientAddress = header.source();
        }
        transport = behindProxyHeader.apply(bytes);
    }

    /** Corrects the client's address by what a proxy says of it. */
    void cameFrom(InetSocketAddress client) {
        clientAddress = client;
    }

    /** Registers with the loop and starts with a phase. */
    void start(Phase firstPhase) {
        phase = firstPhase;
        try {
            if (key instanceof AdoptedKey adopted) {
                loop.adopt(adopted);
            } else {
                key = loop.register(channel, 0, this);
            }
            updateInterest();
        } catch (IOException | RuntimeException e) {
            fail(new IOException(e));
        }
    }

    EventLoop loop() {
        return loop;
    }

    /** Its number among all of the server. */
    long id() {
        return id;
    }

    /** The time since it was accepted. */
    long ageNanos() {
        return System.nanoTime() - acceptedAt;
    }

    /** Any thread may ask. */
    Phase phase() {
        return phase;
    }

    void become(Phase nextPhase) {
        phase = nextPhase;
    }

    /** Whether the client speaks TLS, to this server or to the proxy that said so in its header. */
    boolean isSecure() {
        return transport.isSecure() || proxyHeader.secure();
    }

    /** The certificates of a client that speaks TLS to this server, its own first. */
    List<X509Certificate> peerCertificates() {
        return transport.peerCertificates();
    }

    /** The client's address as far as it is known. Any thread may ask. */
    InetSocketAddress remoteAddress() {
        InetSocketAddress client = clientAddress;
        return client == null ? transport.remoteAddress() : client;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether the peer has ended its side. */
    boolean hasInputEnded() {
        return inputEnded;
    }

    /** Any thread may ask. */
    long bytesRead() {
        return bytesRead;
    }

    /** Any thread may ask. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** All bytes of output so far, written and waiting. */
    long totalOutput() {
        return bytesWritten + output.size();
    }

    // -- input --------------------------------------------------------------------------------------------------------

    @Override
    public void onReady(int readyOps) {
        if ((readyOps & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        if ((readyOps & SelectionKey.OP_READ) != 0) {
            read();
        }
    }

    @Override
    public void onFailure(Throwable thrown) {
        fail(new IOException(thrown));
    }

    private void read() {
        // What is sent meanwhile leaves at the end of the reading.
        flushAsked = true;
        for (int read = 0; read < READ_PER_TURN && canRead(); ) {
            ByteBuffer buffer = loop.buffers().read(phase.readSize());
            int room = buffer.remaining();
            int length;
            try {
                length = transport.read(buffer);
            } catch (IOException e) {
                fail(e);
                return;
            }
            if (length < 0) {
                inputEnded = true;
                updateInterest();
                phase.onInputEnd();
                break;
            }
            if (length > 0) {
                BYTES_READ.lazySet(this, bytesRead + length);
                loop.counters().bytesReceived(length);
                phase.onBytes(buffer.flip());
            }
            if (length < room && !transport.hasBufferedInput()) {
                break;
            }
            read += length;
        }
        if (!closed) {
            flush();
            if (transport.hasBufferedInput() && canRead()) {
                // The socket will not become ready for bytes that were already read from it.
                execute(this::read);
            }
        }
    }

    private boolean canRead() {
        return !closed && !inputEnded && !readingPaused;
    }

    /** Stops or goes on reading from the socket. */
    void pauseReading(boolean paused) {
        if (readingPaused != paused) {
            readingPaused = paused;
            updateInterest();
            if (!paused && transport.hasBufferedInput()) {
                execute(this::read);
            }
        }
    }

    // -- output -------------------------------------------------------------------------------------------------------

    /** Holds output back, or lets it go at the end of this turn. */
    void cork(boolean hold) {
        corked = hold;
        if (!hold) {
            flushLater();
        }
    }

    ByteBuffer claim(int length) {
        return output.claim(length);
    }

    void commit() {
        output.commit();
        outputGrew();
    }

    void append(byte[] bytes) {
        output.append(ByteBuffer.wrap(bytes));
        outputGrew();
    }

    /** Forgets output that was held back. */
    void discardOutput() {
        output.clear();
    }

    /** Appends bytes; many of them are written at once, so that they need not be copied. */
    void write(ByteBuffer bytes) {
        if (closed) {
            bytes.position(bytes.limit());
            return;
        }
        if (corked || congested) {
            output.append(bytes);
        } else {
            long before = output.size() + bytes.remaining();
            try {
                output.writeThrough(bytes, transport);
            } catch (IOException e) {
                bytes.position(bytes.limit());
                loop.execute(() -> fail(e));
            }
            countWritten(before - output.size());
        }
        outputGrew();
    }

    /** Appends bytes that never change. */
    void share(ByteBuffer bytes) {
        output.share(bytes);
        outputGrew();
    }

    /**
     * Writes what the transport takes of bytes that go to other connections as well.
     *
     * @param bytes in direct memory; their position moves behind what was taken
     * @return false, and nothing happens, if they would not be the next to be written
     */
    boolean writeShared(ByteBuffer bytes) {
        if (closed || corked || congested || output.size() != 0) {
            return false;
        }
        int length = bytes.remaining();
        try {
            transport.write(bytes);
            countWritten(length - bytes.remaining());
            if (!transport.flush()) {
                flushLater();
            }
        } catch (IOException e) {
            bytes.position(bytes.limit());
            loop.execute(() -> fail(e));
        }
        return true;
    }

    /** Takes what is left of bytes that go to others as well. */
    void queueRest(PublishedMessages published) {
        published.queueRest(output);
        outputGrew();
    }

    /** Keeps what is sent from now on for a {@link #flush} that the caller sees to; false if one is due anyway. */
    boolean holdFlush() {
        boolean wasAsked = flushAsked;
        flushAsked = true;
        return !wasAsked;
    }

    private void outputGrew() {
        if (closed) {
            output.clear();
        } else if (isFlushDue() && !corked && !congested) {
            tryFlush();
        }
        flushLater();
    }

    private boolean isFlushDue() {
        return output.size() >= FLUSH_SIZE || loop.buffers().areManyChunksInUse();
    }

    private void flushLater() {
        if (!flushAsked && !closed) {
            flushAsked = true;
            loop.flushLater(this);
        }
    }

    /** The bytes that wait for the transport. */
    long pendingOutput() {
        return output.size();
    }

    /** Whether the transport did not take all output. Any thread may ask. */
    boolean isCongested() {
        return congested;
    }

    @Override
    public void flush() {
        flushAsked = false;
        if (closed || corked) {
            return;
        }
        if (tryFlush()) {
            phase.onFlushed();
        }
    }

    /** Whether it went without failure; a failure is reported behind what runs now. */
    private boolean tryFlush() {
        long before = output.size();
        try {
            boolean drained = output.flush(transport) && transport.flush();
            countWritten(before - output.size());
            if (congested == drained) {
                congested = !drained;
                updateInterest();
                if (congested) {
                    loop.journal().recorder().consumerLags(id, remoteAddress());
                } else {
                    loop.journal().recorder().consumerCaughtUp(id);
                }
            }
            return true;
        } catch (IOException e) {
            loop.execute(() -> fail(e));
            return false;
        }
    }

    private void countWritten(long bytes) {
        BYTES_WRITTEN.lazySet(this, bytesWritten + bytes);
        loop.counters().bytesSent(bytes);
    }

    // -- later --------------------------------------------------------------------------------------------------------

    /** Runs a task on the loop, later. Where it fails this connection is given up, and no other. Any thread may call it. */
    void execute(Runnable task) {
        loop.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                onFailure(e);
                LOG.log(Level.ERROR, "A connection is given up", e);
            }
        });
    }

    // -- end ----------------------------------------------------------------------------------------------------------

    /** Ends the own side; the peer may still be read. */
    void shutdownOutput() {
        try {
            transport.shutdownOutput();
        } catch (IOException e) {
            close();
            return;
        }
        tryFlush();
    }

    /** Tells the phase that the network failed, and closes. */
    void fail(IOException failure) {
        if (!closed) {
            try {
                phase.onTransportFailure(failure);
            } finally {
                close();
            }
        }
    }

    /** Closes the socket at once; output that waits is lost. */
    void close() {
        if (!closed) {
            closed = true;
            if (congested) {
                loop.journal().recorder().consumerCaughtUp(id);
            }
            output.clear();
            transport.close();
            onClosed.run();
        }
    }

    private void updateInterest() {
        if (key != null && key.isValid()) {
            int ops = (canRead() ? SelectionKey.OP_READ : 0) | (congested ? SelectionKey.OP_WRITE : 0);
            if (ops != key.interestOps()) {
                key.interestOps(ops);
            }
        }
    }
}
