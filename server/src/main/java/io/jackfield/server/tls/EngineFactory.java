package io.jackfield.server.tls;

import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Makes the engines of a server's connections, all set up alike. Thread-safe.
 *
 * @param context has the keys
 * @param protocols the versions of TLS, or empty for {@link #DEFAULT_PROTOCOLS}
 * @param ciphers the cipher suites, the best first, or empty for those with forward secrecy and authenticated encryption
 * @param wantsPeer whether clients are asked for a certificate
 * @param needsPeer whether those without one are refused
 */
public record EngineFactory(
        SSLContext context, List<String> protocols, List<String> ciphers, boolean wantsPeer, boolean needsPeer) {

    /** RFC 8996 ended the versions before. */
    static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** An upgrade is one of HTTP/1.1 (RFC 6455 section 4.1), whatever else a client offers (RFC 7301). */
    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};

    /** Copies the lists. */
    public EngineFactory {
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
    }

    /**
     * An engine for one connection.
     *
     * @return in server mode, before its handshake
     * @throws IllegalStateException if the context was not initialised
     * @throws IllegalArgumentException if the JDK does not support a protocol or cipher suite
     */
    public SSLEngine create() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(choose(
                protocols, DEFAULT_PROTOCOLS, List.of(engine.getSupportedProtocols()), parameters.getProtocols()));
        List<String> strong = Arrays.stream(parameters.getCipherSuites())
                .filter(EngineFactory::isStrong)
                .toList();
        parameters.setCipherSuites(choose(ciphers, strong, strong, parameters.getCipherSuites()));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        // Both setters change the same thing: the later one holds.
        if (needsPeer) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(wantsPeer);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** What was asked for, else what we prefer as far as it is there, else what the engine came with. */
    private static String[] choose(
            List<String> asked, List<String> preferred, List<String> supported, String[] engineDefault) {
        List<String> chosen =
                asked.isEmpty() ? preferred.stream().filter(supported::contains).toList() : asked;
        return chosen.isEmpty() ? engineDefault : chosen.toArray(String[]::new);
    }

    /** Names of TLS 1.3 have no key exchange; of the others only those with an ephemeral key on a curve pass. */
    private static boolean isStrong(String cipher) {
        boolean authenticated = cipher.contains("_GCM_") || cipher.contains("_CHACHA20_POLY1305_");
        return authenticated && (cipher.startsWith("TLS_ECDHE_") || !cipher.contains("_WITH_"));
    }
}
