package io.jackfield.server.stream;

import io.jackfield.api.Event;
import io.jackfield.api.stream.MessagePart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the loop puts parts, and one thread waits for them. A lock of {@code java.util.concurrent}: a virtual thread that
 * waits for it holds no other.
 */
final class IncomingParts implements PartReceiver {

    /** What has arrived is waited for as long as it takes. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private final StreamConnection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<MessagePart> parts = new ArrayDeque<>();
    private long cost;
    private Event.Close end;

    /** Whether a message has begun and not ended, as the thread sees it that takes the parts. */
    private boolean isWithinMessage;

    IncomingParts(StreamConnection connection) {
        this.connection = connection;
    }

    // -- the loop -----------------------------------------------------------------------------------------------------

    @Override
    public boolean isReady() {
        lock.lock();
        try {
            return cost < Window.SIZE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onPart(boolean isText, ByteBuffer payload, boolean isLast) {
        MessagePart part = new MessagePart(isText, Reading.copy(payload), isLast);
        lock.lock();
        try {
            parts.add(part);
            cost += costOf(part);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEnd(Event.Close close) {
        lock.lock();
        try {
            end = close;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long costOf(MessagePart part) {
        return part.data().remaining() + (long) Window.ITEM_COST;
    }

    // -- the thread that waits ----------------------------------------------------------------------------------------

    /**
     * Waits for the next part.
     *
     * @param nanos how long, or {@link #FOR_EVER}
     * @return null when the connection has closed cleanly, between two messages
     */
    MessagePart take(long nanos) throws IOException {
        MessagePart part;
        boolean hasRoomAgain;
        try {
            lock.lockInterruptibly();
            try {
                await(nanos);
                part = parts.poll();
                if (part == null) {
                    endOfParts();
                    return null;
                }
                boolean wasFull = cost >= Window.SIZE;
                cost -= costOf(part);
                hasRoomAgain = wasFull && cost < Window.SIZE;
                isWithinMessage = !part.isLast();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
        if (hasRoomAgain) {
            connection.demandChanged();
        }
        return part;
    }

    private void await(long nanos) throws InterruptedException, SocketTimeoutException {
        long left = nanos;
        while (parts.isEmpty() && end == null) {
            if (nanos == FOR_EVER) {
                changed.await();
            } else if (left <= 0) {
                throw new SocketTimeoutException("No message came in time");
            } else {
                left = changed.awaitNanos(left);
            }
        }
    }

    private void endOfParts() throws IOException {
        IOException failure = Ending.failure(end, isWithinMessage);
        if (failure != null) {
            throw failure;
        }
    }

    static InterruptedIOException interrupted() {
        return new InterruptedIOException("The thread was interrupted while it waited");
    }
}
