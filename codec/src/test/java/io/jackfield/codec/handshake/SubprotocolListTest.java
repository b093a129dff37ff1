package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubprotocolListTest {

    static Stream<Arguments> validValues() {
        return Stream.of(
                Arguments.of("chat", List.of("chat")),
                Arguments.of("foo, irc,xmpp", List.of("foo", "irc", "xmpp")),
                Arguments.of("a ,\tb\t, c", List.of("a", "b", "c")),
                Arguments.of("a, A", List.of("a", "A")),
                Arguments.of(",a,,b,", List.of("a", "b")),
                Arguments.of("v12.stomp, constructor", List.of("v12.stomp", "constructor")));
    }

    @ParameterizedTest
    @MethodSource("validValues")
    @DisplayName("S-56, R-9, R-10: names in the client's order")
    void validValuesAreRead(String value, List<String> names) {
        assertEquals(Optional.of(names), SubprotocolList.parse(value).map(List::copyOf));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a, a",
                "a, b, a",
                "a b",
                "a;b",
                "a/b",
                "\"a\"",
                "a, \u00e4",
                "\u00e4",
                "a\0",
                "a, b c"
            })
    @DisplayName("R-40, A-55: names are tokens, each once")
    void invalidValuesAreNot(String value) {
        assertEquals(Optional.empty(), SubprotocolList.parse(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a ", "\t", ",", "a,", " ,", "aaaa", "a b"})
    @DisplayName("A-50: work is linear in the value, whatever it repeats")
    void workIsLinear(String repeated) {
        for (String start : List.of("", "a", "a,", "b ")) {
            CountingText value = new CountingText(start + repeated.repeat(5_000));
            SubprotocolList.parse(value);
            assertTrue(value.looks() <= 8L * value.length(), value.looks() + " looks at " + value.length());
        }
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                Arguments.of("foo, irc, xmpp", List.of("xmpp", "irc"), "irc"),
                Arguments.of("xmpp, irc", List.of("irc", "xmpp"), "xmpp"),
                Arguments.of("foo", List.of("xmpp", "irc"), ""),
                Arguments.of("IRC", List.of("irc"), ""),
                Arguments.of("irc", List.of(), ""));
    }

    @ParameterizedTest
    @MethodSource("choices")
    @DisplayName("S-55, S-56, S-57, R-39: the client's order decides, names compare exactly")
    void clientsOrderDecides(String offered, List<String> supported, String chosen) {
        Set<String> names = SubprotocolList.parse(offered).orElseThrow();
        assertEquals(chosen, SubprotocolList.choose(names, supported));
    }
}
