package io.jackfield.itest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key of this test run and its self-signed certificate for the loopback host, made with the JDK's keytool. */
public final class TestKeys {

    public static final String PASSWORD = "changeit";

    private final Path file;

    private TestKeys(Path file) {
        this.file = file;
    }

    public static TestKeys generate() throws IOException {
        Path file = Files.createTempDirectory(Workplace.TARGET, "keys").resolve("server.p12");
        Command.of(Workplace.jdkProgram("keytool"), "-genkeypair", "-alias", "server", "-validity", "30")
                .with("-keyalg", "EC", "-groupname", "secp256r1")
                .with("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1")
                .with("-storetype", "PKCS12", "-keystore", file, "-storepass", PASSWORD)
                .run(Duration.ofMinutes(1))
                .requireSuccess("keytool");
        return new TestKeys(file);
    }

    /** The PKCS #12 file. */
    public Path file() {
        return file;
    }

    /** The certificate in PEM form. */
    Path certificateFile() throws IOException, GeneralSecurityException {
        return pem("certificate.pem", certificateBlock());
    }

    /** The private key in PEM form. */
    Path keyFile() throws IOException, GeneralSecurityException {
        return pem("key.pem", keyBlock());
    }

    /** Certificate and key in one, as HAProxy wants them. */
    Path bothFile() throws IOException, GeneralSecurityException {
        return pem("both.pem", certificateBlock() + keyBlock());
    }

    private String certificateBlock() throws IOException, GeneralSecurityException {
        return block("CERTIFICATE", load().getCertificate("server").getEncoded());
    }

    private String keyBlock() throws IOException, GeneralSecurityException {
        return block(
                "PRIVATE KEY", load().getKey("server", PASSWORD.toCharArray()).getEncoded());
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(content));
    }

    private Path pem(String name, String text) throws IOException {
        return Files.writeString(file.resolveSibling(name), text);
    }

    /** What the server needs. */
    SSLContext serverContext() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** What a client needs that trusts this certificate and no other. */
    SSLContext clientContext() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", load().getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD.toCharArray());
        }
        return store;
    }
}
