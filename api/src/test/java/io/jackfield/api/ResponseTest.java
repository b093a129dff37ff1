package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 599})
    void statusesFrom200To599(int status) {
        Response response = Response.of(status);
        assertEquals(status, response.status());
        assertEquals(Headers.EMPTY, response.headers());
        assertEquals(0, response.body().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {-200, 0, 100, 101, 199, 600})
    void noOtherStatuses(int status) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> Response.of(status));
        assertEquals("status must be from 200 to 599, not " + status, thrown.getMessage());
    }

    @Test
    void textIsPlainAndUtf8() {
        Response response = Response.text(200, "gr\u00fc\u00df");
        assertEquals(
                Optional.of("text/plain; charset=utf-8"), response.headers().first("content-type"));
        assertArrayEquals("gr\u00fc\u00df".getBytes(StandardCharsets.UTF_8), response.body());
    }

    @ParameterizedTest
    @DisplayName("R-17, R-24: the server alone says how the body is delimited")
    @ValueSource(strings = {"Content-Length", "content-length", "TRANSFER-ENCODING"})
    void headersThatDelimitTheBodyAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Response.of(200).header(name, "5"));
    }

    @Test
    @DisplayName("S-43, R-27: header values cannot split the response")
    void headersAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> Response.of(302).header("Location", "/\r\nSet-Cookie: a=b"));
    }

    @Test
    void responsesAreEqualByContent() {
        Response one = Response.text(200, "ok").header("X-A", "1");
        Response same = Response.text(200, "ok").header("X-A", "1");
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertNotEquals(one, one.body(new byte[] {1}));
        assertNotEquals(one, one.header("X-B", "2"));
        assertNotEquals(one, Response.text(201, "ok").header("X-A", "1"));
    }

    @Test
    void textFormShowsNeitherBodyNorHeaderValues() {
        String text = Response.text(401, "secret body")
                .header("Set-Cookie", "secret=cookie")
                .toString();
        assertEquals("Response[401, headers=[Content-Type, Set-Cookie], body=11 bytes]", text);
        assertFalse(text.contains("secret"));
    }

    @Test
    void nothingIsNull() {
        assertThrows(NullPointerException.class, () -> new Response(200, null, new byte[0]));
        assertThrows(NullPointerException.class, () -> new Response(200, Headers.EMPTY, null));
        assertThrows(NullPointerException.class, () -> Response.text(200, null));
    }
}
