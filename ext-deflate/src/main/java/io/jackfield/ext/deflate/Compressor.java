package io.jackfield.ext.deflate;

import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.SharedMessage;
import java.nio.ByteBuffer;

/**
 * The outgoing direction of one connection. Not thread-safe.
 *
 * <p>zlib as Java has it compresses with a window of 15 bits and no other. For a smaller one, a message is cut into
 * blocks of at most half the window, each compressed by a fresh Deflater that is given as much of what went before as
 * fits into the window beside the block: so no reference can reach further back than agreed. Bytes for 128 KiB of JSON
 * with 9, 11 and 13 bits: 50940, 30642, 22793; with a full flush every window's length instead: 67255, 38663, 27174;
 * with 15 bits 19692.
 */
final class Compressor {

    /** RFC 7692 section 7.2.1: each message ends with an empty stored block, of which these octets are not sent. */
    private static final int TAIL_LENGTH = 4;

    /** RFC 7692 section 7.2.3.6: the first octet of an empty stored block. The JDK flushes nothing the second time. */
    private static final byte EMPTY_MESSAGE = 0x00;

    /** A message of this length that does not shrink by itself is compressed already, or encrypted. */
    private static final int NOISE = 256;

    private final CodecPool<PooledDeflater> pool;
    private final Agreement.Direction agreed;
    private final int threshold;
    private final int longestBlock;
    private final SlidingWindow window;

    // The Deflater that this connection used last: as long as nobody else has used it, it knows the window.
    private PooledDeflater last;
    private long lastLoans;

    private int grownInARow;

    Compressor(CodecPool<PooledDeflater> pool, Agreement.Direction agreed, DeflateOptions options) {
        this.pool = pool;
        this.agreed = agreed;
        this.threshold = options.threshold();
        this.longestBlock = isFullWindow() ? Integer.MAX_VALUE : agreed.windowSize() / 2;
        this.window = new SlidingWindow(Math.min(agreed.windowSize(), options.history()));
    }

    private boolean isFullWindow() {
        return agreed.windowBits() == DeflateParameters.MAX_WINDOW_BITS;
    }

    /**
     * Compresses a message.
     *
     * @param message read from position to limit, both of which stay as they are
     * @return the payload to send with RSV1 set, or null to send the message as it is
     */
    ByteBuffer compress(ByteBuffer message) {
        int length = message.remaining();
        if (length == 0) {
            return ByteBuffer.wrap(new byte[] {EMPTY_MESSAGE});
        }
        if (length < threshold) {
            return null;
        }
        PooledDeflater codec = borrow();
        long loans = codec.loans();
        boolean knowsWindow = codec == last && loans == lastLoans + 1;
        last = null;
        ByteBuffer compressed = compressWith(codec, knowsWindow, message, window, TAIL_LENGTH);
        if (compressed.remaining() <= length) {
            grownInARow = 0;
        } else if (!isLetIn(length)) {
            return null;
        }
        if (agreed.contextTakeover()) {
            remember(message, codec, loans);
        }
        return compressed;
    }

    /**
     * Compresses a piece of a message, which may refer to those before it. Other messages must wait until {@link #endParts}.
     *
     * @param piece read from position to limit, both of which stay as they are; not empty
     * @return the octets for it, which end with an empty stored block
     */
    ByteBuffer compressPart(ByteBuffer piece) {
        PooledDeflater codec = isFullWindow() ? pool.borrow(last, lastLoans) : pool.borrowAny();
        long loans = codec.loans();
        boolean knowsWindow = codec == last && loans == lastLoans + 1;
        last = null;
        ByteBuffer compressed = compressWith(codec, knowsWindow, piece, window, 0);
        remember(piece, codec, loans);
        return compressed;
    }

    /** The message has ended, or will not. */
    void endParts() {
        if (!agreed.contextTakeover()) {
            close();
        }
    }

    private void remember(ByteBuffer compressed, PooledDeflater codec, long loans) {
        window.append(compressed);
        if (isFullWindow() && codec.isPooled()) {
            last = codec;
            lastLoans = loans;
        }
    }

    /**
     * Compresses a message for all connections with this window: without reference to what went before, which each of them
     * has seen differently. So it is valid behind anything; what comes behind it may refer to it.
     *
     * @return the message to send, this one or compressed
     */
    SharedMessage compressShared(SharedMessage message, Codecs codecs) throws ExtensionException {
        SharedMessage form = message.form(codecs.sharingKey(agreed.windowBits()), this::compressAlone);
        if (form != message && agreed.contextTakeover()) {
            window.append(message.payload());
            // No Deflater knows this window any more.
            last = null;
        }
        return form;
    }

    private ExtensionMessage compressAlone(ExtensionMessage message) {
        ByteBuffer payload = message.payload();
        int length = payload.remaining();
        if (length == 0) {
            return message.withPayload(ByteBuffer.wrap(new byte[] {EMPTY_MESSAGE}))
                    .withRsv1(true);
        }
        if (length < threshold) {
            return message;
        }
        ByteBuffer compressed =
                compressWith(pool.borrowAny(), false, payload, new SlidingWindow(agreed.windowSize()), TAIL_LENGTH);
        return compressed.remaining() <= length || threshold == 0
                ? message.withPayload(compressed).withRsv1(true)
                : message;
    }

    private PooledDeflater borrow() {
        return agreed.contextTakeover() && isFullWindow() ? pool.borrow(last, lastLoans) : pool.borrowAny();
    }

    /**
     * Whether a message is sent compressed though it grows. A short text that resembles none before it grows by a byte
     * or two, and those that resemble it will shrink, if it is in the window. Others grow for ever, so of those that
     * grow one after the other only the first, second, fourth, eighth and so on are let in.
     */
    private boolean isLetIn(int length) {
        if (threshold == 0) {
            return true;
        }
        if (!agreed.contextTakeover() || length >= NOISE) {
            return false;
        }
        grownInARow++;
        return Integer.bitCount(grownInARow) == 1;
    }

    private ByteBuffer compressWith(
            PooledDeflater codec, boolean knowsWindow, ByteBuffer message, SlidingWindow history, int omitted) {
        try {
            codec.output.begin(Integer.MAX_VALUE - 8);
            int blocks = (int) ((message.remaining() - 1L) / longestBlock + 1);
            for (int block = 0; block < blocks; block++) {
                int from = offset(message, block, blocks);
                int to = offset(message, block + 1, blocks);
                if (!knowsWindow) {
                    codec.reset();
                    prime(codec, message, from, to, history);
                }
                codec.deflate(message.duplicate().limit(to).position(from));
            }
            return codec.output.take(codec.output.count() - omitted);
        } finally {
            pool.giveBack(codec);
        }
    }

    /** Where a block begins, all of them being equally long. */
    private static int offset(ByteBuffer message, int block, int blocks) {
        return message.position() + (int) ((long) message.remaining() * block / blocks);
    }

    private void prime(PooledDeflater codec, ByteBuffer message, int from, int to, SlidingWindow history) {
        int reach = isFullWindow() ? agreed.windowSize() : agreed.windowSize() - (to - from);
        int ofMessage = Math.min(reach, from - message.position());
        int ofHistory = Math.min(reach - ofMessage, history.size());
        codec.prime(history, ofHistory);
        if (ofMessage > 0) {
            codec.prime(message.duplicate().limit(from).position(from - ofMessage));
        }
    }

    SlidingWindow window() {
        return window;
    }

    /** Forgets the window. */
    void close() {
        window.clear();
        last = null;
    }
}
