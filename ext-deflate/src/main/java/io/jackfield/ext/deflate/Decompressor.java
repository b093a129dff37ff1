package io.jackfield.ext.deflate;

import io.jackfield.api.extension.ExtensionException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/**
 * The incoming direction of one connection. Not thread-safe.
 *
 * <p>Each message is inflated by an Inflater that is given the window anew: that takes a microsecond, and lets the
 * stream be brought to its end after each message, which alone tells whether the message was whole.
 */
final class Decompressor {

    /**
     * The octets that a sender leaves away (RFC 7692 section 7.2.2), and behind them an empty stored block that is
     * final: the Inflater arrives at its end only if the message ended between two blocks.
     */
    private static final byte[] TAIL = {0x00, 0x00, (byte) 0xff, (byte) 0xff, 0x01, 0x00, 0x00, (byte) 0xff, (byte) 0xff
    };

    /** How many of these the sender left away. */
    private static final int LEFT_AWAY = 4;

    /** What remains of the tail if the octets that the sender left away were those of a final block. */
    private static final int FINAL_BLOCK = 5;

    /**
     * Behind a final block the window must be set anew, which costs far more than reading the two octets that such a
     * block may consist of. It is done this often for any message.
     */
    static final int FREE_STREAMS = 16;

    /** And once more for each so many octets of the payload. */
    static final int OCTETS_PER_STREAM = 64;

    private final CodecPool<PooledInflater> pool;
    private final Agreement.Direction agreed;
    private final int limit;
    private final SlidingWindow window;

    Decompressor(CodecPool<PooledInflater> pool, Agreement.Direction agreed, long limit) {
        this.pool = pool;
        this.agreed = agreed;
        this.limit = (int) Math.min(limit, Integer.MAX_VALUE - 8);
        this.window = new SlidingWindow(agreed.windowSize());
    }

    /**
     * Inflates a message. If it fails, the connection is as if the message had not come.
     *
     * @param payload read from position to limit, both of which stay as they are
     * @return the message
     * @throws ExtensionException 1009 if the message is larger than allowed, 1007 if the payload is no whole message
     */
    ByteBuffer decompress(ByteBuffer payload) throws ExtensionException {
        if (!payload.hasRemaining()) {
            // RFC 7692 section 7.2.3.6 demands an octet; endpoints on java.util.zip are known to leave it away.
            return ByteBuffer.allocate(0);
        }
        PooledInflater codec = pool.borrowAny();
        try {
            codec.output.begin(limit);
            inflate(codec, payload);
            ByteBuffer message = codec.output.take(codec.output.count());
            if (agreed.contextTakeover()) {
                window.append(message);
            }
            return message;
        } catch (DataFormatException e) {
            throw ExtensionException.invalidPayload(e.getMessage(), e);
        } finally {
            codec.reset();
            pool.giveBack(codec);
        }
    }

    private void inflate(PooledInflater codec, ByteBuffer payload) throws DataFormatException, ExtensionException {
        if (inflateBlocks(codec, payload.duplicate())) {
            return;
        }
        int count = codec.output.count();
        codec.inflate(ByteBuffer.wrap(TAIL));
        boolean isWhole = codec.finished()
                && (codec.remaining() == FINAL_BLOCK
                        || codec.remaining() == 0
                                && (codec.output.count() == count || endsBetweenBlocks(codec, payload)));
        if (!isWhole) {
            throw new DataFormatException("message ends within a block");
        }
    }

    /**
     * Whether our own final block is read as such. It has no content; but a block of the message that lacks just as much
     * takes the octets of ours for its content, and ends as well. Seldom to be asked, for no sender that does as RFC 7692
     * section 7.2.1 says makes content of the octets that it leaves away; so the message is read a second time.
     */
    private boolean endsBetweenBlocks(PooledInflater codec, ByteBuffer payload)
            throws DataFormatException, ExtensionException {
        codec.reset();
        codec.output.begin(limit);
        inflateBlocks(codec, payload.duplicate());
        codec.inflate(ByteBuffer.wrap(TAIL, 0, LEFT_AWAY));
        int count = codec.output.count();
        codec.inflate(ByteBuffer.wrap(TAIL, LEFT_AWAY, FINAL_BLOCK));
        return codec.output.count() == count;
    }

    /** Inflates the payload as it is; whether it ends with a final block, so that the message is whole without a tail. */
    private boolean inflateBlocks(PooledInflater codec, ByteBuffer payload)
            throws DataFormatException, ExtensionException {
        int streams = FREE_STREAMS + payload.remaining() / OCTETS_PER_STREAM;
        prime(codec);
        codec.inflate(payload);
        while (codec.finished()) {
            if (codec.remaining() == 0) {
                return true;
            }
            // RFC 7692 section 7.2.3.4: blocks may follow a final block, with the same window.
            if (--streams == 0) {
                throw new DataFormatException("too many final blocks");
            }
            payload.position(payload.limit() - codec.remaining());
            codec.reset();
            prime(codec);
            codec.inflate(payload);
        }
        return false;
    }

    // -- messages in parts --------------------------------------------------------------------------------------------

    /** The octets that the sender left away. */
    static ByteBuffer leftAway() {
        return ByteBuffer.wrap(TAIL, 0, LEFT_AWAY);
    }

    /** What ends the stream behind them. */
    static ByteBuffer finalBlock() {
        return ByteBuffer.wrap(TAIL, LEFT_AWAY, FINAL_BLOCK);
    }

    /** A codec for one message that comes in parts, at the beginning of a stream. */
    PooledInflater borrow() {
        return pool.borrowAny();
    }

    /** Gives the codec the last bytes before those that it will inflate: of whatever message, as they are in the window. */
    void primeWithWindow(PooledInflater codec) {
        codec.prime(window, window.size());
    }

    /** The message has ended, or will not. */
    void endParts(PooledInflater codec) {
        codec.reset();
        pool.giveBack(codec);
        if (!agreed.contextTakeover()) {
            window.clear();
        }
    }

    /** Gives the codec the last bytes before those that it will inflate: of this message, and of those before. */
    private void prime(PooledInflater codec) {
        int ofMessage = Math.min(agreed.windowSize(), codec.output.count());
        codec.prime(window, Math.min(agreed.windowSize() - ofMessage, window.size()));
        if (ofMessage > 0) {
            codec.primeWithOutput(ofMessage);
        }
    }

    SlidingWindow window() {
        return window;
    }

    /** Forgets the window. */
    void close() {
        window.clear();
    }
}
