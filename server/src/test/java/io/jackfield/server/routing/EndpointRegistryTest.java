package io.jackfield.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointRegistryTest {

    private final EndpointRegistry registry = new EndpointRegistry();

    private static PublishedEndpoint endpoint(String path, int ranking) {
        return new PublishedEndpoint(
                PathPattern.parse(path), (socket, request) -> {}, List.of(), Options.defaults(), ranking);
    }

    private PublishedEndpoint add(String path, int ranking) {
        PublishedEndpoint endpoint = endpoint(path, ranking);
        registry.add(endpoint);
        return endpoint;
    }

    private PublishedEndpoint found(String path) {
        return registry.find(path).map(EndpointRegistry.Match::endpoint).orElse(null);
    }

    @Test
    void nothingIsFoundInNothing() {
        assertTrue(registry.find("/").isEmpty());
        assertEquals(List.of(), registry.all());
        assertFalse(registry.remove(endpoint("/", 0)));
    }

    @Test
    void theMostSpecificIsFoundWhateverTheRanking() {
        PublishedEndpoint all = add("/*", 100);
        PublishedEndpoint prefix = add("/rooms/*", 90);
        PublishedEndpoint parameter = add("/rooms/{room}", 80);
        PublishedEndpoint exact = add("/rooms/lobby", -5);
        assertSame(exact, found("/rooms/lobby"));
        assertSame(parameter, found("/rooms/blue"));
        assertSame(prefix, found("/rooms/blue/7"));
        assertSame(all, found("/elsewhere"));
    }

    @Test
    void parametersComeWithTheMatch() {
        add("/rooms/{room}", 0);
        add("/plain", 0);
        assertEquals(
                Map.of("room", "a b"),
                registry.find("/rooms/a%20b").orElseThrow().parameters());
        assertEquals(Map.of(), registry.find("/plain").orElseThrow().parameters());
        assertTrue(registry.find("/rooms/%zz").isEmpty());
    }

    @Test
    void ofTwoWithOnePatternTheHigherRankingIsPublished() {
        PublishedEndpoint low = add("/chat", 1);
        PublishedEndpoint high = add("/chat", 2);
        PublishedEndpoint same = add("/chat", 2);
        assertSame(high, found("/chat"));
        assertEquals(List.of(high, same, low), registry.all());
        assertTrue(registry.remove(high));
        assertSame(same, found("/chat"));
        assertTrue(registry.remove(same));
        assertSame(low, found("/chat"));
        assertTrue(registry.remove(low));
        assertTrue(registry.find("/chat").isEmpty());
    }

    @Test
    void theNamesOfParametersDoNotDecideBetweenTwo() {
        PublishedEndpoint low = add("/rooms/{a}", 0);
        PublishedEndpoint high = add("/rooms/{b}", 1);
        assertSame(high, found("/rooms/1"));
        assertEquals(Map.of("b", "1"), registry.find("/rooms/1").orElseThrow().parameters());
        registry.remove(high);
        assertSame(low, found("/rooms/1"));
    }

    @Test
    void removingOneThatWaitsChangesNothing() {
        PublishedEndpoint first = add("/chat", 0);
        PublishedEndpoint waiting = add("/chat", 0);
        assertTrue(registry.remove(waiting));
        assertFalse(registry.remove(waiting));
        assertSame(first, found("/chat"));
    }

    @Test
    void changedOptionsOfTheServerReachAllEndpoints() {
        Options own = Options.builder().maxHeaders(9).build();
        PublishedEndpoint set =
                new PublishedEndpoint(PathPattern.parse("/own"), (socket, request) -> {}, List.of("chat"), own, 3);
        registry.add(set);
        PublishedEndpoint plain = add("/plain", 0);
        registry.changeOptions(Options.builder().maxLength(7).maxHeaders(8).build());

        assertEquals(7, found("/own").options().maxLength());
        assertEquals(9, found("/own").options().maxHeaders());
        assertEquals(List.of("chat"), found("/own").protocols());
        assertEquals(3, found("/own").ranking());
        assertEquals(7, found("/plain").extensionContext().maxMessageLength());
        assertTrue(found("/own").isSameAs(set));
        assertFalse(found("/own").isSameAs(plain));
        assertTrue(registry.remove(set));
        assertTrue(registry.find("/own").isEmpty());
    }
}
