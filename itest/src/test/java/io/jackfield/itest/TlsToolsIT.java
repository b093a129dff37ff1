package io.jackfield.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.server.Tls;
import io.jackfield.server.Tls.ClientAuthentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our TLS as another implementation sees it: openssl, and what is built on it to find weaknesses. */
class TlsToolsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static TestKeys keys;
    private static TestServer server;
    private static Path request;

    @BeforeAll
    static void start() throws Exception {
        keys = TestKeys.generate();
        server = TestServer.start(Options.defaults(), keys.serverContext());
        request = Files.writeString(
                Files.createTempFile(Workplace.TARGET, "request", ".txt"),
                RawClient.head("GET /page HTTP/1.1", "Host: localhost"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        Files.delete(request);
    }

    /** A request through {@code s_client}, which shows each TLS message and reads to the server's end. */
    private static Command.Result client(int port, Object... options) throws Exception {
        return Command.of(Requirement.OPENSSL.demand(), "s_client", "-connect", "127.0.0.1:" + port)
                .with("-CAfile", keys.certificateFile(), "-verify_return_error", "-ign_eof", "-msg")
                .with(options)
                .reading(request)
                .run(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @DisplayName("R-25: the answer arrives whole, and close_notify ends the connection")
    void answersAndEndsInOrder(String version) throws Exception {
        Command.Result result = client(server.port(), version, "-servername", "localhost", "-alpn", "h2,http/1.1");
        String output = result.requireSuccess("s_client").output();
        assertTrue(output.contains("HTTP/1.1 200 OK"), output);
        assertTrue(output.contains("a page"), output);
        assertTrue(output.contains("ALPN protocol: http/1.1"), output);
        assertTrue(output.contains("Verify return code: 0 (ok)"), output);
        assertTrue(
                Pattern.compile("<<< .*Alert.*warning close_notify")
                        .matcher(output)
                        .find(),
                output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    @DisplayName("RFC 8996: older versions are refused")
    void olderVersionsAreRefused(String version) throws Exception {
        Command.Result result = client(server.port(), version, "-cipher", "DEFAULT@SECLEVEL=0");
        assertFalse(result.output().contains("HTTP/1.1"), result.output());
        assertTrue(result.exitCode() != 0);
    }

    @Test
    @DisplayName("who speaks no HTTP/1.1 is refused in the handshake")
    void otherApplicationProtocolsAreRefused() throws Exception {
        Command.Result result = client(server.port(), "-alpn", "h2");
        assertTrue(result.exitCode() != 0);
        assertTrue(result.errors().contains("no application protocol"), result.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @DisplayName("a client is asked for its certificate, and refused without")
    void asksForACertificate(String version) throws Exception {
        Tls tls = Tls.builder()
                .pem(keys.certificateFile(), keys.keyFile())
                .trust(keys.certificateFile(), null)
                .clientAuthentication(ClientAuthentication.NEED)
                .build();
        try (TestServer asking = TestServer.start(Options.defaults(), tls)) {
            String with = client(asking.port(), version, "-cert", keys.certificateFile(), "-key", keys.keyFile())
                    .requireSuccess("s_client")
                    .output();
            assertTrue(with.contains("HTTP/1.1 200 OK"), with);
            Command.Result without = client(asking.port(), version);
            assertFalse(without.output().contains("HTTP/1.1"), without.output());
        }
    }

    @Test
    @DisplayName("R-94: a client that renegotiates is cut off, and the server goes on")
    void renegotiationIsCutOff() throws Exception {
        // s_client takes a line with R alone for the command to renegotiate, but only without -ign_eof.
        Path command = Files.writeString(Files.createTempFile(Workplace.TARGET, "renegotiate", ".txt"), "R\n");
        Command.Result result = Command.of(
                        Requirement.OPENSSL.demand(), "s_client", "-connect", "127.0.0.1:" + server.port())
                .with("-CAfile", keys.certificateFile(), "-tls1_2", "-msg", "-legacy_renegotiation")
                .reading(command)
                .run(LIMIT);
        Files.delete(command);
        assertTrue(result.errors().contains("RENEGOTIATING"), result.errors());
        assertTrue(result.exitCode() != 0, "an error rather than an orderly end");
        assertEquals(1, count(result.output(), "<<< TLS 1.2, Handshake .*ServerHello\\n"), result.output());
        client(server.port()).requireSuccess("s_client");
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    @DisplayName("sslscan finds TLS 1.2 and 1.3 alone, ciphers with forward secrecy alone, and none of the old holes")
    void sslscanFindsNothingWeak() throws Exception {
        String output = Command.of(Requirement.SSLSCAN.demand(), "--no-colour", "127.0.0.1:" + server.port())
                .run(LIMIT)
                .requireSuccess("sslscan")
                .output();
        for (String version : List.of("SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1")) {
            assertTrue(Pattern.compile(version + " +disabled").matcher(output).find(), version + "\n" + output);
        }
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            assertTrue(Pattern.compile(version + " +enabled").matcher(output).find(), version + "\n" + output);
            assertTrue(output.contains(version + " not vulnerable to heartbleed"), output);
        }
        assertTrue(output.contains("Session renegotiation not supported"), output);
        List<String> ciphers = Pattern.compile("(?:Accepted|Preferred)\\s+TLSv1\\.\\d\\s+\\d+ bits\\s+(\\S+)")
                .matcher(output)
                .results()
                .map(result -> result.group(1))
                .toList();
        assertTrue(ciphers.size() >= 4, output);
        for (String cipher : ciphers) {
            assertTrue(cipher.matches("(TLS|ECDHE)[-_].*(GCM|CHACHA20).*"), cipher);
        }
    }

    @Test
    @DisplayName("testssl.sh rates no protocol, cipher or vulnerability worse than low")
    void testsslFindsNothingWeak() throws Exception {
        Assumptions.assumeTrue(Boolean.getBoolean("jackfield.testssl"), "takes minutes: -Ptestssl runs it");
        Path report = Files.createTempDirectory(Workplace.TARGET, "testssl").resolve("report.csv");
        Command.of(Requirement.TESTSSL.demand(), "--quiet", "--color", 0, "--warnings", "batch")
                .with("--protocols", "--std", "--fs", "--server-preference", "--vulnerable")
                .with("--csvfile", report, "127.0.0.1:" + server.port())
                .run(Duration.ofMinutes(20));
        // "id","fqdn/ip","port","severity","finding",...
        Map<String, List<String>> findings = Files.readAllLines(report).stream()
                // Of the openssl that looks, not of the server.
                .filter(line -> !line.startsWith("\"engine_problem\""))
                .collect(Collectors.groupingBy(line -> line.split("\",\"")[3]));
        assertTrue(findings.getOrDefault("OK", List.of()).size() > 20, findings::toString);
        for (String severity : List.of("MEDIUM", "HIGH", "CRITICAL", "WARN", "FATAL")) {
            assertEquals(List.of(), findings.getOrDefault(severity, List.of()), severity);
        }
    }
}
