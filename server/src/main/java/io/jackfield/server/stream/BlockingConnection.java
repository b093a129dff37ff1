package io.jackfield.server.stream;

import io.jackfield.api.CloseCode;
import io.jackfield.api.WebSocket;
import io.jackfield.api.stream.BlockingWebSocket;
import io.jackfield.api.stream.IncomingMessage;
import io.jackfield.api.stream.Message;
import io.jackfield.api.stream.MessagePart;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** A connection for threads that wait. One thread at a time receives, any number send. */
public final class BlockingConnection implements BlockingWebSocket {

    private final StreamConnection connection;
    private final IncomingParts incoming;

    // Of the thread that receives.
    private final MessageCollector collector;

    /** The message that is read in parts, perhaps to its end already; or null. */
    private PartInputStream partly;

    private BlockingConnection(StreamConnection connection) {
        this.connection = connection;
        incoming = new IncomingParts(connection);
        collector = new MessageCollector(connection.maxLength());
    }

    /**
     * Takes the messages of a connection.
     *
     * @param connection the connection
     * @return the connection for threads that wait
     * @throws IllegalStateException if another takes them
     */
    public static BlockingConnection attach(StreamConnection connection) {
        BlockingConnection blocking = new BlockingConnection(connection);
        if (!connection.attach(blocking.incoming)) {
            throw new IllegalStateException("The messages of this connection are received otherwise already");
        }
        return blocking;
    }

    @Override
    public WebSocket socket() {
        return connection.socket();
    }

    private void requireMayBlock() {
        if (!connection.mayBlock()) {
            throw new IllegalStateException("An event loop must not wait, for all its connections would wait with it:"
                    + " name an executor in the options, of virtual threads for instance");
        }
    }

    // -- receiving ----------------------------------------------------------------------------------------------------

    @Override
    public Message receive() throws IOException {
        return receive(IncomingParts.FOR_EVER);
    }

    @Override
    public Message receive(Duration timeout) throws IOException {
        return receive(nanos(timeout));
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return timeout.isNegative() ? 0 : IncomingParts.FOR_EVER;
        }
    }

    private Message receive(long nanos) throws IOException {
        requireMayBlock();
        long start = System.nanoTime();
        skipRest();
        while (true) {
            long left = nanos == IncomingParts.FOR_EVER ? nanos : nanos - (System.nanoTime() - start);
            MessagePart part = incoming.take(left);
            if (part == null) {
                return null;
            }
            if (collector.fits(part.data())) {
                Message message = collector.add(part.isText(), part.data(), part.isLast());
                if (message != null) {
                    return message;
                }
            } else {
                connection.fail(CloseCode.MESSAGE_TOO_BIG.value(), "WebSocket message too large to be received whole");
            }
        }
    }

    @Override
    public IncomingMessage receiveParts() throws IOException {
        requireMayBlock();
        skipRest();
        MessagePart first = incoming.take(IncomingParts.FOR_EVER);
        if (first == null) {
            return null;
        }
        partly = new PartInputStream(this, first);
        return new IncomingMessage(first.isText(), partly);
    }

    private void skipRest() throws IOException {
        if (partly != null) {
            partly.close();
            partly = null;
        }
    }

    /** The next part of a message that has begun. */
    MessagePart nextPart() throws IOException {
        requireMayBlock();
        MessagePart next = incoming.take(IncomingParts.FOR_EVER);
        if (next == null) {
            throw new EOFException("The connection has closed");
        }
        return next;
    }

    @Override
    public Iterator<Message> iterator() {
        return new Messages();
    }

    private final class Messages implements Iterator<Message> {

        private Message next;
        private boolean hasEnded;

        @Override
        public boolean hasNext() {
            if (next == null && !hasEnded) {
                try {
                    next = receive();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                hasEnded = next == null;
            }
            return next != null;
        }

        @Override
        public Message next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Message message = next;
            next = null;
            return message;
        }
    }

    // -- sending ------------------------------------------------------------------------------------------------------

    @Override
    public void send(CharSequence text) throws IOException {
        Objects.requireNonNull(text, "text");
        awaitSent(() -> connection.socket().sendAsync(text));
    }

    @Override
    public void send(ByteBuffer data) throws IOException {
        Objects.requireNonNull(data, "data");
        awaitSent(() -> connection.socket().sendAsync(data));
    }

    @Override
    public OutputStream openText() {
        return new PartOutputStream(this, PartWriter.open(connection, true));
    }

    @Override
    public OutputStream openBinary() {
        return new PartOutputStream(this, PartWriter.open(connection, false));
    }

    /** Sends, and waits until it has left if much is waiting to be sent. */
    void awaitSent(Supplier<CompletionStage<Void>> sending) throws IOException {
        requireMayBlock();
        var sent = sending.get().toCompletableFuture();
        if (!sent.isCompletedExceptionally() && connection.socket().bufferedAmount() <= Window.SIZE) {
            return;
        }
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IncomingParts.interrupted();
        }
    }

    // -- closing ------------------------------------------------------------------------------------------------------

    @Override
    public void close() {
        connection.socket().close();
    }

    @Override
    public void fail(String reason) {
        connection.close(CloseCode.INTERNAL_ERROR.value(), reason);
    }
}
