package io.jackfield.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Chooses among a server's keys by the host name that the client asks for (RFC 6066 section 3): a certificate with that very
 * name, else one with a wildcard for its domain, else the first. Of several for the same names, one for RSA and one for EC
 * for instance, the client gets the one that it understands. Immutable.
 */
final class ServerKeys extends X509ExtendedKeyManager {

    private final List<ServerKey> keys;

    /**
     * @param keys at least one; the first is for clients that ask for no name, or for one that none has
     */
    ServerKeys(List<ServerKey> keys) {
        this.keys = List.copyOf(keys);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        List<ServerKey> eligible = keysFor(requestedHost(engine.getHandshakeSession()));
        return eligible.stream()
                .filter(key -> key.algorithm().equals(keyType))
                .findFirst()
                .map(key -> Integer.toString(keys.indexOf(key)))
                .orElse(null);
    }

    /** Null if the client asks for none. */
    private static String requestedHost(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /**
     * The keys for a host, of whatever algorithm: one that is asked for an EC key must not answer with the wrong host's
     * because the right one has RSA.
     */
    List<ServerKey> keysFor(String host) {
        if (host != null) {
            List<ServerKey> named = keys.stream().filter(key -> key.isFor(host)).toList();
            if (!named.isEmpty()) {
                return named;
            }
            List<ServerKey> wild =
                    keys.stream().filter(key -> key.isForDomainOf(host)).toList();
            if (!wild.isEmpty()) {
                return wild;
            }
        }
        ServerKey first = keys.get(0);
        return keys.stream().filter(key -> key.names().equals(first.names())).toList();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return IntStream.range(0, keys.size())
                .filter(i -> keys.get(i).algorithm().equals(keyType))
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.get(Integer.parseInt(alias)).key();
    }

    // -- not for servers with engines ---------------------------------------------------------------------------------

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
