package io.jackfield.server.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
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

    /** Reads the three properties; null if no path is set. */
    static KeyStoreFile read(Function<String, ?> source) {
        String path = ServerProperty.TLS_KEYSTORE.text(source);
        if (path.isEmpty()) {
            return null;
        }
        // A password may begin or end with a blank.
        Object password = source.apply(ServerProperty.TLS_PASSWORD.key());
        return new KeyStoreFile(
                path, password == null ? "" : password.toString(), ServerProperty.TLS_TYPE.text(source));
    }

    /**
     * Opens the store.
     *
     * @return a context with the store's keys
     * @throws InvalidPropertyException if that is not possible, naming the property that is to blame
     */
    SSLContext open() {
        char[] secret = password.toCharArray();
        KeyStore keys = store();
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            keys.load(in, secret);
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, secret);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), null, null);
            return context;
        } catch (NoSuchFileException e) {
            throw refused(ServerProperty.TLS_KEYSTORE, "there is no such file");
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            boolean locked =
                    e instanceof UnrecoverableKeyException || e.getCause() instanceof UnrecoverableKeyException;
            throw locked
                    ? refused(ServerProperty.TLS_PASSWORD, "the password is wrong")
                    : refused(ServerProperty.TLS_KEYSTORE, e.toString());
        }
    }

    private KeyStore store() {
        try {
            return KeyStore.getInstance(type);
        } catch (KeyStoreException e) {
            throw refused(ServerProperty.TLS_TYPE, "there is no type '" + type + "'");
        }
    }

    private InvalidPropertyException refused(ServerProperty property, String reason) {
        return new InvalidPropertyException(
                property.key(),
                "the key store " + path + " cannot be used: "
                        + reason.lines().findFirst().orElse(""));
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return type + " " + path;
    }
}
