package io.jackfield.server;

import io.jackfield.server.tls.EngineFactory;
import io.jackfield.server.tls.KeyMaterial;
import io.jackfield.server.tls.KeySource;
import io.jackfield.server.tls.TrustSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * How a server speaks TLS: its keys, versions, cipher suites, and whether clients must show a certificate. Immutable.
 *
 * <pre>{@code
 * Tls tls = Tls.builder().keyStore(Path.of("server.p12"), password).build();
 * WebSocketServer server = WebSocketServer.builder().tls(tls)...
 * }</pre>
 *
 * <p>A server looks every minute whether the files have changed, and reads them again for connections to come.
 *
 * <p>Where there are several keys, a client gets the certificate for the host that it asks for: one that has this name, else
 * one with a wildcard for it, else the first key's. Keys count in the order in which they were given, those of one key store in
 * the alphabetical order of their aliases. Applications see the names of hosts in a certificate's subject alternative names
 * alone.
 *
 * <p>Unless set otherwise TLS 1.3 and 1.2 are spoken, with the JDK's cipher suites that have forward secrecy and
 * authenticated encryption.
 */
public final class Tls {

    /** Whether a client is asked for its certificate. */
    public enum ClientAuthentication {
        /** It is not asked. */
        NONE,
        /** It is asked, and may have none; one that is not trusted fails the handshake. */
        WANT,
        /** It is asked, and the handshake fails without one that is trusted. */
        NEED
    }

    /** Null for a context of the user's own. */
    private final KeyMaterial material;

    private final EngineFactory engines;
    private final Duration lookInterval;

    private Tls(KeyMaterial material, EngineFactory engines, Duration lookInterval) {
        this.material = material;
        this.engines = engines;
        this.lookInterval = lookInterval;
    }

    /**
     * Begins without keys.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * TLS with a context of one's own, and else all as it is unless set.
     *
     * @param context initialised, with the server's key; not null
     * @return the same as {@code builder().context(context).build()}
     */
    public static Tls of(SSLContext context) {
        return new Tls(
                null,
                new EngineFactory(Objects.requireNonNull(context), List.of(), List.of(), false, false),
                Duration.ZERO);
    }

    /**
     * The same with all its files read again, for {@link WebSocketServer#renewTls}: what a server does by itself unless
     * {@link Builder#lookEvery} says otherwise. Any thread may call it; it reads files.
     *
     * @return this, if there is nothing to read because a context was given
     * @throws IOException if a file cannot be read, or its password has changed
     * @throws GeneralSecurityException if a key or certificate cannot be used
     */
    public Tls reread() throws IOException, GeneralSecurityException {
        if (material == null) {
            return this;
        }
        KeyMaterial renewed = material.reread();
        return new Tls(
                renewed,
                new EngineFactory(
                        renewed.context(),
                        engines.protocols(),
                        engines.ciphers(),
                        engines.wantsPeer(),
                        engines.needsPeer()),
                lookInterval);
    }

    /**
     * Whether a file has another time of modification than when it was read. Any thread may call it; it looks at files.
     *
     * @return false also for a file that is not there now, and if there are no files
     */
    public boolean isOutdated() {
        return material != null && material.isOutdated();
    }

    /** The time between two looks at the files; zero if there is nothing to look at, or nobody is to look. */
    Duration lookInterval() {
        return material != null && material.hasFiles() ? lookInterval : Duration.ZERO;
    }

    EngineFactory engines() {
        return engines;
    }

    /** Makes {@link Tls}. Not thread-safe. */
    public static final class Builder {

        private static final Duration DEFAULT_LOOK_INTERVAL = Duration.ofMinutes(1);
        private static final Duration LONGEST_LOOK_INTERVAL = Duration.ofDays(1);

        private SSLContext context;
        private final List<KeySource> keys = new ArrayList<>();
        private TrustSource trust;
        private List<String> protocols = List.of();
        private List<String> ciphers = List.of();
        private ClientAuthentication clientAuthentication = ClientAuthentication.NONE;
        private Duration lookInterval = DEFAULT_LOOK_INTERVAL;

        private Builder() {}

        /**
         * Takes keys and trusted certificates from a context, in place of all methods that name such.
         *
         * @param own initialised, with the server's key; not null
         * @return this
         */
        public Builder context(SSLContext own) {
            context = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Adds the keys of a key store.
         *
         * @param store has a private key at least, not null
         * @param password opens its keys, not null; copied
         * @return this
         */
        public Builder keyStore(KeyStore store, char[] password) {
            keys.add(KeySource.store(Objects.requireNonNull(store, "store"), password));
            return this;
        }

        /**
         * Adds the keys of a key store in a file.
         *
         * @param file PKCS #12 or JKS, not null
         * @param password opens the store and its keys, not null; copied
         * @return this
         */
        public Builder keyStore(Path file, char[] password) {
            keys.add(KeySource.storeFile(Objects.requireNonNull(file, "file"), password));
            return this;
        }

        /**
         * Adds a key in PEM form.
         *
         * @param chain a file with the certificate, and those that lead to its issuer behind it; not null
         * @param key a file with the private key in PKCS #8, not encrypted; not null
         * @return this
         */
        public Builder pem(Path chain, Path key) {
            keys.add(KeySource.pem(Objects.requireNonNull(chain, "chain"), Objects.requireNonNull(key, "key")));
            return this;
        }

        /**
         * Says who may vouch for clients.
         *
         * @param store has the certificates that a client's must lead to, not null
         * @return this
         */
        public Builder trust(KeyStore store) {
            trust = TrustSource.store(Objects.requireNonNull(store, "store"));
            return this;
        }

        /**
         * Says who may vouch for clients.
         *
         * @param file a key store, or certificates in PEM form, that a client's must lead to; not null
         * @param password opens the key store, copied; null for PEM
         * @return this
         */
        public Builder trust(Path file, char[] password) {
            trust = TrustSource.file(Objects.requireNonNull(file, "file"), password);
            return this;
        }

        /**
         * Sets whether clients are asked for a certificate.
         *
         * @param authentication the default is NONE; not null
         * @return this
         */
        public Builder clientAuthentication(ClientAuthentication authentication) {
            clientAuthentication = Objects.requireNonNull(authentication, "authentication");
            return this;
        }

        /**
         * Sets the versions of TLS.
         *
         * @param names {@code TLSv1.3}, for instance, as the JDK calls them; none for the default
         * @return this
         */
        public Builder protocols(String... names) {
            protocols = List.of(names);
            return this;
        }

        /**
         * Sets the cipher suites.
         *
         * @param names {@code TLS_AES_128_GCM_SHA256}, for instance, as the JDK calls them, the best first; none for the
         *     default
         * @return this
         */
        public Builder ciphers(String... names) {
            ciphers = List.of(names);
            return this;
        }

        /**
         * Sets how often a server looks whether files have another time of modification, to read all of them again for
         * connections to come. Files that cannot be used, because one is not written yet for instance, leave it as it is
         * until the next look.
         *
         * @param interval zero for never, at most a day; the default is one minute
         * @return this
         * @throws IllegalArgumentException if it is negative or longer than a day
         */
        public Builder lookEvery(Duration interval) {
            if (interval.isNegative() || interval.compareTo(LONGEST_LOOK_INTERVAL) > 0) {
                throw new IllegalArgumentException("interval must be from 0 to one day, not " + interval);
            }
            lookInterval = interval;
            return this;
        }

        /**
         * Reads the files, and makes TLS of what was set.
         *
         * @return immutable
         * @throws IOException if a file cannot be read, or a password is wrong
         * @throws GeneralSecurityException if a key or certificate cannot be used
         * @throws IllegalStateException if there is neither a key nor a context, or both, or if clients are to be asked for
         *     certificates and nobody was said to vouch for them
         * @throws IllegalArgumentException if the JDK does not support a protocol or cipher suite
         */
        public Tls build() throws IOException, GeneralSecurityException {
            if ((context != null) == !keys.isEmpty() || context != null && trust != null) {
                throw new IllegalStateException("Either a context is needed, or a key");
            }
            boolean wantsPeer = clientAuthentication != ClientAuthentication.NONE;
            if (context == null && wantsPeer && trust == null) {
                throw new IllegalStateException("Nobody was said to vouch for clients: trust(...) is missing");
            }
            KeyMaterial material = context == null ? KeyMaterial.read(keys, trust) : null;
            EngineFactory engines = new EngineFactory(
                    material == null ? context : material.context(),
                    protocols,
                    ciphers,
                    wantsPeer,
                    clientAuthentication == ClientAuthentication.NEED);
            // Now, rather than at the first connection.
            engines.create();
            return new Tls(material, engines, lookInterval);
        }
    }
}
