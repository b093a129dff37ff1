package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

    @ParameterizedTest
    @DisplayName("S-7, R-12: the target stays as it was sent; path and query are its parts")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/|/|-",
                "/path?q=1|/path|q=1",
                "/path?|/path|''",
                "/a%20b?c%3F|/a%20b|c%3F",
                "/a?b?c|/a|b?c",
                "/?x=http://e.org/y|/|x=http://e.org/y",
                "/a://b|/a://b|-",
                "http://e.org/path?q=1|/path|q=1",
                "http://e.org:80/|/|-",
                "http://e.org?q|/|q",
                "https://e.org|/|-",
                "*|*|-",
                "e.org:443|e.org:443|-",
            })
    void targetPathAndQuery(String target, String path, String query) {
        Request request = Request.builder("GET", target).build();
        assertEquals(target, request.target());
        assertEquals(path, request.path());
        assertEquals(Optional.ofNullable(query), request.query());
    }

    @Test
    void aBareRequestIsHttp11WithoutAnythingElse() {
        Request request = Request.builder("get", "/").build();
        assertEquals("get", request.method());
        assertEquals("HTTP/1.1", request.version());
        assertEquals(Headers.EMPTY, request.headers());
        assertEquals(Optional.empty(), request.remoteAddress());
        assertFalse(request.isSecure());
        assertEquals(Map.of(), request.pathParameters());
    }

    @Test
    void toBuilderKeepsEverything() {
        Request request = full();
        Request copy = request.toBuilder().build();
        assertEquals("GET", copy.method());
        assertEquals("/rooms/7?x", copy.target());
        assertEquals("HTTP/1.0", copy.version());
        assertEquals(request.headers(), copy.headers());
        assertEquals(request.remoteAddress(), copy.remoteAddress());
        assertTrue(copy.isSecure());
        assertEquals(Map.of("room", "7"), copy.pathParameters());
    }

    @Test
    void aBuilderChangesNoRequestThatItMadeOrBeganWith() {
        Request request = full();
        Request.Builder builder = request.toBuilder();
        Request first = builder.header("X-B", "2").secure(false).build();
        builder.header("X-C", "3").pathParameters(Map.of()).version("HTTP/1.1");
        assertEquals(1, request.headers().size());
        assertTrue(request.isSecure());
        assertEquals(2, first.headers().size());
        assertEquals(Map.of("room", "7"), first.pathParameters());
        assertEquals("HTTP/1.0", first.version());
    }

    @Test
    void pathParametersAreCopiedAndImmutable() {
        Map<String, String> parameters = new HashMap<>(Map.of("room", "7"));
        Request request = Request.builder("GET", "/").pathParameters(parameters).build();
        parameters.put("room", "8");
        assertEquals(Map.of("room", "7"), request.pathParameters());
        assertThrows(
                UnsupportedOperationException.class,
                () -> request.pathParameters().put("a", "b"));
    }

    @Test
    void headersReplacesAll() {
        Request request =
                full().toBuilder().headers(Headers.EMPTY.with("Host", "b")).build();
        assertEquals(Headers.EMPTY.with("Host", "b"), request.headers());
    }

    @Test
    void textFormLeavesOutQueryAndHeaders() {
        Request request = Request.builder("GET", "/chat?token=secret")
                .header("Authorization", "Bearer secret")
                .build();
        assertEquals("GET /chat?... HTTP/1.1", request.toString());
        assertEquals(
                "GET /chat HTTP/1.1", Request.builder("GET", "/chat").build().toString());
    }

    @Test
    void nothingButTheAddressMayBeNull() {
        assertThrows(NullPointerException.class, () -> Request.builder(null, "/"));
        assertThrows(NullPointerException.class, () -> Request.builder("GET", null));
        Request.Builder builder = Request.builder("GET", "/");
        assertThrows(NullPointerException.class, () -> builder.version(null));
        assertThrows(NullPointerException.class, () -> builder.headers(null));
        assertThrows(NullPointerException.class, () -> builder.header(null, ""));
        assertThrows(NullPointerException.class, () -> builder.header("X", null));
        assertThrows(NullPointerException.class, () -> builder.pathParameters(null));
        assertEquals(Optional.empty(), builder.remoteAddress(null).build().remoteAddress());
    }

    private static Request full() {
        return Request.builder("GET", "/rooms/7?x")
                .version("HTTP/1.0")
                .header("Host", "a")
                .remoteAddress(InetSocketAddress.createUnresolved("a", 1))
                .secure(true)
                .pathParameters(Map.of("room", "7"))
                .build();
    }
}
