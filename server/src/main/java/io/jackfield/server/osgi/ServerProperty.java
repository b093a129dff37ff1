package io.jackfield.server.osgi;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a configuration may say of a server besides its options: key, default, range and meaning. The same keys hold for
 * framework properties, system properties and Config Admin.
 */
enum ServerProperty {
    NAME(
            "name",
            Type.TEXT,
            "",
            "what target filters and commands call the server; if empty, default for the server of "
                    + "the singleton configuration, else the name of the factory configuration"),

    HOST("host", Type.TEXT, "0.0.0.0", "the address or host name to listen on; 0.0.0.0 for all addresses"),

    PORT("port", 8080, -1, 65_535, "the port to listen on; 0 for any free one, -1 for no server"),

    LOOPS("loops", 0, 0, 1024, "the number of event loops, each a thread; 0 for one a processor"),

    BACKLOG("backlog", 1024, 1, 65_535, "how many connections may wait to be accepted; the system may allow fewer"),

    TLS_KEYSTORE("tls.keystore", Type.TEXT, "", "path of a key store, PKCS #12 or JKS; the server then speaks TLS"),

    TLS_PASSWORD("tls.password", Type.PASSWORD, "", "opens the key store and its keys"),

    TLS_CERTIFICATE(
            "tls.certificate",
            Type.TEXT,
            "",
            "in place of a key store path of a certificate in PEM form, with those that lead to its issuer behind it"),

    TLS_KEY("tls.key", Type.TEXT, "", "path of the certificate's private key in PEM form (PKCS #8, not encrypted)"),

    TLS_NAME(
            "tls.name",
            Type.TEXT,
            "",
            "in place of a key store the name of an SSLContext: a service of type javax.net.ssl.SSLContext with this "
                    + "value in its property jackfield.tls.name; the server listens while it is there"),

    TLS_TRUST(
            "tls.trust",
            Type.TEXT,
            "",
            "path of a key store, or of certificates in PEM form, that a client's certificate must lead to"),

    TLS_TRUST_PASSWORD("tls.trustPassword", Type.PASSWORD, "", "opens the key store of trusted certificates"),

    TLS_CLIENT_AUTHENTICATION(
            "tls.clientAuthentication",
            Type.TEXT,
            "NONE",
            "whether clients are asked for a certificate: NONE, WANT or NEED"),

    TLS_PROTOCOLS(
            "tls.protocols", Type.TEXT, "", "versions such as TLSv1.3, separated by commas; empty for 1.3 and 1.2"),

    TLS_CIPHERS(
            "tls.ciphers",
            Type.TEXT,
            "",
            "cipher suites by their names in the JDK, separated by commas; empty for those with forward secrecy"),

    TLS_LOOK_EVERY(
            "tls.lookEvery",
            60,
            0,
            86_400,
            "seconds between two looks whether the files of keys and certificates have changed, to read them again; 0 "
                    + "for never");

    /** What all keys begin with. */
    static final String PREFIX = "jackfield.";

    /** What the keys of all that concerns TLS begin with. */
    static final String TLS_PREFIX = PREFIX + "tls.";

    /** How a value is written and shown. */
    enum Type {
        TEXT,
        NUMBER,
        /** A text that is not shown. */
        PASSWORD
    }

    private final String key;
    private final Type type;
    private final String defaultValue;
    private final int minimum;
    private final int maximum;
    private final String description;

    ServerProperty(String key, Type type, String defaultValue, int minimum, int maximum, String description) {
        this.key = PREFIX + key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.minimum = minimum;
        this.maximum = maximum;
        this.description = description;
    }

    ServerProperty(String key, Type type, String defaultValue, String description) {
        this(key, type, defaultValue, 0, 0, description);
    }

    ServerProperty(String key, int defaultValue, int minimum, int maximum, String description) {
        this(key, Type.NUMBER, Integer.toString(defaultValue), minimum, maximum, description);
    }

    /** The key, prefix included. */
    String key() {
        return key;
    }

    Type type() {
        return type;
    }

    /** What holds where nothing is set; empty for none. */
    String defaultValue() {
        return defaultValue;
    }

    /** The smallest number; meaningless for texts. */
    int minimum() {
        return minimum;
    }

    /** The largest number; meaningless for texts. */
    int maximum() {
        return maximum;
    }

    /** One line. */
    String description() {
        return description;
    }

    static Optional<ServerProperty> of(String key) {
        return Arrays.stream(values())
                .filter(property -> property.key.equals(key))
                .findFirst();
    }

    /** The text that a configuration has for this, else the default; never null, without blanks around it. */
    String text(Function<String, ?> source) {
        Object value = source.apply(key);
        if (isBlank(value)) {
            return defaultValue;
        }
        // A password may begin or end with a blank.
        return type == Type.PASSWORD ? value.toString() : value.toString().strip();
    }

    /**
     * The number that a configuration has for this, else the default.
     *
     * @throws InvalidPropertyException if it has something else, or one that is out of range
     */
    int number(Function<String, ?> source) {
        String text = text(source);
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

    /** Whether a value says nothing: a form that is saved has an empty text for each field that was left empty. */
    static boolean isBlank(Object value) {
        return value == null || value.toString().isBlank();
    }
}
