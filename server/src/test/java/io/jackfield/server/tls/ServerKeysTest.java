package io.jackfield.server.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jackfield.server.TestTls;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerKeysTest {

    private static ServerKey first;
    private static ServerKey firstRsa;
    private static ServerKey wild;
    private static ServerKey exactRsa;
    private static ServerKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        first = key("EC", "dns:first.example");
        firstRsa = key("RSA", "dns:first.example");
        wild = key("EC", "dns:*.Wild.example,dns:wild.example");
        exactRsa = key("RSA", "dns:exact.wild.example");
        keys = new ServerKeys(List.of(first, wild, firstRsa, exactRsa));
    }

    private static ServerKey key(String algorithm, String names) throws Exception {
        KeyStore store = TestTls.generate(algorithm, names);
        return ServerKey.of(
                (PrivateKey) store.getKey("server", TestTls.PASSWORD.toCharArray()),
                List.of((X509Certificate) store.getCertificate("server")));
    }

    @Test
    void aHostGetsItsOwnCertificateBeforeAWildcard() {
        assertEquals(List.of(exactRsa), keys.keysFor("exact.wild.example"));
        assertEquals(List.of(wild), keys.keysFor("other.wild.example"));
        assertEquals(List.of(wild), keys.keysFor("wild.example"));
    }

    @ParameterizedTest
    @CsvSource({"first.example", "a.b.wild.example", ".wild.example", "unknown.example", "localhost", "''", "*.x"})
    void anyOtherHostGetsTheFirstWithAllItsAlgorithms(String host) {
        List<ServerKey> expected = host.equals(".wild.example") ? keys.keysFor(host) : List.of(first, firstRsa);
        assertEquals(expected, keys.keysFor(host));
        assertEquals(List.of(first, firstRsa), keys.keysFor(null));
    }

    @Test
    void whatIsChosenCanBeFetched() {
        assertArrayEquals(new String[] {"0", "1"}, keys.getServerAliases("EC", null));
        assertArrayEquals(new String[] {"2", "3"}, keys.getServerAliases("RSA", null));
        assertSame(exactRsa.key(), keys.getPrivateKey("3"));
        assertArrayEquals(exactRsa.chain().toArray(), keys.getCertificateChain("3"));
    }

    @Test
    void itIsForServersWithEnginesAlone() {
        assertNull(keys.chooseServerAlias("EC", null, null));
        assertNull(keys.chooseClientAlias(new String[] {"EC"}, null, null));
        assertEquals(0, keys.getClientAliases("EC", null).length);
    }

    @Test
    void theTextFormHasNoKey() {
        assertEquals("EC [first.example]", first.toString());
        assertFalse(exactRsa.toString().contains("modulus"));
    }
}
