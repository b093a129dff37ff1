package io.jackfield.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys of this test run with self-signed certificates, made by the JDK's keytool. */
public final class TestTls {

    /** The tag of tests of connections that make no sense in the run over TLS, each with its reason. */
    public static final String PLAIN = "plain";

    /** Opens all key stores. */
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";
    private static final String LOOPBACK_NAMES = "dns:localhost,ip:127.0.0.1";

    /** For the loopback host. */
    private static final KeyStore KEYS = generate("EC", LOOPBACK_NAMES);

    private TestTls() {}

    /** Whether the tests of connections run over TLS: the second of the module's two runs. */
    public static boolean isDefault() {
        return Boolean.getBoolean("jackfield.test.tls");
    }

    /** The beginning of a server that speaks TLS if that is what this run is for. */
    public static WebSocketServer.Builder defaultBuilder() {
        try {
            return isDefault() ? WebSocketServer.builder().tls(serverContext()) : WebSocketServer.builder();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS through a connected socket, which is closed with it. */
    public static Socket over(Socket tcp) throws IOException {
        try {
            return clientContext().getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** What a server needs. */
    public static SSLContext serverContext() throws GeneralSecurityException {
        return context(keyManagers(KEYS), null);
    }

    /** What a client needs that trusts the loopback host's certificate and no other. */
    public static SSLContext clientContext() throws GeneralSecurityException, IOException {
        return clientTrusting(KEYS);
    }

    /** What a client needs that trusts the certificates of these stores and no others. */
    public static SSLContext clientTrusting(KeyStore... servers) throws GeneralSecurityException, IOException {
        return context(null, trust(servers));
    }

    /** The same, with a certificate of its own. */
    public static SSLContext clientWithKey(KeyStore server, KeyStore own) throws GeneralSecurityException, IOException {
        return context(keyManagers(own), trust(server));
    }

    private static SSLContext context(KeyManager[] keys, KeyStore trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (trusted != null) {
            trust.init(trusted);
        }
        context.init(keys, trusted == null ? null : trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keyManagers(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return keys.getKeyManagers();
    }

    /** A store of the certificates of others, without their keys. */
    public static KeyStore trust(KeyStore... others) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (KeyStore other : others) {
            trusted.setCertificateEntry(ALIAS + trusted.size(), other.getCertificate(ALIAS));
        }
        return trusted;
    }

    /**
     * Makes a key.
     *
     * @param algorithm {@code EC}, {@code RSA} or {@code Ed25519}
     * @param names subject alternative names, as keytool takes them
     */
    public static KeyStore generate(String algorithm, String names) {
        try {
            Path directory = Files.createTempDirectory("test-keys");
            Path file = directory.resolve("server.p12");
            generate(file, "PKCS12", ALIAS, algorithm, names);
            KeyStore store = load(file);
            Files.delete(file);
            Files.delete(directory);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a key to the store in a file, which is made if it is not there. */
    public static void generate(Path file, String type, String alias, String algorithm, String names)
            throws IOException {
        List<String> size = switch (algorithm) {
            case "EC" -> List.of("-groupname", "secp256r1");
            case "RSA" -> List.of("-keysize", "2048");
            default -> List.of();
        };
        keytool(
                Stream.concat(
                                Stream.of("-genkeypair", "-alias", alias, "-validity", "30", "-keyalg", algorithm),
                                size.stream())
                        .toList(),
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + names,
                "-storetype",
                type,
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-keypass",
                PASSWORD);
    }

    /** Reads a store of any type. */
    public static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static void keytool(List<String> first, String... more) throws IOException {
        Process keytool = new ProcessBuilder(Stream.of(
                                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()),
                                first,
                                Arrays.asList(more))
                        .flatMap(List::stream)
                        .toList())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = keytool.getInputStream()) {
            String said = new String(output.readAllBytes(), Charset.defaultCharset());
            assertTrue(keytool.waitFor(1, TimeUnit.MINUTES), "keytool takes too long");
            assertEquals(0, keytool.exitValue(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
