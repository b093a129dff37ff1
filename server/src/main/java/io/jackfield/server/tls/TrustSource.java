package io.jackfield.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Where the certificates of those come from who may vouch for clients. Immutable. */
public abstract sealed class TrustSource {

    private TrustSource() {}

    /** Reads the certificates. */
    abstract KeyStore read() throws IOException, GeneralSecurityException;

    /** The files that are read. */
    abstract List<Path> files();

    /**
     * A key store in memory.
     *
     * @param store has certificates
     * @return the source
     */
    public static TrustSource store(KeyStore store) {
        return new Store(store);
    }

    /**
     * A file.
     *
     * @param file a key store, or certificates in PEM form
     * @param password opens the key store; null if there is none
     * @return the source
     */
    public static TrustSource file(Path file, char[] password) {
        return new File(file, password == null ? null : password.clone());
    }

    TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(read());
        return factory.getTrustManagers();
    }

    private static final class Store extends TrustSource {
        private final KeyStore store;

        Store(KeyStore store) {
            this.store = store;
        }

        @Override
        KeyStore read() {
            return store;
        }

        @Override
        List<Path> files() {
            return List.of();
        }
    }

    private static final class File extends TrustSource {
        private final Path file;
        private final char[] password;

        File(Path file, char[] password) {
            this.file = file;
            this.password = password;
        }

        @Override
        KeyStore read() throws IOException, GeneralSecurityException {
            if (!PemFile.isPem(file)) {
                return KeyStore.getInstance(file.toFile(), password);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate certificate : PemFile.read(file).certificates()) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            return store;
        }

        @Override
        List<Path> files() {
            return List.of(file);
        }
    }
}
