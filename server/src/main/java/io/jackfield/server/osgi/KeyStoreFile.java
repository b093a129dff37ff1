package io.jackfield.server.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The key store of a server that speaks TLS.
 *
 * @param path where it is
 * @param password opens the store and its keys
 * @param type the type of the store, PKCS12 unless set
 */
record KeyStoreFile(String path, String password, String type) {

    static final String PATH = ServerConfiguration.PREFIX + "tls.keystore";
    static final String PASSWORD = ServerConfiguration.PREFIX + "tls.password";
    static final String TYPE = ServerConfiguration.PREFIX + "tls.type";

    /** Reads the three properties; null if no path is set. */
    static KeyStoreFile read(Function<String, ?> source) {
        String path = ServerConfiguration.text(source, PATH);
        if (path == null) {
            return null;
        }
        Object password = source.apply(PASSWORD);
        String type = ServerConfiguration.text(source, TYPE);
        return new KeyStoreFile(path, password == null ? "" : password.toString(), type == null ? "PKCS12" : type);
    }

    /**
     * Opens the store.
     *
     * @return a context with the store's keys
     * @throws InvalidPropertyException if that is not possible, naming the property of the path
     */
    SSLContext open() {
        char[] secret = password.toCharArray();
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            KeyStore keys = KeyStore.getInstance(type);
            keys.load(in, secret);
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, secret);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidPropertyException(PATH, "the key store " + path + " cannot be used (" + e + ")");
        }
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return type + " " + path;
    }
}
