package io.jackfield.dist;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The options of the command line.
 *
 * @param port the port; 0 lets the system choose
 * @param host the address to listen on
 * @param loops the number of event loops, or null for the server's default
 * @param deflate whether the permessage-deflate bundle is installed
 * @param maxLength the largest message in bytes, or null for the server's default
 * @param handshakeTimeout seconds for an opening handshake, or null for the server's default
 * @param keyStore a PKCS12 file for TLS, or null for none
 * @param keyStorePassword opens the key store and its keys
 * @param help whether to print the usage and do nothing else
 */
record LaunchOptions(
        int port,
        String host,
        Integer loops,
        boolean deflate,
        Long maxLength,
        BigDecimal handshakeTimeout,
        Path keyStore,
        String keyStorePassword,
        boolean help) {

    static final String TLS_PASSWORD_VARIABLE = "JACKFIELD_TLS_PASSWORD";

    static final String USAGE = """
            Usage: java -jar jackfield-dist.jar [options]

              --port N                     port to listen on, 0 for any that is free (8080)
              --host ADDRESS               address to listen on (127.0.0.1); 0.0.0.0 for all
              --loops N                    event loops (the server's choice)
              --deflate true|false         offer permessage-deflate (true)
              --max-length BYTES           largest message (67108863)
              --handshake-timeout SECONDS  time for an opening handshake (10)
              --tls KEYSTORE               speak TLS with the key of a PKCS12 file
              --tls-password PASSWORD      its password (environment variable JACKFIELD_TLS_PASSWORD)
              --help                       print this
            """;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_LOOPS = 1024;
    /** The largest array that every JDK can make. */
    private static final long MAX_MAX_LENGTH = Integer.MAX_VALUE - 8L;

    private static final BigDecimal MIN_TIMEOUT = new BigDecimal("0.001");
    private static final BigDecimal MAX_TIMEOUT = new BigDecimal(3600);

    /**
     * Reads the command line.
     *
     * @param arguments the command line
     * @param defaultPassword the password of the key store unless an option gives it, or null
     * @throws BadOptionException for the first argument that cannot be used
     */
    static LaunchOptions parse(String[] arguments, String defaultPassword) throws BadOptionException {
        int port = 8080;
        String host = "127.0.0.1";
        Integer loops = null;
        boolean deflate = true;
        Long maxLength = null;
        BigDecimal handshakeTimeout = null;
        Path keyStore = null;
        String password = defaultPassword == null ? "" : defaultPassword;
        boolean help = false;

        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--port" -> port = (int) whole(option, value(option, rest), 0, MAX_PORT);
                case "--host" -> host = address(option, value(option, rest));
                case "--loops" -> loops = (int) whole(option, value(option, rest), 1, MAX_LOOPS);
                case "--deflate" -> deflate = trueOrFalse(option, value(option, rest));
                case "--max-length" -> maxLength = whole(option, value(option, rest), 1, MAX_MAX_LENGTH);
                case "--handshake-timeout" -> handshakeTimeout = seconds(option, value(option, rest));
                case "--tls" -> keyStore = file(option, value(option, rest));
                case "--tls-password" -> password = value(option, rest);
                case "--help", "-h" -> help = true;
                default -> throw new BadOptionException("there is no option " + option + "; --help lists all");
            }
        }
        return new LaunchOptions(port, host, loops, deflate, maxLength, handshakeTimeout, keyStore, password, help);
    }

    private static String value(String option, Iterator<String> rest) throws BadOptionException {
        if (!rest.hasNext()) {
            throw new BadOptionException(option + " needs a value");
        }
        return rest.next();
    }

    private static long whole(String option, String value, long minimum, long maximum) throws BadOptionException {
        try {
            long number = Long.parseLong(value);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers out of range.
        }
        throw new BadOptionException(
                "%s needs a whole number from %d to %d, not '%s'".formatted(option, minimum, maximum, value));
    }

    private static boolean trueOrFalse(String option, String value) throws BadOptionException {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadOptionException("%s needs true or false, not '%s'".formatted(option, value));
        };
    }

    private static BigDecimal seconds(String option, String value) throws BadOptionException {
        try {
            BigDecimal seconds = new BigDecimal(value);
            if (seconds.compareTo(MIN_TIMEOUT) >= 0 && seconds.compareTo(MAX_TIMEOUT) <= 0) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers out of range.
        }
        throw new BadOptionException("%s needs a number of seconds from %s to %s, not '%s'"
                .formatted(option, MIN_TIMEOUT, MAX_TIMEOUT, value));
    }

    private static String address(String option, String value) throws BadOptionException {
        try {
            InetAddress.getByName(value);
            return value;
        } catch (UnknownHostException e) {
            throw new BadOptionException("%s needs a host name or address, not '%s'".formatted(option, value));
        }
    }

    private static Path file(String option, String value) throws BadOptionException {
        Path path = Path.of(value);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new BadOptionException("%s needs a file that can be read, not '%s'".formatted(option, value));
        }
        return path.toAbsolutePath();
    }
}
