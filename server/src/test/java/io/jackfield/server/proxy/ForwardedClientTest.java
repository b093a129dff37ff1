package io.jackfield.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jackfield.api.ForwardedHeaders;
import io.jackfield.api.Headers;
import io.jackfield.api.Options;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies live in 10.0.0.0/8, the nearest at 10.0.0.1. */
class ForwardedClientTest {

    private static final InetSocketAddress PROXY = new InetSocketAddress("10.0.0.1", 40_000);

    private static final Options X_FORWARDED =
            Options.builder().trustedProxies("10.0.0.0/8").build();

    private static final Options FORWARDED =
            X_FORWARDED.toBuilder().forwardedHeaders(ForwardedHeaders.FORWARDED).build();

    /** Address, then TLS, then host. */
    private static String client(Headers headers, InetSocketAddress peer, Options options) {
        return ForwardedClient.of(headers, peer, options)
                .map(client -> client.address().getAddress().getHostAddress() + ":"
                        + client.address().getPort()
                        + (client.secure() ? " TLS" : "")
                        + client.host().map(host -> " " + host).orElse(""))
                .orElse("malformed");
    }

    @ParameterizedTest
    @DisplayName("S-12: the client is the rightmost address that is no trusted proxy")
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9:0",
                "203.0.113.9:5555 | 203.0.113.9:5555",
                "198.51.100.7, 203.0.113.9 | 203.0.113.9:0",
                "198.51.100.7, 203.0.113.9, 10.0.0.2 | 203.0.113.9:0",
                "10.9.9.9, 203.0.113.9 | 203.0.113.9:0",
                "10.0.0.3 ,10.0.0.2 | 10.0.0.3:0",
                "2001:db8::9 | 2001:db8:0:0:0:0:0:9:0",
                "[2001:db8::9]:77 | 2001:db8:0:0:0:0:0:9:77",
                "unknown | 10.0.0.1:40000",
                "_hidden | 10.0.0.1:40000",
                "198.51.100.7, unknown | 10.0.0.1:40000",
                "198.51.100.7, unknown, 10.0.0.2 | 10.0.0.2:0",
                "evil, 203.0.113.9 | 203.0.113.9:0",
                "\"198.51.100.7, 203.0.113.9 | 203.0.113.9:0",
                "203.0.113.9, | 10.0.0.1:40000",
                "'' | 10.0.0.1:40000",
            })
    void theClientIsTheRightmostThatIsNotTrusted(String forwardedFor, String expected) {
        assertEquals(expected, client(Headers.EMPTY.with("X-Forwarded-For", forwardedFor), PROXY, X_FORWARDED));
    }

    @Test
    @DisplayName("R-6: several lines are one list")
    void severalLinesAreOneList() {
        Headers headers =
                Headers.EMPTY.with("X-Forwarded-For", "198.51.100.7").with("x-forwarded-for", "203.0.113.9, 10.0.0.2");
        assertEquals("203.0.113.9:0", client(headers, PROXY, X_FORWARDED));
    }

    @Test
    @DisplayName("S-12: from anyone else nothing is believed")
    void strangersAreNotBelieved() {
        InetSocketAddress stranger = new InetSocketAddress("203.0.113.50", 1);
        Headers headers = Headers.EMPTY
                .with("X-Forwarded-For", "198.51.100.7")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "evil.example")
                .with("Forwarded", "for=\"broken");
        assertEquals("203.0.113.50:1", client(headers, stranger, X_FORWARDED));
        assertEquals("203.0.113.50:1", client(headers, stranger, FORWARDED));
    }

    @Test
    @DisplayName("S-12: fields of the other kind are the client's own, and not believed")
    void fieldsOfTheOtherKindAreNotBelieved() {
        Headers headers = Headers.EMPTY.with("Forwarded", "for=198.51.100.7;proto=https;host=evil.example");
        assertEquals("10.0.0.1:40000", client(headers, PROXY, X_FORWARDED));
        Headers others = Headers.EMPTY.with("X-Forwarded-For", "198.51.100.7").with("X-Forwarded-Proto", "https");
        assertEquals("10.0.0.1:40000", client(others, PROXY, FORWARDED));
    }

    @ParameterizedTest
    @DisplayName("S-10, S-11: a list says nothing of the host, nor of TLS")
    @CsvSource(
            delimiter = '|',
            value = {
                "chat.example | https | 203.0.113.9:0 TLS chat.example",
                "chat.example:8443 | http | 203.0.113.9:0 chat.example:8443",
                "[2001:db8::1]:8443 | https | 203.0.113.9:0 TLS [2001:db8::1]:8443",
                "a.example, b.example | https,http | 203.0.113.9:0",
                "chat.example/x | https | 203.0.113.9:0 TLS",
                "user@chat.example | https | 203.0.113.9:0 TLS",
                "chat.example:123456 | https | 203.0.113.9:0 TLS",
                "'' | wss | 203.0.113.9:0",
            })
    void hostAndTlsAreSingleValues(String host, String proto, String expected) {
        Headers headers = Headers.EMPTY
                .with("X-Forwarded-For", "203.0.113.9")
                .with("X-Forwarded-Host", host)
                .with("X-Forwarded-Proto", proto);
        assertEquals(expected, client(headers, PROXY, X_FORWARDED));
    }

    @Test
    void aProxyMayTellOfTlsAlone() {
        assertEquals(
                "10.0.0.1:40000 TLS", client(Headers.EMPTY.with("X-Forwarded-Proto", "https"), PROXY, X_FORWARDED));
        assertEquals("10.0.0.1:40000 TLS", client(Headers.EMPTY.with("Forwarded", "proto=https"), PROXY, FORWARDED));
        assertEquals("10.0.0.1:40000", client(Headers.EMPTY, PROXY, FORWARDED));
    }

    @ParameterizedTest
    @DisplayName("RFC 7239 sections 4 to 6: the element that the first trusted proxy has written is what counts")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=203.0.113.9;proto=https;host=chat.example | 203.0.113.9:0 TLS chat.example",
                "For=203.0.113.9;PROTO=HTTPS | 203.0.113.9:0 TLS",
                "proto=http;for=203.0.113.9;by=10.0.0.1 | 203.0.113.9:0",
                "for=\"203.0.113.9:5555\" | 203.0.113.9:5555",
                "for=\"[2001:db8:cafe::17]:4711\";proto=wss | 2001:db8:cafe:0:0:0:0:17:4711 TLS",
                "for=\"\\203.0.113.9\";host=\"chat.example:8443\" | 203.0.113.9:0 chat.example:8443",
                "for=198.51.100.7;proto=https;host=evil.example, for=203.0.113.9 | 203.0.113.9:0",
                "for=203.0.113.9;proto=https;host=chat.example, for=10.0.0.2 | 203.0.113.9:0 TLS chat.example",
                "for=198.51.100.7, for=unknown;proto=https | 10.0.0.1:40000 TLS",
                "for=198.51.100.7, for=\"_gazonk\" | 10.0.0.1:40000",
                "for=198.51.100.7, proto=https | 10.0.0.1:40000 TLS",
                "for=203.0.113.9 , ,\t | 203.0.113.9:0",
                "for=203.0.113.9; ;secret=x | 203.0.113.9:0",
                "for=203.0.113.9;host=\"a b\" | 203.0.113.9:0",
            })
    void elementsOfForwarded(String forwarded, String expected) {
        assertEquals(expected, client(Headers.EMPTY.with("Forwarded", forwarded), PROXY, FORWARDED));
    }

    @ParameterizedTest
    @DisplayName("RFC 7239 section 4: what a client has broken is not to swallow what a proxy adds")
    @ValueSource(
            strings = {
                "for=\"198.51.100.7",
                "for=\"198.51.100.7, for=203.0.113.9",
                "for=\"198.51.100.7\\",
                "for",
                "for=",
                "for=;proto=https",
                "for=203.0.113.9;for=198.51.100.7",
                "for=203.0.113.9;FOR=198.51.100.7",
                "for =203.0.113.9",
                "for= 203.0.113.9",
                "for=203.0.113.9 proto=https",
                "for=[::1]",
                "for=203.0.113.9:80",
                "for=\"203.0.113.9\"x",
                "=203.0.113.9",
                "for=203.0.113.9;\u00ff=1",
                "<for>=1"
            })
    void brokenFieldsAreMalformed(String forwarded) {
        assertEquals("malformed", client(Headers.EMPTY.with("Forwarded", forwarded), PROXY, FORWARDED));
        assertEquals(
                "malformed",
                client(
                        Headers.EMPTY.with("Forwarded", forwarded).with("Forwarded", "for=203.0.113.9"),
                        PROXY,
                        FORWARDED));
    }

    @Test
    @DisplayName("R-26, A-51: work is linear in the field")
    void longFieldsAreReadInNoTime() {
        // Quadratic work on millions of characters takes hours, linear work less than a second: no machine is slow or
        // fast enough to mistake one for the other.
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            String longList = "for=10.0.0.2,".repeat(600_000) + "for=10.0.0.2";
            assertEquals("10.0.0.2:0", client(Headers.EMPTY.with("Forwarded", longList), PROXY, FORWARDED));
            String quotes = "for=\"" + "\\\"".repeat(4_000_000);
            assertEquals("malformed", client(Headers.EMPTY.with("Forwarded", quotes), PROXY, FORWARDED));
            String commas = ",".repeat(8_000_000);
            assertEquals("10.0.0.1:40000", client(Headers.EMPTY.with("X-Forwarded-For", commas), PROXY, X_FORWARDED));
        });
    }
}
