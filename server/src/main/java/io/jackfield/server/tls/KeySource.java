package io.jackfield.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Where keys with their certificates come from. Immutable. */
public abstract sealed class KeySource {

    private KeySource() {}

    /**
     * Reads the keys.
     *
     * @return at least one
     * @throws IOException if a file cannot be read, or the password is wrong
     * @throws GeneralSecurityException if a key or certificate cannot be used, or there is none
     */
    abstract List<ServerKey> read() throws IOException, GeneralSecurityException;

    /**
     * The files that are read.
     *
     * @return none for a source that has all in memory
     */
    abstract List<Path> files();

    /**
     * A key store in memory.
     *
     * @param store the store
     * @param password opens its keys
     * @return the source
     */
    public static KeySource store(KeyStore store, char[] password) {
        return new Store(store, password.clone());
    }

    /**
     * A file with a key store.
     *
     * @param file PKCS #12 or JKS
     * @param password opens the store and its keys
     * @return the source
     */
    public static KeySource storeFile(Path file, char[] password) {
        return new StoreFile(file, password.clone());
    }

    /**
     * Two files in PEM form.
     *
     * @param chain the certificate, and those that lead to its issuer behind it
     * @param key the private key in PKCS #8, not encrypted
     * @return the source
     */
    public static KeySource pem(Path chain, Path key) {
        return new Pem(chain, key);
    }

    /** The keys of a store in the order of their aliases, which not every type of store keeps by itself. */
    private static List<ServerKey> keys(KeyStore store, char[] password) throws GeneralSecurityException {
        List<ServerKey> keys = new ArrayList<>();
        List<String> aliases = Collections.list(store.aliases());
        Collections.sort(aliases);
        for (String alias : aliases) {
            Certificate[] chain = store.getCertificateChain(alias);
            Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
            if (key instanceof PrivateKey privateKey && chain != null) {
                keys.add(ServerKey.of(
                        privateKey,
                        Arrays.stream(chain).map(X509Certificate.class::cast).toList()));
            }
        }
        if (keys.isEmpty()) {
            throw new UnrecoverableKeyException("the key store has no private key with a certificate");
        }
        return keys;
    }

    private static final class Store extends KeySource {
        private final KeyStore store;
        private final char[] password;

        Store(KeyStore store, char[] password) {
            this.store = store;
            this.password = password;
        }

        @Override
        List<ServerKey> read() throws GeneralSecurityException {
            return keys(store, password);
        }

        @Override
        List<Path> files() {
            return List.of();
        }
    }

    private static final class StoreFile extends KeySource {
        private final Path file;
        private final char[] password;

        StoreFile(Path file, char[] password) {
            this.file = file;
            this.password = password;
        }

        @Override
        List<ServerKey> read() throws IOException, GeneralSecurityException {
            // It looks into the file for its type.
            return keys(KeyStore.getInstance(file.toFile(), password), password);
        }

        @Override
        List<Path> files() {
            return List.of(file);
        }
    }

    private static final class Pem extends KeySource {
        private final Path chain;
        private final Path key;

        Pem(Path chain, Path key) {
            this.chain = chain;
            this.key = key;
        }

        @Override
        List<ServerKey> read() throws IOException, GeneralSecurityException {
            List<X509Certificate> certificates = PemFile.read(chain).certificates();
            PrivateKey privateKey = PemFile.read(key).privateKey(certificates.get(0));
            return List.of(ServerKey.of(privateKey, certificates));
        }

        @Override
        List<Path> files() {
            return List.of(chain, key);
        }
    }
}
