package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @Test
    @DisplayName("S-30: fields keep their order")
    void fieldsKeepTheirOrder() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("Z", "1");
        map.put("A", "2");
        map.put("M", "3");
        Headers headers = Headers.of(map).with("B", "4");
        assertEquals(
                List.of(Map.entry("Z", "1"), Map.entry("A", "2"), Map.entry("M", "3"), Map.entry("B", "4")),
                list(headers));
        assertEquals(4, headers.size());
    }

    @Test
    @DisplayName("R-8: names compare case-insensitively and keep their case")
    void namesCompareCaseInsensitively() {
        Headers headers = Headers.EMPTY.with("X-Forwarded-For", "a");
        assertEquals(Optional.of("a"), headers.first("x-forwarded-for"));
        assertEquals(List.of("a"), headers.all("X-FORWARDED-FOR"));
        assertEquals("X-Forwarded-For", list(headers).get(0).getKey());
    }

    @Test
    @DisplayName("R-9: several lines equal one list joined by commas, in order")
    void severalLinesEqualOneList() {
        Headers headers = Headers.EMPTY.with("A", "1, 2").with("B", "x").with("a", "3");
        assertEquals(Optional.of("1, 2, 3"), headers.joined("A"));
        assertEquals(List.of("1, 2", "3"), headers.all("A"));
        assertEquals(Optional.of("1, 2"), headers.first("A"));
    }

    @Test
    void aMissingFieldIsEmpty() {
        assertEquals(Optional.empty(), Headers.EMPTY.first("A"));
        assertEquals(Optional.empty(), Headers.EMPTY.joined("A"));
        assertEquals(List.of(), Headers.EMPTY.all("A"));
        assertEquals(0, Headers.EMPTY.size());
        assertFalse(Headers.EMPTY.iterator().hasNext());
    }

    @Test
    @DisplayName("S-42, R-6: blanks and tabs around names and values are dropped, within values they are not")
    void blanksAroundAreDropped() {
        Headers headers = Headers.EMPTY.with(" X-A\t", "\t a\tb  c \t");
        assertEquals(List.of(Map.entry("X-A", "a\tb  c")), list(headers));
        assertEquals(Optional.of(""), Headers.EMPTY.with("A", " \t ").first("A"));
    }

    @Test
    @DisplayName("R-6, R-7: what is neither blank nor tab is not dropped but refused or kept")
    void onlyBlanksAndTabsAreDropped() {
        for (String value : List.of("a\n", "\ra", "a\r\n", "\u000ba", "a\f", "a\u001f", "\u2003a")) {
            assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("A", value));
        }
        assertEquals(
                Optional.of("\u00a0a\u0085"),
                Headers.EMPTY.with("A", "\u00a0a\u0085").first("A"));
    }

    @Test
    @DisplayName("S-43, R-7, R-27: a value has no CR, LF, NUL or other control, and nothing that is no octet")
    void valuesHaveNoControls() {
        for (char c = 0; c < 0x300; c++) {
            String value = "a" + c + "b";
            boolean allowed = c == '\t' || c >= 0x20 && c < 0x7f || c >= 0x80 && c <= 0xff;
            if (allowed) {
                assertEquals(Optional.of(value), Headers.EMPTY.with("A", value).first("A"));
            } else {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Headers.EMPTY.with("A", value),
                        () -> "U+" + (int) value.charAt(1));
            }
        }
    }

    @Test
    @DisplayName("S-43: U+010D and U+010A must not become CR and LF in an encoder that cuts characters to bytes")
    void charactersThatCutToLineEndsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("A", "b\u010d\u010aSet-Cookie: c"));
    }

    @Test
    @DisplayName("S-43, R-8: a name is a token")
    void namesAreTokens() {
        String marks = "!#$%&'*+-.^_`|~";
        for (char c = 0; c < 0x300; c++) {
            String name = "a" + c + "b";
            boolean allowed =
                    c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || marks.indexOf(c) >= 0;
            if (allowed) {
                assertEquals(Optional.of("x"), Headers.EMPTY.with(name, "x").first(name));
            } else {
                assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with(name, "x"));
            }
        }
        for (String name : List.of("", " ", "A B", "A:", "A\r\n", "\u0130")) {
            assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with(name, "x"));
        }
    }

    @Test
    void everyWayOfMakingHeadersChecksThem() {
        assertThrows(IllegalArgumentException.class, () -> Headers.of(Map.of("A", "\n")));
        assertThrows(IllegalArgumentException.class, () -> Headers.of(List.of(Map.entry("A B", ""))));
        assertThrows(NullPointerException.class, () -> Headers.of(List.of(new SimpleEntry<>("A", null))));
        assertThrows(NullPointerException.class, () -> Headers.of(List.of(new SimpleEntry<>(null, "a"))));
        assertThrows(NullPointerException.class, () -> Headers.EMPTY.with("A", null));
        assertThrows(NullPointerException.class, () -> Headers.EMPTY.with(null, "a"));
    }

    @Test
    @DisplayName("Messages and text form hold no values, nor what may be one")
    void noSecretsInMessagesAndTextForm() {
        Headers headers = Headers.EMPTY.with("Authorization", "secret").with("Host", "secret");
        assertEquals("[Authorization, Host]", headers.toString());
        List<Exception> thrown = List.of(
                assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("Cookie", "secret\n")),
                assertThrows(IllegalArgumentException.class, () -> Headers.EMPTY.with("Cookie secret", "x")),
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Headers.EMPTY.with("Upgrade", "secret").requireAllowedInHandshake()));
        thrown.forEach(exception -> assertFalse(exception.getMessage().contains("secret"), exception.getMessage()));
        assertEquals(
                "Not a header field name: illegal character behind 'Cookie'",
                thrown.get(1).getMessage());
    }

    @Test
    void headersAreImmutable() {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        SimpleEntry<String, String> field = new SimpleEntry<>("A", "1");
        fields.add(field);
        Headers headers = Headers.of(fields);
        fields.clear();
        field.setValue("2");
        assertEquals(Optional.of("1"), headers.first("A"));
        headers.with("B", "2");
        assertEquals(1, headers.size());

        assertThrows(UnsupportedOperationException.class, () -> headers.all("A").add("2"));
        Iterator<Map.Entry<String, String>> iterator = headers.iterator();
        Map.Entry<String, String> entry = iterator.next();
        assertThrows(UnsupportedOperationException.class, iterator::remove);
        assertThrows(UnsupportedOperationException.class, () -> entry.setValue("2"));
        assertThrows(NoSuchElementException.class, iterator::next);
    }

    @Test
    void headersAreEqualByFieldsAndOrder() {
        Headers headers = Headers.EMPTY.with("A", "1").with("B", "2");
        Headers same = Headers.of(List.of(Map.entry("A", " 1 "), Map.entry("B", "2")));
        assertEquals(headers, same);
        assertEquals(headers.hashCode(), same.hashCode());
        assertNotEquals(headers, Headers.EMPTY.with("B", "2").with("A", "1"));
        assertNotEquals(headers, Headers.EMPTY.with("A", "1"));
        assertEquals(Headers.EMPTY, Headers.of(List.of()));
        assertNotEquals(headers, null);
    }

    @Test
    void builderKeepsTheOrder() {
        Headers headers = Headers.builder()
                .add("A", "1")
                .addAll(Headers.EMPTY.with("B", "2").with("a", "3"))
                .add(octets("X: 4"), 0, 1, 2, 4)
                .build();
        assertEquals(Headers.EMPTY.with("A", "1").with("B", "2").with("a", "3").with("X", "4"), headers);
        assertEquals(Headers.EMPTY, Headers.builder().build());
    }

    @Test
    void whatWasBuiltDoesNotGrow() {
        Headers.Builder builder = Headers.builder().add("A", "1");
        Headers one = builder.build();
        builder.add("B", "2");
        assertEquals(Headers.EMPTY.with("A", "1"), one);
    }

    @ParameterizedTest
    @DisplayName("S-43, R-22: octets are judged as text is")
    @MethodSource("anyOctetInNameAndValue")
    void octetsAreJudgedAsTextIs(String name, String value) {
        byte[] field = octets(name + ":" + value);
        assertEquals(
                outcome(() -> Headers.EMPTY.with(name, value)),
                outcome(() -> Headers.builder()
                        .add(field, 0, name.length(), name.length() + 1, field.length)
                        .build()));
    }

    static Stream<Arguments> anyOctetInNameAndValue() {
        // Blanks around a name are no octets' concern: a parser refuses them (RFC 9112 section 5.1).
        Stream<Arguments> names = IntStream.range(0, 0x100).mapToObj(c -> Arguments.of("Hos" + (char) c + "t", "v"));
        Stream<Arguments> values = IntStream.range(0, 0x100)
                .mapToObj(c -> Arguments.of("Host", (char) c + "v" + (char) c + "w" + (char) c));
        return Stream.of(names, values, Stream.of(Arguments.of("", "v"), Arguments.of("Host", "")))
                .flatMap(Function.identity());
    }

    private static String outcome(Supplier<Headers> headers) {
        try {
            return list(headers.get()).toString();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Test
    void rangesLieInTheOctets() {
        Headers.Builder builder = Headers.builder();
        byte[] field = octets("A:1");
        assertThrows(IndexOutOfBoundsException.class, () -> builder.add(field, -1, 1, 2, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> builder.add(field, 0, 1, 2, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> builder.add(field, 0, 1, 3, 2));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @DisplayName("S-41, R-22: fields of the handshake are refused where a handshake is answered")
    @ValueSource(strings = {"upgrade", "CONNECTION", "Content-Length", "transfer-encoding", "SEC-WebSocket-Key"})
    void fieldsOfTheHandshakeAreRefused(String name) {
        Headers headers = Headers.EMPTY.with("X-A", "1").with(name, "x");
        assertThrows(IllegalArgumentException.class, headers::requireAllowedInHandshake);
    }

    @Test
    @DisplayName("S-41: other fields are allowed, names that only resemble those too")
    void otherFieldsAreAllowedInTheHandshake() {
        Headers headers = Headers.EMPTY
                .with("Set-Cookie", "a=b")
                .with("X-Upgrade", "1")
                .with("Sec-Fetch-Mode", "websocket")
                .with("Server", "jackfield");
        headers.requireAllowedInHandshake();
        assertEquals(4, headers.size());
    }

    private static List<Map.Entry<String, String>> list(Headers headers) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        headers.forEach(fields::add);
        return fields;
    }
}
