package io.jackfield.server.connection;

import io.jackfield.api.Option;
import io.jackfield.api.OverflowPolicy;
import io.jackfield.api.PreparedMessage;
import io.jackfield.api.extension.ExtensionMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The sending half of a session. On the loop's thread messages go straight into the driver; from other threads they are
 * copied and handed over in order.
 */
final class Outgoing {

    /** One message in {@link #handedOver}, above its bytes. */
    private static final long ONE_MESSAGE = 1L << 44;

    private static final AtomicLongFieldUpdater<Outgoing> ENCODED =
            AtomicLongFieldUpdater.newUpdater(Outgoing.class, "encoded");

    private static final AtomicLongFieldUpdater<Outgoing> HANDED_OVER =
            AtomicLongFieldUpdater.newUpdater(Outgoing.class, "handedOver");

    private static final AtomicLongFieldUpdater<Outgoing> QUEUED =
            AtomicLongFieldUpdater.newUpdater(Outgoing.class, "queued");

    private final WebSocketSession session;
    private final Connection connection;
    private final long maxBufferedAmount;
    private final OverflowPolicy overflowPolicy;

    // Any thread: messages and bytes on their way to the loop, packed so that both change at once.
    private volatile long handedOver;

    /** Whether a send answered false because the transport is backed up, and drain is due. */
    private volatile boolean drainWanted;

    /** Written by the loop alone, through {@link #setQueued}; read by any thread. */
    private volatile long queued;

    /** Messages that the driver has encoded: written by the loop alone, read by any thread. */
    private volatile long encoded;

    // The loop's own: messages given to the driver.
    private long sent;

    /** From the first that is asked for on; null until then. */
    private Receipts receipts;

    Outgoing(WebSocketSession session, Connection connection, long maxBufferedAmount, OverflowPolicy overflowPolicy) {
        this.session = session;
        this.connection = connection;
        this.maxBufferedAmount = maxBufferedAmount;
        this.overflowPolicy = overflowPolicy;
    }

    long bufferedAmount() {
        // In this order: a message that moves from one to the other meanwhile may be missed, but is never counted
        // twice.
        return queued + bytes(handedOver);
    }

    private static long bytes(long messagesAndBytes) {
        return messagesAndBytes & (ONE_MESSAGE - 1);
    }

    long encodedMessages() {
        return encoded;
    }

    /** Whether other threads have messages on their way that were accepted. */
    boolean hasHandedOver() {
        return handedOver != 0;
    }

    // -- any thread ---------------------------------------------------------------------------------------------------

    boolean send(CharSequence text, CompletableFuture<Void> receipt) {
        if (connection.loop().inLoop()) {
            return sendOnLoop(text, receipt);
        }
        return handOver(ExtensionMessage.Type.TEXT, encode(text), receipt);
    }

    boolean send(ByteBuffer payload, CompletableFuture<Void> receipt) {
        if (connection.loop().inLoop()) {
            return accepts(payload.remaining(), receipt) && transmit(ExtensionMessage.Type.BINARY, payload, receipt);
        }
        // Where the connection closes already a copy would be wasted.
        return session.acceptsMessages()
                ? handOver(ExtensionMessage.Type.BINARY, Listeners.copy(payload), receipt)
                : closing(receipt);
    }

    boolean send(PreparedMessage message) {
        int length = message.length();
        return connection.loop().inLoop()
                ? accepts(length, null) && transmit(message)
                : handOver(length, null, () -> transmit(message));
    }

    /** Sends a part of a message; whoever sends one has the right to it alone. */
    boolean sendPart(ExtensionMessage.Type type, ByteBuffer part, boolean isLast, CompletableFuture<Void> receipt) {
        CompletableFuture<Void> outcome = receipt == null ? new CompletableFuture<>() : receipt;
        boolean mayGoOn;
        if (connection.loop().inLoop()) {
            mayGoOn = accepts(part.remaining(), outcome) && transmitPart(type, part, isLast, outcome);
        } else {
            ByteBuffer copy = Listeners.copy(part);
            mayGoOn = handOver(copy.remaining(), outcome, () -> transmitPart(type, copy, isLast, outcome));
        }
        if (outcome.isCompletedExceptionally() && session.acceptsMessages()) {
            // Too much waits. A message with a hole is none: whatever becomes of others, this ends the connection.
            session.closeBecauseOfOverflow();
        }
        return mayGoOn;
    }

    private boolean sendOnLoop(CharSequence text, CompletableFuture<Void> receipt) {
        if (!accepts(encodedLength(text), receipt)) {
            return false;
        }
        session.settleTopics();
        long before = connection.totalOutput();
        expect(receipt);
        if (!session.driver().sendText(text)) {
            return dropped(receipt);
        }
        long grown = withoutHeader(connection.totalOutput() - before);
        count(session.driver().pendingOutgoing() == 0 ? grown : Math.max(grown, utf8Length(text)));
        return mayGoOn();
    }

    private boolean handOver(ExtensionMessage.Type type, ByteBuffer payload, CompletableFuture<Void> receipt) {
        return handOver(payload.remaining(), receipt, () -> transmit(type, payload, receipt));
    }

    private boolean handOver(int length, CompletableFuture<Void> receipt, Runnable transmission) {
        // Counted only where it fits: of two that come at once and of which one fits, one is taken.
        long before;
        do {
            if (!session.acceptsMessages()) {
                return closing(receipt);
            }
            long waiting = queued;
            before = handedOver;
            if (waiting + bytes(before) + length > maxBufferedAmount) {
                return overflows(receipt);
            }
        } while (!HANDED_OVER.compareAndSet(this, before, before + ONE_MESSAGE + length));
        // Counted before the state is looked at: whoever closes looks at the count after changing the state, so a
        // message that was accepted is either seen there or refused here.
        if (!session.acceptsMessages()) {
            HANDED_OVER.addAndGet(this, -ONE_MESSAGE - length);
            return closing(receipt);
        }
        boolean mayGoOn = mayGoOn();
        connection.loop().execute(() -> {
            HANDED_OVER.addAndGet(this, -ONE_MESSAGE - length);
            transmission.run();
            drainIfEmpty();
        });
        return mayGoOn;
    }

    /** The length in UTF-8; where any text of that many characters fits, they need not be looked at. */
    private long encodedLength(CharSequence text) {
        boolean fits = bufferedAmount() + 3L * text.length() <= maxBufferedAmount;
        return fits ? text.length() : utf8Length(text);
    }

    private static long utf8Length(CharSequence text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                length += 4;
                i++;
            } else {
                // What is left of a torn pair becomes U+FFFD, which has three bytes, too.
                length += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return length;
    }

    /** Whether the connection takes a message of this length now. */
    private boolean accepts(long length, CompletableFuture<Void> receipt) {
        if (!session.acceptsMessages()) {
            return closing(receipt);
        }
        return bufferedAmount() + length <= maxBufferedAmount || overflows(receipt);
    }

    /** What the policy for too much does; false, unless it throws. */
    private boolean overflows(CompletableFuture<Void> receipt) {
        String full = "More than maxBufferedAmount (" + maxBufferedAmount + " bytes) would wait to be sent";
        overflowed();
        if (overflowPolicy == OverflowPolicy.REFUSE && receipt == null) {
            throw new IllegalStateException(full);
        }
        return refused(receipt, full);
    }

    /** A message is not accepted since too much waits: what the policy wants of a connection. Any thread may call it. */
    void overflowed() {
        connection.loop().journal().limitHit(Option.MAX_BUFFERED_AMOUNT, connection.id());
        switch (overflowPolicy) {
            case REFUSE -> {}
            case CLOSE -> session.closeBecauseOfOverflow();
            case DROP_NEWEST -> wantDrain();
        }
    }

    private static boolean closing(CompletableFuture<Void> receipt) {
        return refused(receipt, "The connection is closing or closed");
    }

    private static boolean refused(CompletableFuture<Void> receipt, String why) {
        if (receipt != null) {
            receipt.completeExceptionally(new IllegalStateException(why));
        }
        return false;
    }

    /** The output may have drained in the meantime: then nobody else would tell of it. */
    private void wantDrain() {
        if (!drainWanted) {
            drainWanted = true;
            connection.loop().execute(this::drainIfEmpty);
        }
    }

    private boolean mayGoOn() {
        if (connection.isCongested()) {
            drainWanted = true;
            return false;
        }
        return true;
    }

    // -- the loop's thread --------------------------------------------------------------------------------------------

    private boolean transmit(ExtensionMessage.Type type, ByteBuffer payload, CompletableFuture<Void> receipt) {
        int length = payload.remaining();
        session.settleTopics();
        expect(receipt);
        if (!session.driver().send(type, payload)) {
            return dropped(receipt);
        }
        count(length);
        return mayGoOn();
    }

    private boolean transmit(PreparedMessage message) {
        session.settleTopics();
        return put(message) && mayGoOn();
    }

    private boolean put(PreparedMessage message) {
        expect(null);
        if (!session.driver().send(message)) {
            return false;
        }
        count(message.length());
        return true;
    }

    private boolean transmitPart(
            ExtensionMessage.Type type, ByteBuffer part, boolean isLast, CompletableFuture<Void> receipt) {
        int length = part.remaining();
        session.settleTopics();
        if (!session.driver().isSendingParts()) {
            sent++;
        }
        if (!session.driver().sendPart(type, part, isLast)) {
            return dropped(receipt);
        }
        if (length > 0 || isLast) {
            count(length);
        }
        if (receipts == null) {
            receipts = new Receipts();
        }
        receipts.expectWritten(connection.totalOutput(), receipt);
        // What is gathered for an extension makes no output that would be flushed.
        receipts.written(connection.bytesWritten());
        return mayGoOn();
    }

    // -- the loop's thread: what topics publish -----------------------------------------------------------------------

    /**
     * Writes frames that go to many others as well, with nothing in front of them. Not for whoever has ever waited for a
     * receipt, which every message in parts does: so nothing comes between its frames (RFC 6455 section 5.4).
     *
     * @param frames in direct memory
     * @param messages how many they are
     * @param published queues what the socket does not take
     * @return false, and nothing happens, if something is in the way
     */
    boolean sendTogether(ByteBuffer frames, int messages, PublishedMessages published) {
        int length = frames.remaining();
        if (length > maxBufferedAmount
                || receipts != null
                || !session.takesFramesAsTheyAre()
                || !connection.writeShared(frames)) {
            return false;
        }
        sent += messages;
        ENCODED.lazySet(this, encoded + messages);
        connection.loop().counters().messagesSent(messages);
        if (frames.hasRemaining()) {
            setQueued(frames.remaining());
            connection.queueRest(published);
        }
        return true;
    }

    /** Sends the messages that are for this connection, and flushes. */
    void sendOneByOne(PublishedMessages published, int from, int end) {
        boolean flushes = connection.holdFlush();
        queue(published, from, end);
        if (flushes) {
            connection.flush();
        }
    }

    /** Sends the messages that are for this connection, as far as it takes them. */
    void queue(PublishedMessages published, int from, int end) {
        for (int number = from; number != end && session.takesPublished(); number++) {
            PreparedMessage message = published.message(number);
            if (published.isFor(session, number)) {
                if (bufferedAmount() + message.length() <= maxBufferedAmount) {
                    put(message);
                } else {
                    overflowed();
                }
            }
        }
    }

    /** The payload's part of a frame of this length (RFC 6455 section 5.2). */
    private static long withoutHeader(long frame) {
        int header = frame <= 2 + 125 ? 2 : frame <= 4 + 65_535 ? 4 : 10;
        return Math.max(0, frame - header);
    }

    private void expect(CompletableFuture<Void> receipt) {
        sent++;
        if (receipt != null) {
            if (receipts == null) {
                receipts = new Receipts();
            }
            receipts.expect(sent, receipt);
        }
    }

    /** The driver does not send any more: the peer closed in the meantime. */
    private boolean dropped(CompletableFuture<Void> receipt) {
        if (receipt != null) {
            receipt.completeExceptionally(new IOException("The connection closed before the message was sent"));
        }
        return false;
    }

    private void count(long payloadBytes) {
        boolean nothingWaits = connection.pendingOutput() == 0
                && session.driver().pendingOutgoing() == 0
                && session.driver().waitingOutgoingBytes() == 0;
        // An empty message counts as a byte: the limit would not hold for it otherwise.
        setQueued(nothingWaits ? 0 : queued + Math.max(1, payloadBytes));
    }

    /** Other threads see the number soon. Seeing it at once would cost a fence for each message. */
    private void setQueued(long payloadBytes) {
        QUEUED.lazySet(this, payloadBytes);
    }

    /** The driver has encoded a whole message. */
    void onMessageEncoded() {
        ENCODED.lazySet(this, encoded + 1);
        if (receipts != null) {
            receipts.encoded(encoded, connection.totalOutput());
        }
    }

    void onFlushed() {
        boolean extensionsWork = session.driver().pendingOutgoing() > 0;
        if (!extensionsWork) {
            // Less the frame headers and what compression saved: exact again as soon as nothing waits.
            setQueued(Math.min(
                    queued, connection.pendingOutput() + session.driver().waitingOutgoingBytes()));
        }
        if (receipts != null) {
            receipts.written(connection.bytesWritten());
        }
        drainIfEmpty();
    }

    /**
     * Messages on their way to the loop, or at an extension, count as well: a sender that goes on would be refused again. What
     * waits for the end of a message in parts does not: whoever sends those may wait for the drain.
     */
    private void drainIfEmpty() {
        if (drainWanted
                && !connection.isClosed()
                && !connection.isCongested()
                && connection.pendingOutput() == 0
                && session.driver().pendingOutgoing() == 0
                && !hasHandedOver()) {
            drainWanted = false;
            session.onDrain();
        }
    }

    void onClosed() {
        if (receipts != null) {
            receipts.fail(new IOException("The connection ended before the message was sent"));
        }
    }

    /** The text in UTF-8; an unpaired surrogate becomes U+FFFD as the W3C has it. */
    static ByteBuffer encode(CharSequence text) {
        // From an array: over charAt the JDK's encoder takes four times as long, 2.4 us for 1 KiB instead of 0.6.
        char[] chars = text.toString().toCharArray();
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith(new byte[] {(byte) 0xef, (byte) 0xbf, (byte) 0xbd})
                    .encode(CharBuffer.wrap(chars));
        } catch (CharacterCodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
