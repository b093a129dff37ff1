package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.extension.ExtensionParameter;
import io.jackfield.api.extension.ExtensionParameters;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionHeaderTest {

    /** A field's value and what is read from it, each element as {@code name[parameter, parameter=value]}. */
    record Valid(String name, String value, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Valid> validValues() {
        return Stream.of(
                new Valid("S-173 empty", "", ""),
                new Valid("name alone", "a", "a[]"),
                new Valid("S-175 blank before the semicolon", "a ; b", "a[b]"),
                new Valid("S-175 mixed", "a;b ;c", "a[b, c]"),
                new Valid("S-175 list", "a,b", "a[] b[]"),
                new Valid("S-174 blanks around commas", "a  ,  b , c", "a[] b[] c[]"),
                new Valid("S-176 value", "a; b=1", "a[b=1]"),
                new Valid("S-176 quoted value", "a; b=\"xyz\"", "a[b=xyz]"),
                new Valid("S-176 R-42 escaped value", "a; b=\"\\x\\y\\z\"", "a[b=xyz]"),
                new Valid("S-176 case is kept", "Abc; dEf=GhI", "Abc[dEf=GhI]"),
                new Valid("S-177 numbers stay text", "a; b=01; c=1.0; d=\"-5\"", "a[b=01, c=1.0, d=-5]"),
                new Valid("S-178 repeated parameter", "a; b; c=1; b=\"hi\"", "a[b, c=1, b=hi]"),
                new Valid("S-179 repeated extension", "a; b, c, a; d=1", "a[b] c[] a[d=1]"),
                new Valid("S-180 A-49 hasOwnProperty", "hasOwnProperty; __proto__=1", "hasOwnProperty[__proto__=1]"),
                new Valid(
                        "S-180 A-49 constructor",
                        "constructor, constructor; constructor",
                        "constructor[] constructor[constructor]"),
                new Valid("every token character", "!#$%&'*+-.^_`|~0Az", "!#$%&'*+-.^_`|~0Az[]"),
                new Valid("R-10 empty element between", "a,,b", "a[] b[]"),
                new Valid("R-10 empty element at the end", "a,", "a[]"),
                new Valid("R-10 empty element at the beginning", ",a", "a[]"),
                new Valid("R-10 many empty elements", ", ,, a , ,,", "a[]"),
                new Valid(
                        "offer of a browser",
                        "permessage-deflate; client_max_window_bits",
                        "permessage-deflate[client_max_window_bits]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("validValues")
    @DisplayName("S-173 to S-180, R-10, R-42: valid values")
    void validValuesAreRead(Valid valid) {
        List<ExtensionHeader.Element> elements =
                ExtensionHeader.parse(valid.value()).orElseThrow();
        assertEquals(valid.expected(), describe(elements));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                ";a",
                "a;",
                "a; ",
                "a;;b",
                "a;,b",
                "a;b=",
                "a;b=,c",
                "a;b=;c",
                "a\t;b",
                "a;\tb",
                "a\t,b",
                "a,\tb",
                "a; b = 1",
                "a; b =1",
                "a; b= 1",
                "a b",
                "a; b c",
                "a=1",
                "a; =1",
                "a; b==1",
                "a; b=1=2",
                "a; \"b\"",
                "\"a\"",
                "a; b=\"",
                "a; b=\"x",
                "a; b=\"x\\",
                "a; b=\"x\\\"",
                "a; b=\"\"",
                "a; b=\"x y\"",
                "a; b=\"x,y\"",
                "a; b=\"x\\\"y\"",
                "a; b=\"x\\\\y\"",
                "a; b=\"x\"y",
                "a; b=x\"y\"",
                "a; b='x y'",
                "\u00e4",
                "a; b=\u00e4",
                "a; b=\"\u00e4\"",
                "a\0",
                "a/b",
                "a; b=c/d",
                "(a)",
                "{a}",
                "a@b",
                ",",
                " , ,"
            })
    @DisplayName("S-175, R-41, R-42: values that violate the grammar")
    void invalidValuesAreNot(String value) {
        assertEquals(Optional.empty(), ExtensionHeader.parse(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\", "\\a", "a;", ";", ",", " ", "a; b=\"", "a; b=\"\\a", "a, ", "a; b=1; ", "\"", "="})
    @DisplayName("S-181, A-50, A-51: work is linear in the value, whatever it repeats")
    void workIsLinear(String repeated) {
        for (String start : List.of("", "a; b=\"", "a; b=", "a ")) {
            CountingText value = new CountingText(start + repeated.repeat(5_000));
            ExtensionHeader.parse(value);
            assertTrue(value.looks() <= 8L * value.length(), value.looks() + " looks at " + value.length());
        }
    }

    @Test
    @DisplayName("S-181: an unclosed quoted string of backslash pairs is refused")
    void unclosedQuotedStringIsRefused() {
        assertTrue(ExtensionHeader.parse("a; b=\"" + "\\a".repeat(100_000)).isEmpty());
    }

    @Test
    @DisplayName("S-182: values are quoted where they must be")
    void valuesAreQuotedWhereTheyMustBe() {
        ExtensionParameters parameters = ExtensionParameters.EMPTY
                .with("flag")
                .with("number", 1)
                .with("token", "x-y")
                .with("quoted", "a \"b\" \\c, d")
                .with("number", "-1.5");
        assertEquals(
                "e; flag; number=1; token=x-y; quoted=\"a \\\"b\\\" \\\\c, d\"; number=-1.5",
                ExtensionHeader.format("e", parameters));
    }

    @Test
    @DisplayName("S-183: an empty value is an empty quoted string")
    void emptyValueIsQuoted() {
        assertEquals("e; b=\"\"", ExtensionHeader.format("e", ExtensionParameters.EMPTY.with("b", "")));
    }

    @Test
    @DisplayName("S-43: nothing is written that could end the field")
    void nothingIsWrittenThatCouldEndTheField() {
        for (String value : List.of("a\r\nX: y", "a\rb", "a\nb", "a\0b", "\u007f", "\u00e4", "\u010a", "\t")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ExtensionHeader.format("e", ExtensionParameters.EMPTY.with("b", value)));
        }
        for (String name : List.of("", "a b", "a\r\nX", "a;b", "a=b", "\u00e4")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ExtensionHeader.format("e", ExtensionParameters.of(ExtensionParameter.flag(name))));
            assertThrows(IllegalArgumentException.class, () -> ExtensionHeader.format(name, ExtensionParameters.EMPTY));
        }
    }

    @Test
    @DisplayName("R-41: what is read is what was written")
    void whatIsReadIsWhatWasWritten() {
        long seed = 175;
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            StringBuilder value = new StringBuilder();
            for (int i = 1 + random.nextInt(20); i > 0; i--) {
                value.append("ab1 ,;=\"\\\t-".charAt(random.nextInt(11)));
            }
            Optional<List<ExtensionHeader.Element>> elements = ExtensionHeader.parse(value);
            if (elements.isPresent()) {
                String written = elements.get().stream()
                        .map(element -> ExtensionHeader.format(element.name(), element.parameters()))
                        .collect(Collectors.joining(", "));
                assertEquals(elements, ExtensionHeader.parse(written), "seed " + seed + ": " + value);
                assertFalse(written.contains("\""), written);
            }
        }
    }

    private static String describe(List<ExtensionHeader.Element> elements) {
        return elements.stream()
                .map(element -> element.name()
                        + element.parameters().list().stream()
                                .map(parameter -> parameter.isFlag()
                                        ? parameter.name()
                                        : parameter.name() + "=" + parameter.value())
                                .collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(" "));
    }
}
