package io.jackfield.codec.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-15: methods")
class RequestMethodTest {

    @Test
    void allowedMethodsPass() {
        assertTrue(RequestMethod.refuse("GET", Set.of("GET")).isEmpty());
    }

    @Test
    void knownMethodsAreNotAllowed() {
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH")) {
            Response response = RequestMethod.refuse(method, Set.of()).orElseThrow();
            assertEquals(405, response.status(), method);
            assertEquals(Optional.of(""), response.headers().first("Allow"), method);
        }
    }

    @Test
    void allowedMethodsAreListedInOrder() {
        Set<String> allowed = new LinkedHashSet<>(List.of("HEAD", "GET"));
        Response response = RequestMethod.refuse("POST", allowed).orElseThrow();
        assertEquals(Optional.of("HEAD, GET"), response.headers().first("Allow"));
    }

    @Test
    void unknownMethodsAreNotImplemented() {
        for (String method : List.of("BREW", "get", "Get", "GETT", "constructor")) {
            Response response = RequestMethod.refuse(method, Set.of("GET")).orElseThrow();
            assertEquals(501, response.status(), method);
            assertTrue(response.headers().first("Allow").isEmpty());
        }
    }
}
