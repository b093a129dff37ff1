package io.jackfield.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every option there is: its key, type, default, range and unit. {@link Options} hold their values. */
public enum Option {
    /** Header fields for the 101 response. */
    HEADERS("headers", Type.HEADERS, Headers.EMPTY, "header fields for the 101 response"),

    /** Extensions of this server or endpoint, besides those that are discovered. */
    EXTENSIONS(
            "extensions",
            Type.EXTENSIONS,
            List.of(),
            "extensions in the order of registration, before those that are discovered"),

    /** The largest message. */
    MAX_LENGTH(
            "maxLength",
            Type.SIZE,
            67_108_863L,
            1,
            Integer.MAX_VALUE - 8L,
            "largest incoming message in bytes, after decompression; larger ones close with 1009; 0 for the default"),

    /** The largest message that is received in parts. */
    MAX_STREAMED_LENGTH(
            "maxStreamedLength",
            Type.SIZE,
            0L,
            0,
            Long.MAX_VALUE,
            "largest incoming message in bytes where the application receives it in parts, after decompression; larger ones"
                    + " close with 1009; 0 for that of maxLength"),

    /** The most fragments in a message. */
    MAX_FRAGMENTS(
            "maxFragments",
            Type.SIZE,
            // Above the 65537 of a message of 4 MiB in frames of 64 bytes and an empty last one (Autobahn 9.3.1).
            131_072L,
            1,
            Integer.MAX_VALUE,
            "most frames in one incoming message, empty ones too, but where it is received in parts; more close with 1008"),

    /** The most bytes waiting to be sent. */
    MAX_BUFFERED_AMOUNT(
            "maxBufferedAmount",
            Type.SIZE,
            67_108_864L,
            1,
            Long.MAX_VALUE,
            "most outgoing bytes that may wait in one connection"),

    /** What happens beyond that. */
    OVERFLOW_POLICY(
            "overflowPolicy",
            Type.OVERFLOW_POLICY,
            OverflowPolicy.CLOSE,
            "what becomes of a message beyond maxBufferedAmount"),

    /** The most bytes received that may wait. */
    MAX_QUEUED_AMOUNT(
            "maxQueuedAmount",
            Type.SIZE,
            1_048_576L,
            1,
            Long.MAX_VALUE,
            "most incoming bytes that may wait for extensions, and as many for the executor, in one connection, 1024"
                    + " more for each message; beyond it reading pauses"),

    /** The most control frames in a second. */
    MAX_CONTROL_FRAMES_PER_SECOND(
            "maxControlFramesPerSecond",
            Type.SIZE,
            1000L,
            0,
            1_000_000,
            "most pings and pongs from one peer in a second; more close with 1008; 0 for any number"),

    /** The most messages in a second. */
    MAX_MESSAGES_PER_SECOND(
            "maxMessagesPerSecond",
            Type.SIZE,
            0L,
            0,
            1_000_000,
            "most messages from one peer in a second; beyond it reading pauses until they are due; 0 for any number"),

    /** The most bytes in a second. */
    MAX_BYTES_PER_SECOND(
            "maxBytesPerSecond",
            Type.SIZE,
            0L,
            0,
            1_000_000_000_000L,
            "most bytes from one peer in a second, inside TLS and before decompression; beyond it reading pauses until "
                    + "they are due; 0 for any number"),

    /** The interval of automatic pings. */
    PING("ping", Type.SECONDS, Duration.ZERO, 0, 86_400, "seconds between automatic pings, 0 for none"),

    /** How long a pong may take. */
    PING_TIMEOUT(
            "pingTimeout",
            Type.SECONDS,
            Duration.ZERO,
            0,
            86_400,
            "seconds in which a ping must be answered, else the connection ends with 1006; 0 for ever"),

    /** How long a connection may be idle. */
    IDLE_TIMEOUT(
            "idleTimeout",
            Type.SECONDS,
            Duration.ZERO,
            0,
            31_536_000,
            "seconds without any byte from the peer after which the connection is closed with 1001; 0 for ever"),

    /** How long a connection may last. */
    LIFETIME(
            "lifetime",
            Type.SECONDS,
            Duration.ZERO,
            0,
            31_536_000,
            "seconds after which a connection is closed with 1001, however busy it is; 0 for ever"),

    /** How long the peer may take to answer a close frame. */
    CLOSE_TIMEOUT(
            "closeTimeout",
            Type.SECONDS,
            Duration.ofSeconds(30),
            0.001,
            3_600,
            "seconds in which the peer must answer a close frame, else the connection ends with 1006"),

    /** How long an opening handshake may take. */
    HANDSHAKE_TIMEOUT(
            "handshakeTimeout",
            Type.SECONDS,
            Duration.ofSeconds(10),
            0.001,
            3_600,
            "seconds from the connection to the end of the opening handshake, TLS included; else 408"),

    /** The largest request head. */
    MAX_HEAD_LENGTH(
            "maxHeadLength",
            Type.SIZE,
            16_384L,
            256,
            1_048_576,
            "largest request head in bytes; larger ones are answered with 431, or 414 for the first line"),

    /** The most header fields. */
    MAX_HEADERS(
            "maxHeaders", Type.SIZE, 100L, 8, 10_000, "most header fields in a request; more are answered with 431"),

    /** The most connections. */
    MAX_CONNECTIONS(
            "maxConnections",
            Type.SIZE,
            100_000L,
            1,
            Integer.MAX_VALUE,
            "most connections of a server, in whatever state; more are reset when they are accepted"),

    /** The most connections of one address. */
    MAX_CONNECTIONS_PER_ADDRESS(
            "maxConnectionsPerAddress",
            Type.SIZE,
            0L,
            0,
            Integer.MAX_VALUE,
            "most connections from one IPv4 address or one /64 network of IPv6, trustedProxies and proxyProtocol apart; more are reset"
                    + " when they are accepted; 0 for any number"),

    /** From which pages browsers may connect. */
    ORIGINS(
            "origins",
            Type.ORIGIN_POLICY,
            OriginPolicy.sameHost(),
            "whose pages may connect: same-host, any, or a list of origins; else 403"),

    /** Whose forwarding headers are believed. */
    TRUSTED_PROXIES(
            "trustedProxies",
            Type.ADDRESSES,
            AddressRanges.NONE,
            "addresses or address/prefix ranges of proxies whose forwarding headers are believed"),

    /** Where listeners run. */
    EXECUTOR("executor", Type.EXECUTOR, null, "where handlers and listeners run; without one, on the event loop"),

    /** Who hears of exceptions in listeners and in onConnection. */
    UNCAUGHT_EXCEPTION_HANDLER(
            "uncaughtExceptionHandler",
            Type.UNCAUGHT_EXCEPTION_HANDLER,
            null,
            "receives what onConnection and listeners throw; without one, the log does"),

    /** Which fields the proxies set. */
    FORWARDED_HEADERS(
            "forwardedHeaders",
            Type.FORWARDED_HEADERS,
            ForwardedHeaders.X_FORWARDED,
            "which fields trustedProxies set; those of the other kind may come from the client, and are not believed"),

    /** Who begins connections with a PROXY protocol header. */
    PROXY_PROTOCOL(
            "proxyProtocol",
            Type.ADDRESSES,
            AddressRanges.NONE,
            "addresses or address/prefix ranges of proxies that begin each connection with a PROXY protocol header, "
                    + "version 1 or 2; if there are any, nobody else may connect");

    private static final Set<String> KEYS =
            Arrays.stream(values()).map(Option::key).collect(Collectors.toUnmodifiableSet());

    private final String key;
    private final Type type;
    private final Object defaultValue;
    private final double minimum;
    private final double maximum;
    private final String description;

    Option(String key, Type type, Object defaultValue, double minimum, double maximum, String description) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.minimum = minimum;
        this.maximum = maximum;
        this.description = description;
    }

    Option(String key, Type type, Object defaultValue, String description) {
        this(key, type, defaultValue, 0, 0, description);
    }

    /**
     * The key in the map form, in configurations and service properties.
     *
     * @return {@code maxLength}, for instance
     */
    public String key() {
        return key;
    }

    /**
     * The type of the values.
     *
     * @return never null
     */
    public Type type() {
        return type;
    }

    /**
     * The value that holds where none is set, in the type that {@link Options#get} returns.
     *
     * @return null for none
     */
    public Object defaultValue() {
        return defaultValue;
    }

    /**
     * The smallest value of an option of type SIZE (bytes or a number) or SECONDS.
     *
     * @return meaningless for other types
     */
    public double minimum() {
        return minimum;
    }

    /**
     * The largest value of an option of type SIZE (bytes or a number) or SECONDS.
     *
     * @return meaningless for other types
     */
    public double maximum() {
        return maximum;
    }

    /**
     * The values of an option of type SIZE or SECONDS in one phrase.
     *
     * @return {@code 1 to 1000}, for instance; empty for other types
     */
    public String range() {
        return OptionValues.range(this);
    }

    /**
     * What the option does, with its unit.
     *
     * @return one line
     */
    public String description() {
        return description;
    }

    /**
     * The keys of all options.
     *
     * @return an immutable set
     */
    public static Set<String> keys() {
        return KEYS;
    }

    /**
     * The option of a key.
     *
     * @param key any text
     * @return the option, or empty if there is none
     */
    public static Optional<Option> of(String key) {
        return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
    }

    /** The types of values. The map form takes what is written behind each. */
    public enum Type {
        /** A {@code long}: any {@code Number} without fraction, or its digits. */
        SIZE("a whole number"),
        /** A {@code Duration} of at least a millisecond, or 0: also a {@code Number} of seconds, or its digits. */
        SECONDS("a Duration or a number of seconds"),
        /** {@link Headers}: also a map, whose values may be collections, or lines of {@code name: value}. */
        HEADERS("headers, a map, or lines of name: value"),
        /** Extensions: one, or a collection. */
        EXTENSIONS("an Extension or a list of them"),
        /** An {@link OverflowPolicy}: also its name. */
        OVERFLOW_POLICY("CLOSE, DROP_NEWEST or REFUSE"),
        /** An {@link OriginPolicy}: also {@code same-host}, {@code any}, or origins separated by commas. */
        ORIGIN_POLICY("an OriginPolicy, same-host, any, or a list of origins"),
        /** Address ranges: texts in a collection, in an array, or separated by commas. */
        ADDRESSES("a list of addresses or address/prefix ranges"),
        /** {@link ForwardedHeaders}: also their name. */
        FORWARDED_HEADERS("X_FORWARDED or FORWARDED"),
        /** A {@link java.util.concurrent.Executor}. */
        EXECUTOR("an Executor"),
        /** A {@link UncaughtExceptionHandler}. */
        UNCAUGHT_EXCEPTION_HANDLER("an UncaughtExceptionHandler");

        private final String allowed;

        Type(String allowed) {
            this.allowed = allowed;
        }

        /**
         * What the map form allows.
         *
         * @return a phrase for messages and tables
         */
        public String allowed() {
            return allowed;
        }
    }
}
