package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.Extension;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private final Executor executor = Runnable::run;
    private final UncaughtExceptionHandler handler = (socket, thrown) -> {};
    private final Extension deflate = new NamedExtension("permessage-deflate");
    private final Extension other = new NamedExtension("x-other");

    @Test
    @DisplayName("S-32, S-33, decisions 1, 7 and 9: what holds where nothing is set")
    void defaults() throws UnknownHostException {
        Options defaults = Options.defaults();
        assertEquals(Headers.EMPTY, defaults.headers());
        assertEquals(List.of(), defaults.extensions());
        assertEquals(67_108_863, defaults.maxLength());
        assertEquals(Duration.ZERO, defaults.ping());
        assertEquals(OverflowPolicy.CLOSE, defaults.overflowPolicy());
        assertSame(OriginPolicy.sameHost(), defaults.origins());
        assertFalse(defaults.trustsProxy(address("127.0.0.1")));
        assertEquals(Optional.empty(), defaults.executor());
        assertEquals(Optional.empty(), defaults.uncaughtExceptionHandler());
        for (Option option : Option.values()) {
            assertFalse(defaults.isSet(option));
            assertEquals(option.defaultValue(), defaults.get(option));
        }
    }

    @Test
    void nothingSetIsTheDefaultInEveryForm() {
        assertEquals(Options.defaults(), Options.builder().build());
        assertEquals(Options.defaults(), Options.of(null));
        assertEquals(Options.defaults(), Options.of(Map.of()));
        assertEquals(Options.defaults(), Options.defaults().with(null));
    }

    @Test
    void builderAndMapFormAgree() {
        Options built = Options.builder()
                .headers(Headers.EMPTY.with("Server", "jackfield").with("X-B", "2"))
                .extensions(deflate, other)
                .maxLength(1)
                .maxStreamedLength(17)
                .maxFragments(2)
                .maxBufferedAmount(3)
                .overflowPolicy(OverflowPolicy.REFUSE)
                .maxQueuedAmount(10)
                .maxControlFramesPerSecond(11)
                .maxMessagesPerSecond(12)
                .maxBytesPerSecond(13)
                .ping(Duration.ofMillis(500))
                .pingTimeout(Duration.ofSeconds(4))
                .idleTimeout(Duration.ofSeconds(5))
                .lifetime(Duration.ofSeconds(14))
                .closeTimeout(Duration.ofSeconds(6))
                .handshakeTimeout(Duration.ofSeconds(7))
                .maxHeadLength(300)
                .maxHeaders(9)
                .maxConnections(15)
                .maxConnectionsPerAddress(16)
                .origins(OriginPolicy.allowList("https://example.org"))
                .trustedProxies("127.0.0.1", "10.0.0.0/8")
                .executor(executor)
                .uncaughtExceptionHandler(handler)
                .forwardedHeaders(ForwardedHeaders.FORWARDED)
                .proxyProtocol("10.1.0.0/16", "::1")
                .build();
        Map<String, Object> map = new HashMap<>();
        map.put("headers", "Server: jackfield\nX-B: 2");
        map.put("extensions", List.of(deflate, other));
        map.put("maxLength", "1");
        map.put("maxStreamedLength", "17");
        map.put("maxFragments", "2");
        map.put("maxBufferedAmount", "3");
        map.put("overflowPolicy", "REFUSE");
        map.put("maxQueuedAmount", "10");
        map.put("maxControlFramesPerSecond", "11");
        map.put("maxMessagesPerSecond", "12");
        map.put("maxBytesPerSecond", "13");
        map.put("ping", "0.5");
        map.put("pingTimeout", "4");
        map.put("idleTimeout", "5");
        map.put("lifetime", "14");
        map.put("closeTimeout", "6");
        map.put("handshakeTimeout", "7");
        map.put("maxHeadLength", "300");
        map.put("maxHeaders", "9");
        map.put("maxConnections", "15");
        map.put("maxConnectionsPerAddress", "16");
        map.put("origins", "https://example.org:443");
        map.put("trustedProxies", "127.0.0.1,10.0.0.0/8");
        map.put("executor", executor);
        map.put("uncaughtExceptionHandler", handler);
        map.put("forwardedHeaders", "FORWARDED");
        map.put("proxyProtocol", "10.1.0.0/16,::1");
        assertEquals(Option.keys(), map.keySet());

        Options mapped = Options.of(map);
        assertEquals(built, mapped);
        assertEquals(built.hashCode(), mapped.hashCode());
        assertEquals(built.toString(), mapped.toString());
        for (Option option : Option.values()) {
            assertTrue(built.isSet(option));
            assertEquals(built.get(option), mapped.get(option));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatGetReturnsCanBeSetAgain(Option option) {
        Object value = switch (option) {
            case EXECUTOR -> executor;
            case UNCAUGHT_EXCEPTION_HANDLER -> handler;
            default -> Options.defaults().get(option);
        };
        Options options = Options.builder().set(option, value).build();
        assertEquals(value, options.get(option));
        assertEquals(options, Options.builder().set(option, options.get(option)).build());
    }

    @Test
    void withReplacesWhatIsGivenAndKeepsTheRest() {
        Options options = Options.of(Map.of("maxLength", 5, "ping", 1));
        Map<String, Object> changes = new HashMap<>();
        changes.put("ping", null);
        changes.put("maxHeaders", 50);
        Options changed = options.with(changes);
        assertEquals(5, changed.maxLength());
        assertEquals(Duration.ZERO, changed.ping());
        assertFalse(changed.isSet(Option.PING));
        assertEquals(50, changed.maxHeaders());
        assertEquals(Options.of(Map.of("maxLength", 5, "ping", 1)), options);
    }

    @Test
    @DisplayName("S-17: with refuses unknown keys before it looks at any value")
    void withRefusesUnknownKeysFirst() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("maxLength", "not a number");
        map.put("nonsense", 1);
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> Options.defaults().with(map));
        assertEquals("Unrecognized option: nonsense", thrown.getMessage());
    }

    @Test
    void optionsDoNotChangeWithTheirBuilder() {
        Options.Builder builder = Options.builder().maxLength(5);
        Options options = builder.build();
        builder.maxLength(6);
        assertEquals(5, options.maxLength());
        Options.Builder second = options.toBuilder().maxLength(7);
        assertEquals(5, options.maxLength());
        assertEquals(7, second.build().maxLength());
    }

    @Test
    void settersRefuseNull() {
        Options.Builder builder = Options.builder().maxLength(5);
        Stream.<Runnable>of(
                        () -> builder.headers(null),
                        () -> builder.extensions((Extension[]) null),
                        () -> builder.extensions((List<Extension>) null),
                        () -> builder.extensions((Extension) null),
                        () -> builder.overflowPolicy(null),
                        () -> builder.ping(null),
                        () -> builder.pingTimeout(null),
                        () -> builder.idleTimeout(null),
                        () -> builder.closeTimeout(null),
                        () -> builder.handshakeTimeout(null),
                        () -> builder.origins(null),
                        () -> builder.trustedProxies((String) null),
                        () -> builder.executor(null),
                        () -> builder.uncaughtExceptionHandler(null),
                        () -> builder.set(null, 1))
                .forEach(setter -> assertThrows(NullPointerException.class, setter::run));
        assertEquals(Options.of(Map.of("maxLength", 5)), builder.build());
    }

    // -- headers ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-30, S-42: headers as a map: in its order, trimmed, null values skipped, lists repeat the name")
    void headersAsAMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(" X-B ", " 2 ");
        fields.put("X-None", null);
        fields.put("Set-Cookie", List.of("a=1", "b=2"));
        fields.put("X-A", 1);
        Headers expected = Headers.EMPTY
                .with("X-B", "2")
                .with("Set-Cookie", "a=1")
                .with("Set-Cookie", "b=2")
                .with("X-A", "1");
        assertEquals(expected, Options.of(Map.of("headers", fields)).headers());
        assertEquals(Headers.EMPTY, Options.of(Map.of("headers", Map.of())).headers());
    }

    @Test
    @DisplayName("S-30: headers as lines, however they end")
    void headersAsLines() {
        Headers expected = Headers.EMPTY.with("X-B", "a: b").with("X-A", "");
        for (String lines : List.of("X-B: a: b\nX-A:", "\r\nX-B:a: b\r\n\r\n  X-A :  \r\n")) {
            assertEquals(expected, Options.of(Map.of("headers", lines)).headers());
        }
        assertEquals(Headers.EMPTY, Options.of(Map.of("headers", "")).headers());
    }

    @ParameterizedTest
    @DisplayName("S-41: names that the handshake owns are refused, in any form")
    @ValueSource(strings = {"Upgrade", "connection", "Sec-WebSocket-Accept", "SEC-WEBSOCKET-EXTENSIONS"})
    void headersOfTheHandshakeAreRefused(String name) {
        for (Object form : List.of(Headers.EMPTY.with(name, "mine"), Map.of(name, "mine"), name + ": mine")) {
            IllegalArgumentException thrown =
                    assertThrows(IllegalArgumentException.class, () -> Options.of(Map.of("headers", form)));
            assertTrue(
                    thrown.getMessage().contains("The header " + name + " belongs to the WebSocket handshake"),
                    thrown.getMessage());
        }
    }

    @Test
    @DisplayName("S-43: CR, LF, NUL and names that are no tokens are refused")
    void headersThatSplitTheResponseAreRefused() {
        for (Map<String, String> fields : List.of(
                Map.of("A", "b\r\nc"),
                Map.of("A", "b\n"),
                Map.of("A", "\u0000"),
                Map.of("A\r\nB", "c"),
                Map.of("A B", "c"))) {
            assertThrows(IllegalArgumentException.class, () -> Options.of(Map.of("headers", fields)));
        }
    }

    @Test
    @DisplayName("Header values, which may be secrets, are in no message and in no text form")
    void headerValuesStaySecret() {
        Options options = Options.of(Map.of("headers", "Set-Cookie: secret"));
        assertEquals("{headers=[Set-Cookie]}", options.toString());
        for (Object form : List.of(
                Map.of("Set-Cookie", "secret\n"),
                Map.of("Set-Cookie secret", ""),
                Map.of("Upgrade", "secret"),
                "Set-Cookie: secret\u0000",
                "Set-Cookie secret",
                "Set-Cookie secret: x",
                Headers.EMPTY.with("Connection", "secret"),
                List.of("Set-Cookie: secret"))) {
            Throwable thrown = assertThrows(IllegalArgumentException.class, () -> Options.of(Map.of("headers", form)));
            for (; thrown != null; thrown = thrown.getCause()) {
                assertFalse(String.valueOf(thrown.getMessage()).contains("secret"), thrown.getMessage());
            }
        }
    }

    // -- extensions ---------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-31: one extension or a list; the order is that of registration")
    void extensionsAreOneOrAList() {
        assertEquals(List.of(deflate), Options.of(Map.of("extensions", deflate)).extensions());
        assertEquals(
                List.of(other, deflate),
                Options.of(Map.of("extensions", List.of(other, deflate))).extensions());
        assertEquals(
                List.of(other, deflate),
                Options.builder()
                        .extensions(new LinkedHashSet<>(List.of(other, deflate)))
                        .build()
                        .extensions());
        assertEquals(List.of(), Options.of(Map.of("extensions", List.of())).extensions());
    }

    @Test
    @DisplayName("S-31, S-162: an extension without a name, with a name that is no token, or a second of one name")
    void extensionsThatCannotBeRegistered() {
        assertEquals("extension.name must be a string", refused(List.of(new NamedExtension(null))));
        assertEquals("extension.name must be a token, not \"a, b\"", refused(List.of(new NamedExtension("a, b"))));
        assertEquals("extension.name must be a token, not \"\"", refused(List.of(new NamedExtension(""))));
        assertEquals(
                "An extension with name \"x-other\" is already registered",
                refused(List.of(deflate, other, new NamedExtension("x-other"))));
        assertEquals(
                "Option extensions: java.util.Arrays$ArrayList is not allowed; allowed: an Extension or a list of them"
                        + " (found null)",
                refused(Arrays.asList(deflate, null)));
    }

    private static String refused(List<Extension> extensions) {
        return assertThrows(IllegalArgumentException.class, () -> Options.of(Map.of("extensions", extensions)))
                .getMessage();
    }

    @Test
    void extensionsAreCopiedAndImmutable() {
        List<Extension> given = new ArrayList<>(List.of(deflate));
        Options options = Options.builder().extensions(given).build();
        given.add(other);
        assertEquals(List.of(deflate), options.extensions());
        assertThrows(
                UnsupportedOperationException.class, () -> options.extensions().add(other));
    }

    // -- policies and addresses ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    @DisplayName("Decision 9: every overflow policy, as itself and by its name")
    void overflowPolicies(OverflowPolicy policy) {
        assertEquals(policy, Options.of(Map.of("overflowPolicy", policy)).overflowPolicy());
        assertEquals(
                policy,
                Options.of(Map.of("overflowPolicy", " " + policy.name())).overflowPolicy());
    }

    @Test
    @DisplayName("Decision 7: origins as a policy, same-host, any, a list, or text separated by commas")
    void originsInEveryForm() {
        OriginPolicy own = (origin, request) -> false;
        assertSame(own, Options.of(Map.of("origins", own)).origins());
        assertSame(
                OriginPolicy.sameHost(),
                Options.of(Map.of("origins", "same-host")).origins());
        assertSame(OriginPolicy.any(), Options.of(Map.of("origins", " any ")).origins());
        assertSame(
                OriginPolicy.any(),
                Options.of(Map.of("origins", List.of("any"))).origins());
        OriginPolicy two = OriginPolicy.allowList("https://a.example", "http://b.example:8080");
        for (Object form : List.of(
                "https://a.example, http://b.example:8080",
                List.of("http://b.example:8080", "https://a.example"),
                new String[] {"https://a.example", "http://b.example:8080"})) {
            assertEquals(two, Options.of(Map.of("origins", form)).origins());
        }
    }

    @Test
    @DisplayName("Decision 7: any and same-host stand alone; an empty list allows no page")
    void originsThatDoNotMix() {
        assertThrows(IllegalArgumentException.class, () -> Options.of(Map.of("origins", "any, https://a.example")));
        OriginPolicy none = Options.of(Map.of("origins", "")).origins();
        assertFalse(none.allows("https://a.example", Request.builder("GET", "/").build()));
    }

    @Test
    @DisplayName("S-12: forwarding headers are believed from the addresses given, in every form")
    void trustedProxiesInEveryForm() throws UnknownHostException {
        for (Object form :
                List.of("127.0.0.1, 10.0.0.0/8,::1", List.of("127.0.0.1", " 10.0.0.0/8 ", "::1"), new String[] {
                    "127.0.0.1", "10.0.0.0/8", "::1"
                })) {
            Options options = Options.of(Map.of("trustedProxies", form));
            assertTrue(options.trustsProxy(address("127.0.0.1")));
            assertTrue(options.trustsProxy(address("10.255.0.1")));
            assertTrue(options.trustsProxy(address("::1")));
            assertFalse(options.trustsProxy(address("127.0.0.2")));
            assertFalse(options.trustsProxy(address("11.0.0.1")));
            assertEquals(
                    options,
                    Options.builder()
                            .trustedProxies("127.0.0.1", "10.0.0.0/8", "::1")
                            .build());
        }
        assertFalse(Options.of(Map.of("trustedProxies", "")).trustsProxy(address("127.0.0.1")));
    }

    @Test
    void whoSpeaksTheProxyProtocolIsListed() throws UnknownHostException {
        assertFalse(Options.defaults().usesProxyProtocol());
        assertFalse(Options.defaults().allowsProxyProtocol(address("127.0.0.1")));
        Options options = Options.of(Map.of("proxyProtocol", "10.0.0.0/8"));
        assertTrue(options.usesProxyProtocol());
        assertTrue(options.allowsProxyProtocol(address("10.255.0.1")));
        assertFalse(options.allowsProxyProtocol(address("11.0.0.1")));
        assertFalse(options.trustsProxy(address("10.255.0.1")), "a header of its own says nothing of others");
    }

    @Test
    void aListWithANullIsRefused() {
        for (String key : List.of("origins", "trustedProxies", "proxyProtocol")) {
            IllegalArgumentException thrown = assertThrows(
                    IllegalArgumentException.class, () -> Options.of(Map.of(key, Arrays.asList("any", null))));
            assertTrue(thrown.getMessage().startsWith("Option " + key + ": "), thrown.getMessage());
            assertTrue(thrown.getMessage().endsWith("(found null)"), thrown.getMessage());
        }
    }

    @Test
    void executorAndHandler() {
        Options options = Options.of(Map.of("executor", executor, "uncaughtExceptionHandler", handler));
        assertEquals(Optional.of(executor), options.executor());
        assertEquals(Optional.of(handler), options.uncaughtExceptionHandler());
    }

    @Test
    void whatOthersSetGoesBefore() {
        Options server = Options.of(Map.of("maxLength", 5, "ping", 30));
        Options own = Options.of(Map.of("maxLength", 6, "maxHeaders", 8));
        assertEquals(Options.of(Map.of("maxLength", 6, "ping", 30, "maxHeaders", 8)), server.overriddenBy(own));
        assertEquals(server, server.overriddenBy(Options.defaults()));
        assertEquals(own, Options.defaults().overriddenBy(own));
    }

    @Test
    void optionsAreEqualByWhatIsSet() {
        assertEquals(Options.of(Map.of("maxLength", 5)), Options.of(Map.of("maxLength", "5")));
        assertNotEquals(Options.of(Map.of("maxLength", 5)), Options.of(Map.of("maxLength", 6)));
        assertNotEquals(Options.defaults(), Options.of(Map.of("maxLength", 67_108_863)));
        assertNotEquals(Options.defaults(), null);
    }

    @Test
    void textFormNamesKeysAndValues() {
        Options options = Options.builder()
                .maxLength(5)
                .ping(Duration.ofSeconds(30))
                .origins(OriginPolicy.allowList("https://Example.org:443"))
                .trustedProxies("10.0.0.0/8", "::1")
                .build();
        assertEquals(
                "{maxLength=5, ping=PT30S, origins=[https://example.org],"
                        + " trustedProxies=[10.0.0.0/8, 0:0:0:0:0:0:0:1/128]}",
                options.toString());
        assertEquals("{}", Options.defaults().toString());
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
