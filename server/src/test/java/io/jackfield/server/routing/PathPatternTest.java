package io.jackfield.server.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    private static Optional<Map<String, String>> match(String pattern, String path) {
        return PathPattern.parse(pattern).match(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/chat", "/chat/", "/a/b.c/~d", "/a%20b", "//"})
    void anExactPatternMatchesItselfAlone(String path) {
        assertTrue(PathPattern.parse(path).isExact());
        assertEquals(Optional.of(Map.of()), match(path, path));
        assertEquals(Optional.empty(), match(path, path + "x"));
        assertEquals(Optional.empty(), match(path, path + "/"));
    }

    @Test
    void literalsAreComparedAsTheyStand() {
        assertEquals(Optional.empty(), match("/chat", "/Chat"));

        assertEquals(Optional.empty(), match("/chat", "/ch%61t"));
        assertEquals(Optional.empty(), match("/chat", "chat"));
        assertEquals(Optional.empty(), match("/*", "*"));
        assertEquals(Optional.empty(), match("/chat", ""));
    }

    @Test
    void aParameterTakesOneSegment() {
        assertEquals(Optional.of(Map.of("room", "blue")), match("/rooms/{room}", "/rooms/blue"));
        assertEquals(
                Optional.of(Map.of("room", "blue", "seat", "7")),
                match("/rooms/{room}/seats/{seat}", "/rooms/blue/seats/7"));
        assertEquals(Optional.empty(), match("/rooms/{room}", "/rooms"));
        assertEquals(Optional.empty(), match("/rooms/{room}", "/rooms/"));
        assertEquals(Optional.empty(), match("/rooms/{room}", "/rooms/blue/"));
        assertEquals(Optional.empty(), match("/rooms/{room}", "/rooms/blue/red"));
        assertFalse(PathPattern.parse("/rooms/{room}").isExact());
    }

    @Test
    void aPrefixTakesEverythingBelow() {
        assertEquals(Optional.of(Map.of("*", "a/b.txt")), match("/files/*", "/files/a/b.txt"));
        assertEquals(Optional.of(Map.of("*", "")), match("/files/*", "/files/"));
        assertEquals(Optional.of(Map.of("*", "")), match("/files/*", "/files"));
        assertEquals(Optional.empty(), match("/files/*", "/filesystem"));
        assertEquals(Optional.of(Map.of("*", "")), match("/*", "/"));
        assertEquals(Optional.of(Map.of("*", "a//b")), match("/*", "/a//b"));
        assertEquals(Optional.of(Map.of("user", "me", "*", "x/y")), match("/{user}/*", "/me/x/y"));
    }

    @Test
    void parametersAreDecodedOnceAndAsUtf8() {
        assertEquals(Optional.of(Map.of("x", "grüß dich")), match("/{x}", "/gr%C3%BC%c3%9f%20dich"));
        assertEquals(Optional.of(Map.of("x", "a/b")), match("/{x}", "/a%2Fb"));
        assertEquals(Optional.of(Map.of("x", "%41")), match("/{x}", "/%2541"));
        assertEquals(Optional.of(Map.of("x", "a+b")), match("/{x}", "/a+b"));
        assertEquals(Optional.of(Map.of("x", "A")), match("/{x}", "/%41"));
        assertEquals(Optional.of(Map.of("x", "\ufffd")), match("/{x}", "/%EF%BF%BD"));
        assertEquals(Optional.of(Map.of("*", "a b/c")), match("/*", "/a%20b/c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%4", "/a%4", "/%zz", "/%-1", "/%ff", "/%C3", "/%C0%AF", "/%ED%A0%80", "/\u00e9%41"})
    void invalidPercentEncodingMatchesNoParameter(String path) {
        assertEquals(Optional.empty(), match("/{x}", path));
        assertEquals(Optional.empty(), match("/*", path));
    }

    @Test
    void theMoreSpecificPatternComesFirst() {
        List<String> ordered = List.of(
                "/a/b/c",
                "/a/b/{x}",
                "/a/{x}/c",
                "/{x}/b/c",
                "/a/b",
                "/a/{x}",
                "/{x}/{y}",
                "/a",
                "/{x}",
                "/a/b/*",
                "/a/{x}/*",
                "/{x}/b/*",
                "/a/*",
                "/{x}/*",
                "/*");
        List<PathPattern> patterns =
                new ArrayList<>(ordered.stream().map(PathPattern::parse).toList());
        Collections.shuffle(patterns, new Random(7));
        Collections.sort(patterns);
        assertEquals(ordered, patterns.stream().map(PathPattern::toString).toList());
    }

    @Test
    void namesOfParametersDoNotMakeAPatternAnother() {
        PathPattern room = PathPattern.parse("/rooms/{room}");
        PathPattern id = PathPattern.parse("/rooms/{id}");
        assertEquals(room, id);
        assertEquals(room.hashCode(), id.hashCode());
        assertEquals(0, room.compareTo(id));
        assertEquals("/rooms/{id}", id.toString());
        assertNotEquals(room, PathPattern.parse("/rooms/room"));
        assertNotEquals(room, PathPattern.parse("/rooms/*"));
        assertNotEquals(PathPattern.parse("/rooms"), PathPattern.parse("/rooms/"));
        assertNotEquals(PathPattern.parse("/rooms"), PathPattern.parse("/rooms/*"));
    }

    @ParameterizedTest
    @CsvSource({
        "chat, A path starts with /",
        "'', A path starts with /",
        "/a b, blanks",
        "/a?b, blanks",
        "/a#b, blanks",
        "/grün, blanks",
        "/a*, * stands for a whole last segment only",
        "/*/b, * stands for a whole last segment only",
        "/{*}, * stands for a whole last segment only",
        "/{}, A parameter is a whole segment",
        "/{a, A parameter is a whole segment",
        "/a}, A parameter is a whole segment",
        "/x{a}, A parameter is a whole segment",
        "/{a}{b}, A parameter is a whole segment",
        "/{{a}}, A parameter is a whole segment",
        "/{a}/{a}, each name once",
    })
    void badPatternsAreRefusedWithTheReason(String pattern, String reason) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern));
        assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("'" + pattern + "'"), refusal::getMessage);
    }
}
