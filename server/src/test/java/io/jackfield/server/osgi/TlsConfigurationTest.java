package io.jackfield.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsConfigurationTest {

    private static final String SECRET = "0pen sesame";

    @TempDir
    private static Path folder;

    private static Path keyStore;
    private static Path garbage;

    @BeforeAll
    static void makeFiles() throws Exception {
        keyStore = folder.resolve("keys.p12");
        garbage = Files.writeString(folder.resolve("garbage.p12"), "no key store");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        SECRET)
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
    }

    private static Map<String, Object> with(Object... keysAndValues) {
        Map<String, Object> properties =
                new HashMap<>(Map.of("jackfield.tls.keystore", keyStore.toString(), "jackfield.tls.password", SECRET));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put("jackfield.tls." + keysAndValues[i], keysAndValues[i + 1].toString());
        }
        return properties;
    }

    private static Map<String, Object> only(Object... keysAndValues) {
        Map<String, Object> properties = with(keysAndValues);
        properties.remove("jackfield.tls.keystore");
        properties.remove("jackfield.tls.password");
        return properties;
    }

    private static void assertRefused(String key, Map<String, Object> properties) {
        InvalidPropertyException refused = assertThrows(
                InvalidPropertyException.class,
                () -> TlsConfiguration.read(properties::get).open(null));
        assertEquals("jackfield.tls." + key, refused.property(), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
        assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
    }

    @Test
    void withoutAKeyThereIsNoTls() {
        assertNull(TlsConfiguration.read(key -> null));
        assertNull(TlsConfiguration.read(only("protocols", "TLSv1.3")::get));
    }

    @Test
    void aKeyStoreIsOpened() {
        TlsConfiguration tls = TlsConfiguration.read(
                with("protocols", " TLSv1.3 , TLSv1.2", "ciphers", "TLS_AES_128_GCM_SHA256")::get);
        assertNotNull(tls.open(null));
        assertFalse(tls.toString().contains(SECRET), tls.toString());
        assertTrue(tls.toString().contains("keys.p12"), tls.toString());
    }

    @Test
    void whatIsWrongWithAFileIsNamed() {
        assertRefused("keystore", with("keystore", keyStore + ".old"));
        assertRefused("keystore", with("keystore", garbage));
        assertRefused("keystore", with("keystore", "\0"));
        assertRefused("keystore", with("keystore", folder));
        assertRefused("password", with("password", "shut"));
        assertRefused("certificate", only("certificate", garbage, "key", garbage));
        assertRefused("certificate", only("certificate", garbage + ".old", "key", garbage));
        assertRefused("trust", with("trust", garbage + ".old"));
        assertRefused("trust", with("trust", garbage));
        assertRefused("trustPassword", with("trust", keyStore, "trustPassword", "shut"));
    }

    @Test
    void whatIsWrongWithAWordIsNamed() {
        assertRefused("clientAuthentication", with("clientAuthentication", "PERHAPS"));
        assertRefused("clientAuthentication", with("clientAuthentication", "NEED"));
        assertRefused("protocols", with("protocols", "TLSv7"));
        assertRefused("ciphers", with("ciphers", "ROT13"));
    }

    @Test
    void whatContradictsIsNamed() {
        assertRefused("name", with("name", "public"));
        assertRefused("name", only("name", "public", "trust", keyStore));
        assertRefused("certificate", with("certificate", "a.pem", "key", "b.pem"));
        assertRefused("key", only("certificate", "a.pem"));
        assertRefused("key", with("key", "b.pem"));
    }

    @Test
    void aNameStandsForAContextThatIsGivenLater() throws Exception {
        TlsConfiguration tls = TlsConfiguration.read(only("name", "public", "protocols", "TLSv1.3")::get);
        assertTrue(tls.isNamed());
        assertEquals("public", tls.name());
        assertNotNull(tls.open(SSLContext.getDefault()));
    }

    @Test
    void theSameWordsAreEqual() throws IOException {
        assertEquals(TlsConfiguration.read(with()::get), TlsConfiguration.read(with()::get));
        assertNotEquals(TlsConfiguration.read(with()::get), TlsConfiguration.read(with("password", "x")::get));
        assertFalse(TlsConfiguration.read(with()::get).isNamed());
    }
}
