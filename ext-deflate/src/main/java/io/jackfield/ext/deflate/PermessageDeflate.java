package io.jackfield.ext.deflate;

import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionOffer;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The WebSocket extension permessage-deflate (RFC 7692): compresses messages, text and binary alike, with DEFLATE.
 *
 * <p>Whatever window the peer asks for, 8 to 15 bits, is accepted and kept. Messages that arrive are inflated up to the
 * largest length that the application allows, and no further: larger ones fail the connection with close code 1009, and
 * those that do not inflate with 1007.
 *
 * <p>A connection that is idle holds its history alone: in each direction the last bytes of the messages that passed,
 * at most the window that was agreed, or nothing without context takeover. Compressor states belong to this object, a
 * few for each processor; they are freed when no connection uses them any more.
 *
 * <p>Thread-safe. One instance serves all connections of all servers and clients that it is given to.
 */
public final class PermessageDeflate implements Extension, AutoCloseable {

    static final String NAME = "permessage-deflate";

    private final DeflateOptions options;
    private final Codecs codecs;

    /** The extension with the defaults of the {@link Builder}. */
    public PermessageDeflate() {
        this(DeflateOptions.DEFAULTS);
    }

    private PermessageDeflate(DeflateOptions options) {
        this.options = options;
        this.codecs = new Codecs(options);
    }

    /**
     * Begins with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder(DeflateOptions.DEFAULTS);
    }

    /**
     * Another extension with the options of this one and some of them replaced. The keys are the names of the
     * {@link Builder}'s methods; numbers and booleans may be given as text, and null means the default.
     *
     * @param map values by key, or null for none
     * @return a new extension, while this one stays as it is
     * @throws IllegalArgumentException {@code Unrecognized option: <key>} for a key that is none, else naming key,
     *     value and what is allowed
     */
    public PermessageDeflate configure(Map<String, ?> map) {
        return new PermessageDeflate(options.with(map));
    }

    /** {@inheritDoc} */
    @Override
    public String name() {
        return NAME;
    }

    /** Claims RSV1, which marks compressed messages (RFC 7692 section 6). */
    @Override
    public boolean rsv1() {
        return true;
    }

    /** Accepts the first valid offer; declines if there is none, or after {@link #close()}. */
    @Override
    public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
        if (codecs.isClosed()) {
            return Optional.empty();
        }
        return offers.stream()
                .flatMap(offer -> DeflateParameters.parse(offer).stream())
                .findFirst()
                .map(offer -> ServerNegotiation.answer(options, offer))
                .map(negotiation -> new AcceptedExtension(
                        negotiation.response(), new DeflateSession(negotiation.agreement(), options, context, codecs)));
    }

    /** Offers what the options say; nothing after {@link #close()}. */
    @Override
    public Optional<ExtensionOffer> offer() {
        return codecs.isClosed() ? Optional.empty() : Optional.of(new ClientOffer(options, codecs));
    }

    /**
     * Frees what is held for future messages and takes part in no further negotiation. Connections that use the
     * extension go on with it, more slowly. Needed by nobody whose connections all come to an end: the last one frees
     * as much.
     */
    @Override
    public void close() {
        codecs.close();
    }

    Codecs codecs() {
        return codecs;
    }

    /** Collects options. Of two calls of one method the later wins. Not thread-safe. */
    public static final class Builder {

        private int level;
        private int strategy;
        private boolean noContextTakeover;
        private int maxWindowBits;
        private boolean requestNoContextTakeover;
        private int requestMaxWindowBits;
        private int threshold;
        private int history;

        Builder(DeflateOptions options) {
            level = options.level();
            strategy = options.strategy();
            noContextTakeover = options.noContextTakeover();
            maxWindowBits = options.maxWindowBits();
            requestNoContextTakeover = options.requestNoContextTakeover();
            requestMaxWindowBits = options.requestMaxWindowBits();
            threshold = options.threshold();
            history = options.history();
        }

        /**
         * How hard to compress.
         *
         * @param value from 0, not at all, over 1, fast, to 9, small; or -1, the default, which is zlib's own and the
         *     same as 6. (JSON of 1 KiB: 249 bytes in 11 µs with 1, 207 in 15 with 4, 185 in 33 with 6, 177 in 49 with
         *     9.)
         * @return this
         */
        public Builder level(int value) {
            level = value;
            return this;
        }

        /**
         * How to compress.
         *
         * @param value a strategy of {@link java.util.zip.Deflater}, from 0 to 2; the default is 0,
         *     {@link java.util.zip.Deflater#DEFAULT_STRATEGY}
         * @return this
         */
        public Builder strategy(int value) {
            strategy = value;
            return this;
        }

        /**
         * Whether each message that this end sends is compressed on its own. That takes no memory for a connection, and
         * compresses less.
         *
         * @param value the default is false: messages refer to those before them, unless the peer asks for the contrary
         * @return this
         */
        public Builder noContextTakeover(boolean value) {
            noContextTakeover = value;
            return this;
        }

        /**
         * The largest window for messages that this end sends.
         *
         * @param value from 8 to 15, the default: the base-2 logarithm of a number of bytes
         * @return this
         */
        public Builder maxWindowBits(int value) {
            maxWindowBits = value;
            return this;
        }

        /**
         * Whether the peer is asked to compress each message on its own, so that this end need not remember what came.
         *
         * @param value the default is false
         * @return this
         */
        public Builder requestNoContextTakeover(boolean value) {
            requestNoContextTakeover = value;
            return this;
        }

        /**
         * The largest window that the peer is asked to use. A client that does not say that it understands the demand,
         * with the parameter {@code client_max_window_bits}, is not asked, and may use 15.
         *
         * @param value from 8 to 15, the default: the base-2 logarithm of a number of bytes
         * @return this
         */
        public Builder requestMaxWindowBits(int value) {
            requestMaxWindowBits = value;
            return this;
        }

        /**
         * From which length on messages are compressed. Shorter ones go out as they are, without being tried, and stay
         * out of the window: hardly one of less than 16 bytes gets shorter. Longer ones that compression would make
         * longer still go out as they are, too; except that with context takeover some that are shorter than 256 bytes
         * are let into the window, so that those that resemble them get shorter. The empty message is always sent in
         * its compressed form, one byte.
         *
         * @param value bytes, at least 0; 0 compresses every message whatever becomes of it; the default is 16
         * @return this
         */
        public Builder threshold(int value) {
            threshold = value;
            return this;
        }

        /**
         * How much of what was sent before is kept for each connection, for the next message to refer to. A Deflater that
         * has served other connections meanwhile is given it at the next message, which takes processor time in
         * proportion. It bounds memory too: an idle connection holds at most so much, or the window if that is smaller.
         * (JSON of 1 KiB, on connections that take turns: 258 bytes in 24 µs with 2 KiB, 251 in 36 with 8 KiB, 245 in
         * 68 with 32 KiB.)
         *
         * @param value bytes, a power of two from 256 to 32,768; the default is 8,192
         * @return this
         */
        public Builder history(int value) {
            history = value;
            return this;
        }

        DeflateOptions options() {
            return new DeflateOptions(
                    level,
                    strategy,
                    noContextTakeover,
                    maxWindowBits,
                    requestNoContextTakeover,
                    requestMaxWindowBits,
                    threshold,
                    history);
        }

        /**
         * Makes the extension.
         *
         * @return a new extension
         * @throws IllegalArgumentException if a value is not allowed, naming the option, the value, and what is allowed
         */
        public PermessageDeflate build() {
            return new PermessageDeflate(options());
        }
    }
}
