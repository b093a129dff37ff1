package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private static final OriginPolicy SAME_HOST = OriginPolicy.sameHost();

    @ParameterizedTest
    @DisplayName("Decision 7, R-37: the page's host is the request's host; ports may differ")
    @CsvSource({
        "http://example.org, example.org",
        "https://example.org, example.org",
        "http://example.org:8080, example.org",
        "http://example.org, example.org:8080",
        "https://example.org:8443, example.org:9443",
        "http://example.org, example.org:",
        "http://example.org:, example.org",
        "HTTP://EXAMPLE.ORG, example.org",
        "http://example.org, Example.Org:80",
        "http://localhost:3000, localhost:8080",
        "http://127.0.0.1:3000, 127.0.0.1:8080",
        "http://[::1]:3000, [::1]:8080",
        "http://[2001:DB8::1], [2001:db8::1]",
        "http://my_service:8080, my_service",
        "http://xn--bcher-kva.example, xn--bcher-kva.example",
    })
    void sameHostAllowsPagesOfTheRequestsHost(String origin, String host) {
        assertTrue(SAME_HOST.allows(origin, request(host)));
    }

    @ParameterizedTest
    @DisplayName("Decision 7, R-37, A-64: a foreign page is refused, however much its host resembles ours")
    @CsvSource({
        "http://evil.example, example.org",
        "http://evil-example.org, example.org",
        "http://evilexample.org, example.org",
        "http://sub.example.org, example.org",
        "http://example.org, sub.example.org",
        "http://example.org.evil.example, example.org",
        "http://example.orgevil, example.org",
        "http://example.org., example.org",
        "http://org, example.org",
        "http://localhost.evil.example, localhost",
        "http://[::1], [::2]",
        "http://[::1], 127.0.0.1",
        "http://127.0.0.1.evil.example, 127.0.0.1",
        "http://\u0430example.org, example.org",
        "http://example\u3002org, example.org",
        "http://\u212aelvin.example, kelvin.example",
    })
    void sameHostRefusesForeignPages(String origin, String host) {
        assertFalse(SAME_HOST.allows(origin, request(host)));
    }

    @ParameterizedTest
    @DisplayName("Decision 7, A-64: what is not one origin is refused: user information, paths, lists, null, nothing")
    @ValueSource(
            strings = {
                "null",
                "",
                " ",
                "example.org",
                "//example.org",
                "http:example.org",
                "http:/example.org",
                "http:///example.org",
                "://example.org",
                "http://",
                "http://:80",
                "http://example.org@evil.example",
                "http://evil.example@example.org",
                "http://user:pw@example.org",
                "http://example.org:80@evil.example",
                "http://example.org/",
                "http://example.org/path",
                "http://example.org?",
                "http://example.org#",
                "http://example.org\\",
                "http://evil.example\\@example.org",
                "http://evil.example#@example.org",
                "http://evil.example/example.org",
                "http://example.org, http://evil.example",
                "http://evil.example http://example.org",
                " http://example.org",
                "http://example.org ",
                "http://example.org:x",
                "http://example.org:-1",
                "http://example.org:65536",
                "http://example.org:100000",
                "http://example.org:80:80",
                "http://exam%70le.org",
                "http://[example.org]",
                "http://[example.org",
                "file://",
                "file://example.org",
                "data:text/html,x",
                "chrome-extension://example.org",
                "ht tp://example.org",
                "1http://example.org",
            })
    void sameHostRefusesWhatIsNoWebOrigin(String origin) {
        assertFalse(SAME_HOST.allows(origin, request("example.org")));
    }

    @ParameterizedTest
    @DisplayName("R-11, A-60: no Host, several, or one that is no host: refused")
    @ValueSource(
            strings = {
                "",
                "example.org/",
                "example.org@evil.example",
                "evil.example@example.org",
                "http://example.org",
                "example.org, example.org",
                "example.org evil.example",
                "example.org:80:80",
                "example.org:http"
            })
    void sameHostRefusesWithoutOneHost(String host) {
        assertFalse(SAME_HOST.allows("http://example.org", request(host)));
        assertFalse(SAME_HOST.allows("http://", request(host)));
        assertFalse(SAME_HOST.allows("null", request(host)));
    }

    @Test
    @DisplayName("R-11, A-60, A-65: two Host fields are refused even if one fits")
    void sameHostRefusesTwoHosts() {
        Request bare = Request.builder("GET", "/").build();
        assertFalse(SAME_HOST.allows("http://example.org", bare));
        assertFalse(SAME_HOST.allows("null", bare));
        Request two = request("example.org").toBuilder()
                .header("host", "evil.example")
                .build();
        assertFalse(SAME_HOST.allows("http://example.org", two));
        assertFalse(SAME_HOST.allows("http://evil.example", two));
    }

    @ParameterizedTest
    @DisplayName("Decision 7, A-65: an allow-list compares scheme, host and port")
    @CsvSource({
        "https://example.org, true",
        "https://example.org:443, true",
        "HTTPS://Example.ORG, true",
        "http://example.org, false",
        "https://example.org:80, false",
        "https://example.org:8443, false",
        "http://example.org:443, false",
        "wss://example.org, false",
        "http://localhost:3000, true",
        "http://localhost, false",
        "http://localhost:3001, false",
        "https://localhost:3000, false",
        "http://plain.example, true",
        "http://plain.example:80, true",
        "https://plain.example, false",
        "http://[::1]:3000, true",
        "http://[::1], false",
        "app://local, true",
        "app://local:80, false",
        "https://sub.example.org, false",
        "https://evil-example.org, false",
        "https://example.org.evil.example, false",
        "https://example.org@evil.example, false",
        "https://evil.example@example.org, false",
        "https://example.org/, false",
        "null, false",
        "'', false",
    })
    void anAllowListComparesSchemeHostAndPort(String origin, boolean expected) {
        OriginPolicy policy = OriginPolicy.allowList(
                "https://example.org",
                "http://localhost:3000",
                "http://Plain.Example:80",
                "http://[::1]:3000",
                "app://local");
        assertEquals(expected, policy.allows(origin, request("example.org")));
    }

    @Test
    @DisplayName("Decision 7: an allow-list does not look at Host, and an empty one allows no page")
    void anAllowListDoesNotLookAtHost() {
        assertTrue(OriginPolicy.allowList("https://a.example").allows("https://a.example", request("b.example")));
        assertFalse(OriginPolicy.allowList("https://a.example").allows("https://b.example", request("b.example")));
        assertFalse(OriginPolicy.allowList().allows("https://a.example", request("a.example")));
    }

    @ParameterizedTest
    @DisplayName("A-64: an allow-list has no patterns and no parts of origins")
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "https://*",
                "example.org",
                "https://example.org/",
                "https://user@example.org",
                "https://example.org:99999",
                "https://\u00fcber.example"
            })
    void anAllowListTakesWholeOriginsOnly(String origin) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> OriginPolicy.allowList(origin));
        assertEquals("Not an origin (scheme://host[:port]): '" + origin + "'", thrown.getMessage());
    }

    @ParameterizedTest
    @DisplayName("Decision 7: any allows every page, the null origin too")
    @ValueSource(strings = {"http://evil.example", "null", "", "nonsense"})
    void anyAllowsEveryPage(String origin) {
        assertTrue(OriginPolicy.any().allows(origin, Request.builder("GET", "/").build()));
    }

    @Test
    @DisplayName("Decision 7: a predicate decides by itself")
    void aPredicateDecidesByItself() {
        OriginPolicy policy = (origin, request) -> origin.endsWith(".example") && request.isSecure();
        assertTrue(policy.allows(
                "https://a.example", request("x").toBuilder().secure(true).build()));
        assertFalse(policy.allows("https://a.example", request("x")));
    }

    @Test
    void policiesAreEqualByContentAndReadable() {
        OriginPolicy one = OriginPolicy.allowList("https://a.example", "http://b.example:80");
        assertEquals(one, OriginPolicy.allowList("http://B.example", "https://a.example:443"));
        assertNotEquals(one, OriginPolicy.allowList("https://a.example"));
        assertEquals("same-host", OriginPolicy.sameHost().toString());
        assertEquals("any", OriginPolicy.any().toString());
        assertEquals(
                "[http://b.example:8080]",
                OriginPolicy.allowList("http://B.example:8080").toString());
    }

    @Test
    @DisplayName("R-26: the work is linear in the value")
    void theWorkIsLinear() {
        String many = "a".repeat(1_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertFalse(SAME_HOST.allows("http://" + many + "@", request("example.org")));
            assertFalse(SAME_HOST.allows(many, request("example.org")));
            assertFalse(SAME_HOST.allows("http://" + many, request(many + "/")));
            assertTrue(SAME_HOST.allows("http://" + many, request(many)));
        });
    }

    private static Request request(String host) {
        return Request.builder("GET", "/").header("Host", host).build();
    }
}
