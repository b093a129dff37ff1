package io.jackfield.server.osgi;

import io.jackfield.api.Handler;
import io.jackfield.api.Option;
import io.jackfield.api.Options;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a configuration says of a server: each {@link ServerProperty}, and each {@link Option} under
 * {@value Handler#OPTION_PREFIX} and its key.
 *
 * @param socket where and how it listens
 * @param tls how it speaks TLS, or null if it does not
 * @param options the options of the server
 * @param properties what target filters see, passwords left out
 */
record ServerConfiguration(Socket socket, TlsConfiguration tls, Options options, Map<String, Object> properties) {

    /** Whether the server speaks TLS: set for target filters, not read. */
    static final String SECURE = ServerProperty.PREFIX + "secure";

    private static final int NO_SERVER = -1;

    /**
     * What cannot be changed while a server runs.
     *
     * @param host the address to listen on
     * @param port 0 to 65535, or -1 for no server
     * @param loops the number of event loops, or 0 for the server's default
     * @param backlog how many connections may wait
     */
    record Socket(String host, int port, int loops, int backlog) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * Reads the framework's properties.
     *
     * @param source gives the value of a key, or null
     * @return what it says
     * @throws InvalidPropertyException for the first value that cannot be used
     */
    static ServerConfiguration read(Function<String, ?> source) {
        return read(source, Map.of());
    }

    /**
     * Reads a configuration that the framework's properties complete.
     *
     * @param defaults gives the value of a key that the configuration does not have, or null
     * @param given the configuration; keys without our prefix are only shown to target filters
     * @return what it says
     * @throws InvalidPropertyException for the first value that cannot be used, and for a key that means nothing
     */
    static ServerConfiguration read(Function<String, ?> defaults, Map<String, ?> given) {
        return read("default", defaults, given);
    }

    /**
     * Reads a configuration that stands alone.
     *
     * @param name what the server is called unless the configuration names it
     * @param given the configuration; keys without our prefix are only shown to target filters
     * @return what it says
     * @throws InvalidPropertyException for the first value that cannot be used, and for a key that means nothing
     */
    static ServerConfiguration readNamed(String name, Map<String, ?> given) {
        return read(name, key -> null, given);
    }

    private static ServerConfiguration read(String defaultName, Function<String, ?> defaults, Map<String, ?> given) {
        given.keySet().forEach(ServerConfiguration::requireKnown);
        Function<String, Object> source = key -> {
            Object value = given.get(key);
            return value == null ? defaults.apply(key) : value;
        };
        Socket socket = new Socket(
                ServerProperty.HOST.text(source),
                ServerProperty.PORT.number(source),
                ServerProperty.LOOPS.number(source),
                ServerProperty.BACKLOG.number(source));
        TlsConfiguration tls = TlsConfiguration.read(source);

        Map<String, Object> properties = new TreeMap<>();
        given.forEach((key, value) -> properties.put(key, value instanceof Object[] array ? List.of(array) : value));
        Options options = options(source, properties);
        String name = ServerProperty.NAME.text(source);
        properties.put(ServerProperty.NAME.key(), name.isEmpty() ? defaultName : name);
        properties.put(ServerProperty.HOST.key(), socket.host());
        properties.put(ServerProperty.PORT.key(), socket.port());
        properties.put(ServerProperty.LOOPS.key(), socket.loops());
        properties.put(ServerProperty.BACKLOG.key(), socket.backlog());
        properties.put(SECURE, tls != null);
        Stream.of(ServerProperty.values())
                .filter(property -> property.type() == ServerProperty.Type.PASSWORD)
                .forEach(password -> properties.remove(password.key()));
        return new ServerConfiguration(socket, tls, options, properties);
    }

    /** Whether another says the same. Options are compared as they were written: not all that they become can be. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ServerConfiguration configuration
                && properties.equals(configuration.properties)
                && Objects.equals(tls, configuration.tls);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    /** What target filters and messages call the server. */
    String name() {
        return properties.get(ServerProperty.NAME.key()).toString();
    }

    /** Whether there is to be a server at all. */
    boolean isEnabled() {
        return socket.port() != NO_SERVER;
    }

    /** Whether another configuration listens on the same port, so that both cannot run at once. */
    boolean listensWhere(ServerConfiguration other) {
        return socket.port() > 0 && socket.port() == other.socket.port();
    }

    /** The options; what was written of them goes to the properties. */
    private static Options options(Function<String, ?> source, Map<String, Object> properties) {
        Options.Builder options = Options.builder();
        for (Option option : Option.values()) {
            String key = Handler.OPTION_PREFIX + option.key();
            Object value = source.apply(key);
            if (ServerProperty.isBlank(value)) {
                continue;
            }
            properties.putIfAbsent(key, value);
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
        if (key.startsWith(ServerProperty.PREFIX)
                && !option
                && ServerProperty.of(key).isEmpty()) {
            throw new InvalidPropertyException(key, "there is no such property");
        }
    }
}
