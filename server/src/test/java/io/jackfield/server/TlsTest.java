package io.jackfield.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.server.Tls.ClientAuthentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    private static final char[] PASSWORD = TestTls.PASSWORD.toCharArray();
    private static final KeyStore KEYS = TestTls.generate("RSA", "dns:localhost");

    @TempDir
    Path folder;

    @Test
    @DisplayName("what is offered unless asked for has forward secrecy and authenticated encryption")
    void theDefaultsAreStrong() throws Exception {
        SSLEngine engine = Tls.of(TestTls.serverContext()).engines().create();
        assertEquals(List.of("TLSv1.3", "TLSv1.2"), List.of(engine.getEnabledProtocols()));
        assertFalse(engine.getUseClientMode());
        assertTrue(engine.getEnabledCipherSuites().length >= 5);
        for (String cipher : engine.getEnabledCipherSuites()) {
            assertTrue(cipher.matches("TLS_((AES|CHACHA20)_.*|ECDHE_(ECDSA|RSA)_WITH_.*(GCM|CHACHA20).*)"), cipher);
        }
        assertEquals(List.of("http/1.1"), List.of(engine.getSSLParameters().getApplicationProtocols()));
        assertTrue(engine.getSSLParameters().getUseCipherSuitesOrder());
        assertFalse(engine.getNeedClientAuth() || engine.getWantClientAuth());
    }

    @Test
    void protocolsAndCiphersAreThoseAskedFor() throws Exception {
        Tls tls = Tls.builder()
                .context(TestTls.serverContext())
                .protocols("TLSv1.2")
                .ciphers("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
                .build();
        SSLEngine engine = tls.engines().create();
        assertEquals(List.of("TLSv1.2"), List.of(engine.getEnabledProtocols()));
        assertEquals(
                List.of("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
                List.of(engine.getEnabledCipherSuites()));
        Tls.Builder unknown = Tls.builder().context(TestTls.serverContext());
        assertThrows(IllegalArgumentException.class, unknown.ciphers("TLS_NO_SUCH")::build);
        assertThrows(IllegalArgumentException.class, unknown.ciphers().protocols("TLSv9")::build);
    }

    @Test
    void clientsAreAskedAsConfigured() throws Exception {
        for (ClientAuthentication authentication : ClientAuthentication.values()) {
            SSLEngine engine = Tls.builder()
                    .keyStore(KEYS, PASSWORD)
                    .trust(TestTls.trust(KEYS))
                    .clientAuthentication(authentication)
                    .build()
                    .engines()
                    .create();
            assertEquals(authentication == ClientAuthentication.NEED, engine.getNeedClientAuth());
            assertEquals(authentication == ClientAuthentication.WANT, engine.getWantClientAuth());
        }
    }

    @Test
    void whatContradictsItselfIsRefused() throws Exception {
        SSLContext context = TestTls.serverContext();
        assertThrows(IllegalStateException.class, Tls.builder()::build);
        assertThrows(IllegalStateException.class, Tls.builder().context(context).keyStore(KEYS, PASSWORD)::build);
        assertThrows(IllegalStateException.class, Tls.builder().context(context).trust(KEYS)::build);
        // The JDK would trust all public authorities.
        assertThrows(
                IllegalStateException.class,
                Tls.builder().keyStore(KEYS, PASSWORD).clientAuthentication(ClientAuthentication.NEED)::build);
        assertThrows(IllegalStateException.class, Tls.builder().context(SSLContext.getInstance("TLS"))::build);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void keyStoresOfBothTypesAreRead(String type) throws Exception {
        Path file = folder.resolve("keys");
        TestTls.generate(file, type, "b", "EC", "dns:b.example");
        TestTls.generate(file, type, "a", "EC", "dns:a.example");
        Tls tls = Tls.builder().keyStore(file, PASSWORD).build();
        assertFalse(tls.isOutdated());
        assertThrows(IOException.class, Tls.builder().keyStore(file, "wrong".toCharArray())::build);
    }

    @Test
    void aStoreWithoutAKeyIsRefused() throws Exception {
        KeyStore certificates = TestTls.trust(KEYS);
        assertThrows(GeneralSecurityException.class, Tls.builder().keyStore(certificates, PASSWORD)::build);
        Path missing = folder.resolve("missing");
        assertThrows(IOException.class, Tls.builder().keyStore(missing, PASSWORD)::build);
        assertThrows(IOException.class, Tls.builder().pem(missing, missing)::build);
    }

    @Test
    void pemFilesAreRead() throws Exception {
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        Pem.writeCertificate(chain, KEYS.getCertificate("server"));
        Pem.writeKey(key, KEYS.getKey("server", PASSWORD));
        Tls tls = Tls.builder()
                .pem(chain, key)
                .trust(chain, null)
                .clientAuthentication(ClientAuthentication.WANT)
                .build();
        assertTrue(tls.engines().create().getWantClientAuth());

        assertThrows(GeneralSecurityException.class, Tls.builder().pem(key, chain)::build);
        Files.writeString(key, Files.readString(key).replace("PRIVATE KEY", "RSA PRIVATE KEY"));
        GeneralSecurityException older =
                assertThrows(GeneralSecurityException.class, Tls.builder().pem(chain, key)::build);
        assertTrue(older.getMessage().contains("openssl pkcs8"), older.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    @DisplayName("of two files one may be renewed and the other not yet: they are not used together")
    void aKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
        KeyStore before = TestTls.generate(algorithm, "dns:localhost");
        KeyStore after = TestTls.generate(algorithm, "dns:localhost");
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        Pem.writeCertificate(chain, before.getCertificate("server"));
        Pem.writeKey(key, before.getKey("server", PASSWORD));
        Tls tls = Tls.builder().pem(chain, key).build();
        Pem.writeCertificate(chain, after.getCertificate("server"));
        assertThrows(GeneralSecurityException.class, tls::reread);
        Pem.writeKey(key, after.getKey("server", PASSWORD));
        assertFalse(tls.reread().isOutdated());
    }

    @Test
    void whatIsReadAgainIsOutdatedNoMore() throws Exception {
        Path file = folder.resolve("KEYS.p12");
        TestTls.generate(file, "PKCS12", "server", "EC", "dns:localhost");
        Tls tls = Tls.builder()
                .keyStore(file, PASSWORD)
                .protocols("TLSv1.3")
                .trust(file, PASSWORD)
                .clientAuthentication(ClientAuthentication.NEED)
                .build();
        assertFalse(tls.isOutdated());
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertTrue(tls.isOutdated());
        Tls reread = tls.reread();
        assertNotSame(tls, reread);
        assertFalse(reread.isOutdated());
        SSLEngine engine = reread.engines().create();
        assertEquals(Set.of("TLSv1.3"), Set.of(engine.getEnabledProtocols()));
        assertTrue(engine.getNeedClientAuth());

        Files.delete(file);
        assertFalse(reread.isOutdated(), "in the middle of its replacement");
        assertThrows(IOException.class, reread::reread);
    }

    @Test
    void aContextOfOnesOwnIsNeverRead() throws Exception {
        Tls tls = Tls.of(TestTls.serverContext());
        assertSame(tls, tls.reread());
        assertFalse(tls.isOutdated());
    }

    @Test
    void aServerWithoutTlsCannotRenewIt() throws Exception {
        Tls tls = Tls.of(TestTls.serverContext());
        try (WebSocketServer server = WebSocketServer.builder().build()) {
            assertThrows(IllegalStateException.class, () -> server.renewTls(tls));
        }
        assertThrows(NullPointerException.class, () -> Tls.of(null));
    }

    /** Keys and certificates as text. */
    private static final class Pem {
        static void writeCertificate(Path file, Certificate certificate)
                throws IOException, CertificateEncodingException {
            write(file, "CERTIFICATE", certificate.getEncoded());
        }

        static void writeKey(Path file, Key key) throws IOException {
            write(file, "PRIVATE KEY", key.getEncoded());
        }

        private static void write(Path file, String label, byte[] content) throws IOException {
            String text = Base64.getMimeEncoder().encodeToString(content);
            Files.writeString(
                    file,
                    "Comments stand around.\n-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label));
        }
    }
}
