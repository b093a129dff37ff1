package io.jackfield.server.tls;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A private key with its certificate and those that lead to its issuer. Immutable.
 *
 * @param key the key
 * @param chain the certificate of the key first
 * @param names the host names that the certificate is for, in lower case, perhaps with a wildcard as first label
 */
record ServerKey(PrivateKey key, List<X509Certificate> chain, Set<String> names) {

    /** The type of a subject alternative name that is a host name (RFC 5280 section 4.2.1.6). */
    private static final Integer DNS_NAME = 2;

    ServerKey {
        chain = List.copyOf(chain);
        names = Set.copyOf(names);
    }

    /**
     * A key with the names of its certificate.
     *
     * @param key the key
     * @param chain the certificate of the key first
     * @return the key
     * @throws CertificateParsingException if the certificate's names cannot be read
     */
    static ServerKey of(PrivateKey key, List<X509Certificate> chain) throws CertificateParsingException {
        return new ServerKey(key, chain, names(chain.get(0)));
    }

    /** The subject's common name does not count any more (RFC 9525 section 2). */
    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        return alternatives == null
                ? Set.of()
                : alternatives.stream()
                        .filter(name -> DNS_NAME.equals(name.get(0)))
                        .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether its certificate names this host, written in lower case, letter by letter. */
    boolean isFor(String host) {
        return names.contains(host);
    }

    /** Whether its certificate names the host's domain with a wildcard, which stands for one label (RFC 9525 section 6.3). */
    boolean isForDomainOf(String host) {
        int dot = host.indexOf('.');
        return dot > 0 && names.contains("*" + host.substring(dot));
    }

    /** The algorithm of the key, {@code EC} or {@code RSA} for instance. */
    String algorithm() {
        return chain.get(0).getPublicKey().getAlgorithm();
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return algorithm() + " " + names;
    }
}
