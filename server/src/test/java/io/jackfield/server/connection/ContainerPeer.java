package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.upgrade.ContainerConnection;
import io.jackfield.server.upgrade.Upgrade;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The connection of a container and the client behind it, without any network. */
final class ContainerPeer implements ContainerConnection {

    private static final int PATIENCE_SECONDS = 15;

    private final Upgrade upgrade;

    // From the client.
    private final Queue<ByteBuffer> sent = new ArrayDeque<>();
    private boolean ended;
    private final AtomicInteger taken = new AtomicInteger();

    // To the client.
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final DataInputStream input = new DataInputStream(new Received());
    private int room = Integer.MAX_VALUE;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch outputEnded = new CountDownLatch(1);

    ContainerPeer(Upgrade upgrade) {
        this.upgrade = upgrade;
    }

    // -- the client's side --------------------------------------------------------------------------------------------

    ContainerPeer send(byte[] bytes) {
        synchronized (sent) {
            sent.add(ByteBuffer.wrap(bytes));
        }
        upgrade.readable();
        return this;
    }

    /** Ends the client's side. */
    void end() {
        synchronized (sent) {
            ended = true;
        }
        upgrade.readable();
    }

    /** The bytes that were read so far. */
    int taken() {
        return taken.get();
    }

    /** How many bytes can be written from now on. */
    void room(int bytes) {
        synchronized (received) {
            room = bytes;
        }
        upgrade.writable();
    }

    WireFrame readFrame() throws IOException {
        return WireFrame.read(input);
    }

    void awaitClosed() throws InterruptedException {
        assertTrue(closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "The connection was not closed");
    }

    void awaitOutputEnded() throws InterruptedException {
        assertTrue(outputEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "The output was not ended");
    }

    boolean hasReceivedNothing() {
        return received.isEmpty();
    }

    /** What was written, as a stream. */
    private final class Received extends InputStream {

        private ByteArrayInputStream part = new ByteArrayInputStream(new byte[0]);

        @Override
        public int read() throws IOException {
            return part().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return length == 0 ? 0 : part().read(target, offset, length);
        }

        private ByteArrayInputStream part() throws IOException {
            while (part.available() == 0) {
                try {
                    byte[] next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    assertNotNull(next, "Nothing was written");
                    part = new ByteArrayInputStream(next);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return part;
        }
    }

    // -- the container's side -----------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer target) {
        synchronized (sent) {
            if (sent.isEmpty()) {
                return ended ? -1 : 0;
            }
            ByteBuffer next = sent.element();
            int length = Math.min(next.remaining(), target.remaining());
            target.put(next.slice().limit(length));
            next.position(next.position() + length);
            if (!next.hasRemaining()) {
                sent.remove();
            }
            taken.addAndGet(length);
            return length;
        }
    }

    @Override
    public void write(ByteBuffer source) {
        synchronized (received) {
            byte[] bytes = new byte[Math.min(room, source.remaining())];
            source.get(bytes);
            room -= bytes.length;
            if (bytes.length > 0) {
                received.add(bytes);
            }
        }
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void shutdownOutput() {
        outputEnded.countDown();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
