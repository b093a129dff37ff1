package io.jackfield.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** What was read of keys and trusted certificates, and from where. Immutable. */
public final class KeyMaterial {

    private final List<KeySource> keys;
    private final TrustSource trust;
    private final Map<Path, FileTime> read;
    private final SSLContext context;

    private KeyMaterial(List<KeySource> keys, TrustSource trust, Map<Path, FileTime> read, SSLContext context) {
        this.keys = keys;
        this.trust = trust;
        this.read = read;
        this.context = context;
    }

    /**
     * Reads keys and certificates.
     *
     * @param keys where keys come from, at least one source
     * @param trust where the certificates come from that clients' must lead to, or null for none
     * @return what was read
     * @throws IOException if a file cannot be read, or a password is wrong
     * @throws GeneralSecurityException if a key or certificate cannot be used
     */
    public static KeyMaterial read(List<KeySource> keys, TrustSource trust)
            throws IOException, GeneralSecurityException {
        // The times first: what is changed while it is read has changed.
        Map<Path, FileTime> times = new HashMap<>();
        for (Path file : files(keys, trust)) {
            times.put(file, Files.getLastModifiedTime(file));
        }
        List<ServerKey> read = new ArrayList<>();
        for (KeySource source : keys) {
            read.addAll(source.read());
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new ServerKeys(read)}, trust == null ? null : trust.trustManagers(), null);
        return new KeyMaterial(List.copyOf(keys), trust, times, context);
    }

    private static List<Path> files(List<KeySource> keys, TrustSource trust) {
        return Stream.concat(
                        keys.stream().flatMap(source -> source.files().stream()),
                        trust == null ? Stream.of() : trust.files().stream())
                .toList();
    }

    /**
     * Reads all again.
     *
     * @return what was read
     * @throws IOException as before
     * @throws GeneralSecurityException as before
     */
    public KeyMaterial reread() throws IOException, GeneralSecurityException {
        return read(keys, trust);
    }

    /** Whether anything of it came from files. */
    public boolean hasFiles() {
        return !read.isEmpty();
    }

    /** Whether a file was written since it was read; a file that is gone was not. */
    public boolean isOutdated() {
        return read.entrySet().stream().anyMatch(file -> {
            try {
                return !Files.getLastModifiedTime(file.getKey()).equals(file.getValue());
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** A context with the keys. */
    public SSLContext context() {
        return context;
    }
}
