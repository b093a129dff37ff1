package io.jackfield.api;

import io.jackfield.api.extension.Extension;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Limits, times and policies of a server, of an endpoint, or of one connection that was handed over. Immutable.
 *
 * <p>Made by a {@link #builder()}, or from the map form in which configurations come. {@link Option} lists every key
 * with its default and range.
 */
public final class Options {

    private static final Options DEFAULTS = new Options(new EnumMap<>(Option.class));

    private final Map<Option, Object> values;
    private final List<Extension> extensions;

    private Options(EnumMap<Option, Object> values) {
        this.values = Collections.unmodifiableMap(values);
        extensions = ((List<?>) get(Option.EXTENSIONS))
                .stream().map(Extension.class::cast).toList();
    }

    /**
     * The options where nothing is set.
     *
     * @return always the same
     */
    public static Options defaults() {
        return DEFAULTS;
    }

    /**
     * Begins with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder(new EnumMap<>(Option.class));
    }

    /**
     * Options from their map form. Numbers and names may be given as text; null values and a {@code maxLength} of 0
     * mean the default.
     *
     * @param map values by key, or null for the defaults
     * @return new options
     * @throws IllegalArgumentException {@code Unrecognized option: <key>} for a key that is none, else naming key,
     *     value and what is allowed
     */
    public static Options of(Map<String, ?> map) {
        return DEFAULTS.with(map);
    }

    /**
     * These options with some replaced, given in map form.
     *
     * @param map values by key, or null to replace none; a null value restores the default
     * @return new options
     * @throws IllegalArgumentException as {@link #of(Map)}
     */
    public Options with(Map<String, ?> map) {
        if (map == null) {
            return this;
        }
        WebSocket.validateOptions(map, Option.keys());
        Builder builder = toBuilder();
        map.forEach((key, value) -> builder.set(Option.of(key).orElseThrow(), value));
        return builder.build();
    }

    /**
     * These options, but those that others set as they set them.
     *
     * @param others what they set goes before
     * @return new options
     */
    public Options overriddenBy(Options others) {
        EnumMap<Option, Object> both = new EnumMap<>(Option.class);
        both.putAll(values);
        both.putAll(others.values);
        return new Options(both);
    }

    /**
     * A builder that begins with these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        EnumMap<Option, Object> copy = new EnumMap<>(Option.class);
        copy.putAll(values);
        return new Builder(copy);
    }

    /**
     * The value of an option.
     *
     * @param option any option
     * @return its value or default; null for none
     */
    public Object get(Option option) {
        return values.getOrDefault(option, option.defaultValue());
    }

    /**
     * Whether an option was set.
     *
     * @param option any option
     * @return false if the default holds
     */
    public boolean isSet(Option option) {
        return values.containsKey(option);
    }

    /**
     * The header fields for the 101 response.
     *
     * @return {@link Option#HEADERS}
     */
    public Headers headers() {
        return (Headers) get(Option.HEADERS);
    }

    /**
     * The extensions given here.
     *
     * @return {@link Option#EXTENSIONS}, immutable
     */
    public List<Extension> extensions() {
        return extensions;
    }

    /**
     * The largest incoming message in bytes.
     *
     * @return {@link Option#MAX_LENGTH}
     */
    public long maxLength() {
        return (Long) get(Option.MAX_LENGTH);
    }

    /**
     * The largest incoming message in bytes where the application receives it in parts.
     *
     * @return {@link Option#MAX_STREAMED_LENGTH}, or where that is 0, {@link #maxLength()}
     */
    public long maxStreamedLength() {
        long set = (Long) get(Option.MAX_STREAMED_LENGTH);
        return set == 0 ? maxLength() : set;
    }

    /**
     * The most frames in one incoming message that is received whole.
     *
     * @return {@link Option#MAX_FRAGMENTS}
     */
    public int maxFragments() {
        return ((Long) get(Option.MAX_FRAGMENTS)).intValue();
    }

    /**
     * The most outgoing bytes that may wait.
     *
     * @return {@link Option#MAX_BUFFERED_AMOUNT}
     */
    public long maxBufferedAmount() {
        return (Long) get(Option.MAX_BUFFERED_AMOUNT);
    }

    /**
     * What becomes of messages beyond that.
     *
     * @return {@link Option#OVERFLOW_POLICY}
     */
    public OverflowPolicy overflowPolicy() {
        return (OverflowPolicy) get(Option.OVERFLOW_POLICY);
    }

    /**
     * The most bytes received that may wait for extensions, and as many for the executor.
     *
     * @return {@link Option#MAX_QUEUED_AMOUNT}
     */
    public long maxQueuedAmount() {
        return (Long) get(Option.MAX_QUEUED_AMOUNT);
    }

    /**
     * The most pings and pongs in a second.
     *
     * @return {@link Option#MAX_CONTROL_FRAMES_PER_SECOND}; 0 for any number
     */
    public int maxControlFramesPerSecond() {
        return ((Long) get(Option.MAX_CONTROL_FRAMES_PER_SECOND)).intValue();
    }

    /**
     * The most messages in a second.
     *
     * @return {@link Option#MAX_MESSAGES_PER_SECOND}; 0 for any number
     */
    public int maxMessagesPerSecond() {
        return ((Long) get(Option.MAX_MESSAGES_PER_SECOND)).intValue();
    }

    /**
     * The most bytes in a second.
     *
     * @return {@link Option#MAX_BYTES_PER_SECOND}; 0 for any number
     */
    public long maxBytesPerSecond() {
        return (Long) get(Option.MAX_BYTES_PER_SECOND);
    }

    /**
     * The interval of automatic pings.
     *
     * @return {@link Option#PING}; zero for none
     */
    public Duration ping() {
        return (Duration) get(Option.PING);
    }

    /**
     * How long a pong may take.
     *
     * @return {@link Option#PING_TIMEOUT}; zero for ever
     */
    public Duration pingTimeout() {
        return (Duration) get(Option.PING_TIMEOUT);
    }

    /**
     * How long a connection may be idle.
     *
     * @return {@link Option#IDLE_TIMEOUT}; zero for ever
     */
    public Duration idleTimeout() {
        return (Duration) get(Option.IDLE_TIMEOUT);
    }

    /**
     * How long a connection may last.
     *
     * @return {@link Option#LIFETIME}; zero for ever
     */
    public Duration lifetime() {
        return (Duration) get(Option.LIFETIME);
    }

    /**
     * How long the peer may take to answer a close frame.
     *
     * @return {@link Option#CLOSE_TIMEOUT}
     */
    public Duration closeTimeout() {
        return (Duration) get(Option.CLOSE_TIMEOUT);
    }

    /**
     * How long an opening handshake may take.
     *
     * @return {@link Option#HANDSHAKE_TIMEOUT}
     */
    public Duration handshakeTimeout() {
        return (Duration) get(Option.HANDSHAKE_TIMEOUT);
    }

    /**
     * The largest request head in bytes.
     *
     * @return {@link Option#MAX_HEAD_LENGTH}
     */
    public int maxHeadLength() {
        return ((Long) get(Option.MAX_HEAD_LENGTH)).intValue();
    }

    /**
     * The most header fields in a request.
     *
     * @return {@link Option#MAX_HEADERS}
     */
    public int maxHeaders() {
        return ((Long) get(Option.MAX_HEADERS)).intValue();
    }

    /**
     * The most connections of a server.
     *
     * @return {@link Option#MAX_CONNECTIONS}
     */
    public int maxConnections() {
        return ((Long) get(Option.MAX_CONNECTIONS)).intValue();
    }

    /**
     * The most connections of one address.
     *
     * @return {@link Option#MAX_CONNECTIONS_PER_ADDRESS}; 0 for any number
     */
    public int maxConnectionsPerAddress() {
        return ((Long) get(Option.MAX_CONNECTIONS_PER_ADDRESS)).intValue();
    }

    /**
     * From which pages browsers may connect.
     *
     * @return {@link Option#ORIGINS}
     */
    public OriginPolicy origins() {
        return (OriginPolicy) get(Option.ORIGINS);
    }

    /**
     * Whether forwarding headers of an address are believed.
     *
     * @param address the address of the network connection's peer, not null
     * @return true if {@link Option#TRUSTED_PROXIES} contain it
     */
    public boolean trustsProxy(InetAddress address) {
        return ((AddressRanges) get(Option.TRUSTED_PROXIES)).contains(address);
    }

    /**
     * Which header fields proxies use to tell of the client.
     *
     * @return {@link Option#FORWARDED_HEADERS}
     */
    public ForwardedHeaders forwardedHeaders() {
        return (ForwardedHeaders) get(Option.FORWARDED_HEADERS);
    }

    /**
     * Whether each connection must begin with a PROXY protocol header.
     *
     * @return true if {@link Option#PROXY_PROTOCOL} has addresses
     */
    public boolean usesProxyProtocol() {
        return !((AddressRanges) get(Option.PROXY_PROTOCOL)).ranges().isEmpty();
    }

    /**
     * Whether somebody may connect and say by the PROXY protocol for whom.
     *
     * @param address the address of the network connection's peer, not null
     * @return true if {@link Option#PROXY_PROTOCOL} contains it
     */
    public boolean allowsProxyProtocol(InetAddress address) {
        return ((AddressRanges) get(Option.PROXY_PROTOCOL)).contains(address);
    }

    /**
     * Where handlers and listeners run.
     *
     * @return {@link Option#EXECUTOR}, or empty for the event loop
     */
    public Optional<Executor> executor() {
        return Optional.ofNullable((Executor) get(Option.EXECUTOR));
    }

    /**
     * Who hears of what listeners throw.
     *
     * @return {@link Option#UNCAUGHT_EXCEPTION_HANDLER}, or empty for the log
     */
    public Optional<UncaughtExceptionHandler> uncaughtExceptionHandler() {
        return Optional.ofNullable((UncaughtExceptionHandler) get(Option.UNCAUGHT_EXCEPTION_HANDLER));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options options && values.equals(options.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** What was set, by key; of header fields the names alone. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().key() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /**
     * Makes options. Each setter checks its value at once: null is a {@link NullPointerException}, a value that does
     * not fit an {@link IllegalArgumentException} that names key, value and what is allowed. Not thread-safe.
     */
    public static final class Builder {

        private final EnumMap<Option, Object> values;

        private Builder(EnumMap<Option, Object> values) {
            this.values = values;
        }

        /**
         * Sets any option, in any form that the map form allows.
         *
         * @param option the option
         * @param value its value, or null to restore the default
         * @return this
         * @throws IllegalArgumentException naming key, value and what is allowed
         */
        public Builder set(Option option, Object value) {
            Object converted = OptionValues.convert(option, value);
            if (converted == null) {
                values.remove(option);
            } else {
                values.put(option, converted);
            }
            return this;
        }

        /**
         * Sets the header fields for the 101 response.
         *
         * @param headers fields that the handshake does not own
         * @return this
         */
        public Builder headers(Headers headers) {
            return set(Option.HEADERS, Objects.requireNonNull(headers, "headers"));
        }

        /**
         * Sets the extensions, in their order.
         *
         * @param extensions with names that differ
         * @return this
         */
        public Builder extensions(Extension... extensions) {
            return set(Option.EXTENSIONS, List.of(extensions));
        }

        /**
         * Sets the extensions, in their order.
         *
         * @param extensions with names that differ
         * @return this
         */
        public Builder extensions(Collection<? extends Extension> extensions) {
            return set(Option.EXTENSIONS, Objects.requireNonNull(extensions, "extensions"));
        }

        /**
         * Sets the largest incoming message.
         *
         * @param bytes 1 to 2147483639, or 0 for the default
         * @return this
         */
        public Builder maxLength(long bytes) {
            return set(Option.MAX_LENGTH, bytes);
        }

        /**
         * Sets the largest incoming message where the application receives it in parts.
         *
         * @param bytes at least 0; 0 for that of {@link #maxLength}, {@code Long.MAX_VALUE} for any
         * @return this
         */
        public Builder maxStreamedLength(long bytes) {
            return set(Option.MAX_STREAMED_LENGTH, bytes);
        }

        /**
         * Sets the most frames in one incoming message that is received whole.
         *
         * @param frames at least 1
         * @return this
         */
        public Builder maxFragments(int frames) {
            return set(Option.MAX_FRAGMENTS, frames);
        }

        /**
         * Sets the most outgoing bytes that may wait.
         *
         * @param bytes at least 1
         * @return this
         */
        public Builder maxBufferedAmount(long bytes) {
            return set(Option.MAX_BUFFERED_AMOUNT, bytes);
        }

        /**
         * Sets what becomes of messages beyond that.
         *
         * @param policy the policy
         * @return this
         */
        public Builder overflowPolicy(OverflowPolicy policy) {
            return set(Option.OVERFLOW_POLICY, Objects.requireNonNull(policy, "policy"));
        }

        /**
         * Sets the most bytes received that may wait for extensions, and as many for the executor.
         *
         * @param bytes at least 1
         * @return this
         */
        public Builder maxQueuedAmount(long bytes) {
            return set(Option.MAX_QUEUED_AMOUNT, bytes);
        }

        /**
         * Sets the most pings and pongs in a second.
         *
         * @param frames 1 to 1000000, or 0 for any number
         * @return this
         */
        public Builder maxControlFramesPerSecond(int frames) {
            return set(Option.MAX_CONTROL_FRAMES_PER_SECOND, frames);
        }

        /**
         * Sets the most messages in a second.
         *
         * @param messages 1 to 1000000, or 0 for any number
         * @return this
         */
        public Builder maxMessagesPerSecond(int messages) {
            return set(Option.MAX_MESSAGES_PER_SECOND, messages);
        }

        /**
         * Sets the most bytes in a second.
         *
         * @param bytes 1 to 1000000000000, or 0 for any number
         * @return this
         */
        public Builder maxBytesPerSecond(long bytes) {
            return set(Option.MAX_BYTES_PER_SECOND, bytes);
        }

        /**
         * Sets the interval of automatic pings.
         *
         * @param interval a millisecond to a day, or zero for none
         * @return this
         */
        public Builder ping(Duration interval) {
            return set(Option.PING, Objects.requireNonNull(interval, "interval"));
        }

        /**
         * Sets how long a pong may take.
         *
         * @param timeout a millisecond to a day, or zero for ever
         * @return this
         */
        public Builder pingTimeout(Duration timeout) {
            return set(Option.PING_TIMEOUT, Objects.requireNonNull(timeout, "timeout"));
        }

        /**
         * Sets how long a connection may be idle.
         *
         * @param timeout a millisecond to a year, or zero for ever
         * @return this
         */
        public Builder idleTimeout(Duration timeout) {
            return set(Option.IDLE_TIMEOUT, Objects.requireNonNull(timeout, "timeout"));
        }

        /**
         * Sets how long a connection may last.
         *
         * @param timeout a millisecond to a year, or zero for ever
         * @return this
         */
        public Builder lifetime(Duration timeout) {
            return set(Option.LIFETIME, Objects.requireNonNull(timeout, "timeout"));
        }

        /**
         * Sets how long the peer may take to answer a close frame.
         *
         * @param timeout a millisecond to an hour
         * @return this
         */
        public Builder closeTimeout(Duration timeout) {
            return set(Option.CLOSE_TIMEOUT, Objects.requireNonNull(timeout, "timeout"));
        }

        /**
         * Sets how long an opening handshake may take.
         *
         * @param timeout a millisecond to an hour
         * @return this
         */
        public Builder handshakeTimeout(Duration timeout) {
            return set(Option.HANDSHAKE_TIMEOUT, Objects.requireNonNull(timeout, "timeout"));
        }

        /**
         * Sets the largest request head.
         *
         * @param bytes 256 to 1048576
         * @return this
         */
        public Builder maxHeadLength(int bytes) {
            return set(Option.MAX_HEAD_LENGTH, bytes);
        }

        /**
         * Sets the most header fields in a request.
         *
         * @param fields 8 to 10000
         * @return this
         */
        public Builder maxHeaders(int fields) {
            return set(Option.MAX_HEADERS, fields);
        }

        /**
         * Sets the most connections of a server.
         *
         * @param connections at least 1
         * @return this
         */
        public Builder maxConnections(int connections) {
            return set(Option.MAX_CONNECTIONS, connections);
        }

        /**
         * Sets the most connections of one address.
         *
         * @param connections at least 1, or 0 for any number
         * @return this
         */
        public Builder maxConnectionsPerAddress(int connections) {
            return set(Option.MAX_CONNECTIONS_PER_ADDRESS, connections);
        }

        /**
         * Sets from which pages browsers may connect.
         *
         * @param policy the policy
         * @return this
         */
        public Builder origins(OriginPolicy policy) {
            return set(Option.ORIGINS, Objects.requireNonNull(policy, "policy"));
        }

        /**
         * Sets whose forwarding headers are believed.
         *
         * @param addresses addresses or address/prefix ranges
         * @return this
         */
        public Builder trustedProxies(String... addresses) {
            return set(Option.TRUSTED_PROXIES, List.of(addresses));
        }

        /**
         * Sets which header fields the trusted proxies use to tell of the client.
         *
         * @param kind the kind; fields of the other are not believed
         * @return this
         */
        public Builder forwardedHeaders(ForwardedHeaders kind) {
            return set(Option.FORWARDED_HEADERS, Objects.requireNonNull(kind, "kind"));
        }

        /**
         * Sets who begins each connection with a PROXY protocol header. If there is anybody, nobody else may connect.
         *
         * @param addresses addresses or address/prefix ranges
         * @return this
         */
        public Builder proxyProtocol(String... addresses) {
            return set(Option.PROXY_PROTOCOL, List.of(addresses));
        }

        /**
         * Sets where handlers and listeners run.
         *
         * @param executor may run tasks of different connections at once; it is not shut down by the server
         * @return this
         */
        public Builder executor(Executor executor) {
            return set(Option.EXECUTOR, Objects.requireNonNull(executor, "executor"));
        }

        /**
         * Sets who hears of what listeners throw.
         *
         * @param handler the handler
         * @return this
         */
        public Builder uncaughtExceptionHandler(UncaughtExceptionHandler handler) {
            return set(Option.UNCAUGHT_EXCEPTION_HANDLER, Objects.requireNonNull(handler, "handler"));
        }

        /**
         * Makes the options.
         *
         * @return new options
         */
        public Options build() {
            return new Options(new EnumMap<>(values));
        }
    }
}
