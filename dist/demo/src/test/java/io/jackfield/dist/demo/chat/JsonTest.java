package io.jackfield.dist.demo.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void objectsOfStringsAreRead() {
        assertEquals(Map.of(), Json.readStrings(" { } "));
        assertEquals(Map.of("a", "b", "c", ""), Json.readStrings("{\"a\" : \"b\",\n\"c\":\"\"}"));
    }

    @Test
    void escapesAreRead() {
        String json = "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDD0C\"}";
        assertEquals(Map.of("a", "\"\\/\b\f\n\r\té\uD83D\uDD0C"), Json.readStrings(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "null", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1}", "{\"a\":\"b\"", "{\"a\":\"b}", "{\"a\":\"b\",}",
                "{,}", "{\"a\":\"b\"}x", "{}\0", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12", "{\"a\":\"\\",
                "{\"a\":\"line\nbreak\"}", "{a:\"b\"}", "{\"a\":{\"b\":\"c\"}}"
            })
    void anythingElseIsRefused(String json) {
        assertThrows(IllegalArgumentException.class, () -> Json.readStrings(json));
    }

    @Test
    void textsNumbersListsAndObjectsAreWritten() {
        Json.Value inner = Json.object("n", 1);
        assertEquals(
                "{\"t\":\"a\\\"\\\\\\u000a\",\"l\":[{\"n\":1},{\"n\":1}],\"e\":[]}",
                Json.object("t", "a\"\\\n", "l", List.of(inner, inner), "e", List.of()).json());
    }

    @Test
    void whatIsWrittenCanBeReadAgain() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x100; c++) {
            all.append(c);
        }
        assertEquals(
                Map.of("all", all.toString()),
                Json.readStrings(Json.object("all", all.toString()).json()));
    }
}
