package io.jackfield.server.osgi;

import io.jackfield.api.Handler;
import io.jackfield.api.Option;
import io.jackfield.api.Options;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a configuration says of a server. The same keys hold for framework properties, system properties and Config Admin:
 *
 * <ul>
 *   <li>{@value #PORT}: the port; 0 lets the system choose, -1 starts no server. 8080 unless set
 *   <li>{@value #HOST}: the address to listen on
 *   <li>{@value #LOOPS}: the number of event loops
 *   <li>{@value KeyStoreFile#PATH}: the key store of a server that speaks TLS, with {@value KeyStoreFile#PASSWORD} and
 *       {@value KeyStoreFile#TYPE}
 *   <li>{@value Handler#OPTION_PREFIX} and the key of an {@link Option}: that option
 * </ul>
 *
 * @param host the address to listen on, or null for the server's default
 * @param port 0 to 65535, or -1 for no server
 * @param loops the number of event loops, or 0 for the server's default
 * @param keyStore the key store for TLS, or null for a server without
 * @param options the options of the server
 * @param properties what target filters see, passwords left out
 */
record ServerConfiguration(
        String host, int port, int loops, KeyStoreFile keyStore, Options options, Map<String, Object> properties) {

    static final String PREFIX = "jackfield.";
    static final String PORT = PREFIX + "port";
    static final String HOST = PREFIX + "host";
    static final String LOOPS = PREFIX + "loops";

    /** Whether the server speaks TLS: set for target filters, not read. */
    static final String SECURE = PREFIX + "secure";

    private static final int DEFAULT_PORT = 8080;
    private static final int NO_SERVER = -1;
    private static final int MAX_LOOPS = 1024;
    private static final Set<String> KEYS =
            Set.of(PORT, HOST, LOOPS, KeyStoreFile.PATH, KeyStoreFile.PASSWORD, KeyStoreFile.TYPE);

    /**
     * Reads a configuration.
     *
     * @param source gives the value of a key, or null
     * @return what it says
     * @throws InvalidPropertyException for the first value that cannot be used
     */
    static ServerConfiguration read(Function<String, ?> source) {
        return read(source, Map.of());
    }

    /**
     * Reads a configuration that was given as a whole.
     *
     * @param defaults gives the value of a key that the configuration does not have, or null
     * @param given the configuration; keys without our prefix are only shown to target filters
     * @return what it says
     * @throws InvalidPropertyException for the first value that cannot be used, and for a key that means nothing
     */
    static ServerConfiguration read(Function<String, ?> defaults, Map<String, ?> given) {
        given.keySet().forEach(ServerConfiguration::requireKnown);
        Function<String, Object> source = key -> {
            Object value = given.get(key);
            return value == null ? defaults.apply(key) : value;
        };
        String host = text(source, HOST);
        int port = number(source, PORT, NO_SERVER, 65_535, DEFAULT_PORT);
        int loops = number(source, LOOPS, 1, MAX_LOOPS, 0);
        KeyStoreFile keyStore = KeyStoreFile.read(source);

        Map<String, Object> properties = new TreeMap<>();
        given.forEach((key, value) -> properties.put(key, value instanceof Object[] array ? List.of(array) : value));
        Options options = options(source, properties);
        properties.put(PORT, port);
        properties.put(LOOPS, loops);
        properties.put(SECURE, keyStore != null);
        if (host != null) {
            properties.put(HOST, host);
        }
        properties.remove(KeyStoreFile.PASSWORD);
        return new ServerConfiguration(host, port, loops, keyStore, options, properties);
    }

    /** Whether another says the same. Options are compared as they were written: not all that they become can be. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ServerConfiguration configuration
                && properties.equals(configuration.properties)
                && Objects.equals(keyStore, configuration.keyStore);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    /** Whether there is to be a server at all. */
    boolean isEnabled() {
        return port != NO_SERVER;
    }

    /** Where the server is to listen, for messages. */
    String address() {
        return (host == null ? "port " : host + ":") + port;
    }

    /** Whether another configuration listens on the same address, so that both cannot run at once. */
    boolean listensWhere(ServerConfiguration other) {
        return port != 0 && port == other.port;
    }

    /** The text of a property, or null if it is not set or blank. */
    static String text(Function<String, ?> source, String key) {
        Object value = source.apply(key);
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().strip();
    }

    private static int number(Function<String, ?> source, String key, int minimum, int maximum, int defaultValue) {
        String text = text(source, key);
        if (text == null) {
            return defaultValue;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers out of range.
        }
        throw new InvalidPropertyException(
                key, "'%s' is not a whole number from %d to %d".formatted(text, minimum, maximum));
    }

    /** The options; what was written of them goes to the properties. */
    private static Options options(Function<String, ?> source, Map<String, Object> properties) {
        Options.Builder options = Options.builder();
        for (Option option : Option.values()) {
            String key = Handler.OPTION_PREFIX + option.key();
            Object value = source.apply(key);
            if (value != null) {
                properties.putIfAbsent(key, value);
            }
            try {
                options.set(option, value);
            } catch (IllegalArgumentException e) {
                throw new InvalidPropertyException(key, e.getMessage());
            }
        }
        return options.build();
    }

    private static void requireKnown(String key) {
        boolean option = key.startsWith(Handler.OPTION_PREFIX)
                && Option.keys().contains(key.substring(Handler.OPTION_PREFIX.length()));
        if (key.startsWith(PREFIX) && !option && !KEYS.contains(key)) {
            throw new InvalidPropertyException(key, "there is no such property");
        }
    }
}
