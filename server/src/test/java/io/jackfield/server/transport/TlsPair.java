package io.jackfield.server.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.loop.LoopBuffers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The transport under test and a client made of an {@link SSLEngine}, over loopback sockets, both moved by one thread step
 * by step: how many bytes the client hands over or takes at a time is the test's choice.
 */
final class TlsPair implements AutoCloseable {

    final SocketPair sockets = new SocketPair();
    final SSLEngine client;
    final TlsTransport transport;

    // The server's side
    final ByteArrayOutputStream serverReceived = new ByteArrayOutputStream();
    final Deque<ByteBuffer> serverSends = new ArrayDeque<>();
    boolean serverInputEnded;
    ByteBuffer target = ByteBuffer.allocateDirect(LoopBuffers.READ_SIZE);

    // The client's side
    final ByteArrayOutputStream clientReceived = new ByteArrayOutputStream();
    final Deque<ByteBuffer> clientSends = new ArrayDeque<>();
    boolean clientSocketEnded;
    boolean clientCloses;
    boolean clientReads = true;

    /** The most bytes that the client writes to its socket, and reads from it, in a step. */
    int clientPortion = 1 << 16;

    private final ByteBuffer clientInput = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer clientPlain = ByteBuffer.allocate(1 << 16);
    private ByteBuffer clientOutput = ByteBuffer.allocate(1 << 17).flip();

    TlsPair(SSLContext serverContext, SSLContext clientContext, String protocol, LoopBuffers buffers)
            throws IOException {
        sockets.peer.configureBlocking(false);
        SSLEngine server = serverContext.createSSLEngine();
        server.setUseClientMode(false);
        transport = new TlsTransport(sockets.server, server, buffers);
        client = clientContext.createSSLEngine("localhost", 443);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
    }

    /** Steps until something is so. */
    void until(String what, BooleanSupplier condition) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            clientStep();
            serverStep();
            assertTrue(System.nanoTime() - deadline < 0, what);
        }
    }

    /** Steps until the client has nothing under way and the server has seen it. */
    void handshake() throws IOException {
        serverSends.add(ByteBuffer.wrap(new byte[] {42}));
        clientSends.add(ByteBuffer.wrap(new byte[] {43}));
        until("handshake", () -> clientReceived.size() == 1 && serverReceived.size() == 1);
        clientReceived.reset();
        serverReceived.reset();
    }

    // -- the server ---------------------------------------------------------------------------------------------------

    void serverStep() throws IOException {
        if (!serverInputEnded) {
            serverReads();
        }
        boolean taken = true;
        while (taken && !serverSends.isEmpty()) {
            ByteBuffer first = serverSends.peek();
            transport.write(first);
            taken = !first.hasRemaining();
            if (taken) {
                serverSends.remove();
            }
        }
        transport.flush();
    }

    /** Reads until the transport has no more, as a connection does. */
    void serverReads() throws IOException {
        do {
            int length = transport.read(target.clear());
            if (length < 0) {
                serverInputEnded = true;
            }
            target.flip();
            while (target.hasRemaining()) {
                serverReceived.write(target.get());
            }
        } while (transport.hasBufferedInput());
    }

    // -- the client ---------------------------------------------------------------------------------------------------

    void clientStep() throws IOException {
        clientWraps();
        clientWrites();
        if (clientReads) {
            clientReads();
        }
    }

    /** Makes records of what the client has to say. */
    void clientWraps() throws SSLException {
        if (clientOutput.hasRemaining()) {
            return;
        }
        clientOutput.clear();
        boolean more = true;
        while (more) {
            ByteBuffer source = clientSends.isEmpty() ? ByteBuffer.allocate(0) : clientSends.peek();
            if (clientCloses && !source.hasRemaining()) {
                client.closeOutbound();
            }
            SSLEngineResult result = client.wrap(source, clientOutput);
            runTasks();
            if (!clientSends.isEmpty() && !source.hasRemaining()) {
                clientSends.remove();
            }
            more = result.getStatus() == Status.OK
                    && result.bytesProduced() > 0
                    && (!clientSends.isEmpty()
                            || clientCloses
                            || client.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
        }
        clientOutput.flip();
    }

    private void clientWrites() throws IOException {
        int limit = clientOutput.limit();
        clientOutput.limit(Math.min(limit, clientOutput.position() + clientPortion));
        sockets.peer.write(clientOutput);
        clientOutput.limit(limit);
    }

    private void clientReads() throws IOException {
        if (clientInput.remaining() > clientPortion) {
            clientInput.limit(clientInput.position() + clientPortion);
        }
        clientSocketEnded |= sockets.peer.read(clientInput) < 0;
        clientInput.limit(clientInput.capacity()).flip();
        boolean more = true;
        while (more && !client.isInboundDone()) {
            SSLEngineResult result = client.unwrap(clientInput, clientPlain.clear());
            runTasks();
            clientReceived.write(clientPlain.array(), 0, clientPlain.position());
            more = result.getStatus() == Status.OK && result.bytesConsumed() > 0;
        }
        clientInput.compact();
    }

    private void runTasks() {
        for (Runnable task = client.getDelegatedTask(); task != null; task = client.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void close() {
        sockets.close();
    }
}
