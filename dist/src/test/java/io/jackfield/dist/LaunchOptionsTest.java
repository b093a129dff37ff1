package io.jackfield.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchOptionsTest {

    @Test
    void withoutArgumentsTheServerIsOnlyForThisMachine() throws BadOptionException {
        LaunchOptions options = parse();
        assertEquals(8080, options.port());
        assertEquals("127.0.0.1", options.host());
        assertTrue(options.deflate());
        assertNull(options.loops());
        assertNull(options.maxLength());
        assertNull(options.handshakeTimeout());
        assertNull(options.keyStore());
        assertFalse(options.help());
    }

    @Test
    void allOptionsAreRead(@TempDir Path directory) throws Exception {
        Path keyStore = Files.createFile(directory.resolve("keys.p12"));
        LaunchOptions options = parse(
                "--port", "0",
                "--host", "127.0.0.2",
                "--loops", "3",
                "--deflate", "false",
                "--max-length", "2147483639",
                "--handshake-timeout", "0.5",
                "--tls", keyStore.toString(),
                "--tls-password", "secret",
                "--help");
        LaunchOptions expected = new LaunchOptions(
                0, "127.0.0.2", 3, false, 2147483639L, new BigDecimal("0.5"), keyStore, "secret", true);
        assertEquals(expected, options);
    }

    @Test
    void theLastOfEqualOptionsWins() throws BadOptionException {
        assertEquals(2, parse("--port", "1", "--port", "2").port());
    }

    @Test
    void thePasswordComesFromTheEnvironmentUnlessItIsGiven() throws BadOptionException {
        assertEquals("env", LaunchOptions.parse(new String[0], "env").keyStorePassword());
        assertEquals("arg", LaunchOptions.parse(new String[] {"--tls-password", "arg"}, "env").keyStorePassword());
    }

    @ParameterizedTest
    @CsvSource({
        "--port, -1",
        "--port, 65536",
        "--port, http",
        "--port, ''",
        "--host, not a host",
        "--loops, 0",
        "--loops, 1025",
        "--loops, 1.5",
        "--deflate, yes",
        "--deflate, TRUE",
        "--max-length, 0",
        "--max-length, 2147483640",
        "--max-length, 1k",
        "--handshake-timeout, 0",
        "--handshake-timeout, 3601",
        "--handshake-timeout, soon",
        "--tls, no/such/file.p12",
        "--tls, ."
    })
    void aBadValueIsNamedInOneLineWithItsOption(String option, String value) {
        String message = assertThrows(BadOptionException.class, () -> parse(option, value)).getMessage();
        assertTrue(message.startsWith(option + " needs "), message);
        assertTrue(message.endsWith("not '" + value + "'"), message);
        assertEquals(1, message.lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--host", "--loops", "--deflate", "--max-length", "--handshake-timeout", "--tls"})
    void anOptionWithoutItsValueIsRefused(String option) {
        String message = assertThrows(BadOptionException.class, () -> parse(option)).getMessage();
        assertEquals(option + " needs a value", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ports", "8080", "-p", "", "--port=1"})
    void anUnknownArgumentIsRefused(String argument) {
        String message = assertThrows(BadOptionException.class, () -> parse(argument)).getMessage();
        assertEquals("there is no option " + argument + "; --help lists all", message);
    }

    @Test
    void theUsageNamesEveryOption() {
        for (String option : new String[] {
            "--port", "--host", "--loops", "--deflate", "--max-length", "--handshake-timeout", "--tls", "--tls-password"
        }) {
            assertTrue(LaunchOptions.USAGE.contains(option + " "), option);
        }
    }

    private static LaunchOptions parse(String... arguments) throws BadOptionException {
        return LaunchOptions.parse(arguments, null);
    }
}
