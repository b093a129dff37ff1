package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {

    @Test
    void acceptLeavesHeadersAndProtocolsToTheEndpoint() {
        Decision.Accept accept = Decision.accept();
        assertEquals(Headers.EMPTY, accept.headers());
        assertNull(accept.protocols());
    }

    @Test
    @DisplayName("S-30: headers are kept in their order")
    void acceptTakesHeaders() {
        Decision.Accept accept =
                Decision.accept().header("Set-Cookie", "a=1").header("X-B", "2").header("Set-Cookie", "c=3");
        assertEquals(
                Headers.EMPTY.with("Set-Cookie", "a=1").with("X-B", "2").with("Set-Cookie", "c=3"), accept.headers());
    }

    @ParameterizedTest
    @DisplayName("S-41, R-22: headers that the handshake owns are refused")
    @ValueSource(
            strings = {
                "Upgrade",
                "connection",
                "CONTENT-LENGTH",
                "Transfer-Encoding",
                "Sec-WebSocket-Accept",
                "sec-websocket-protocol",
                "Sec-WebSocket-Anything"
            })
    void acceptRefusesHeadersOfTheHandshake(String name) {
        Decision.Accept accept = Decision.accept();
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> accept.header(name, "secret"));
        assertEquals(
                "The header " + name + " belongs to the WebSocket handshake and cannot be set", thrown.getMessage());
        Headers headers = Headers.EMPTY.with(name, "x");
        assertThrows(IllegalArgumentException.class, () -> new Decision.Accept(headers, null));
    }

    @Test
    @DisplayName("S-34: subprotocols one by one or separated by commas")
    void acceptTakesProtocols() {
        assertEquals(
                List.of("xmpp", "irc"),
                Decision.accept().protocols("xmpp", "irc").protocols());
        assertEquals(
                List.of("xmpp", "irc"), Decision.accept().protocols("xmpp, irc").protocols());
        assertEquals(List.of(), Decision.accept().protocols(new String[0]).protocols());
        assertThrows(IllegalArgumentException.class, () -> Decision.accept().protocols("a b"));
    }

    @Test
    void acceptKeepsItsOtherHalf() {
        Decision.Accept accept =
                Decision.accept().protocols("irc").header("X-A", "1").protocols("xmpp");
        assertEquals(List.of("xmpp"), accept.protocols());
        assertEquals(Headers.EMPTY.with("X-A", "1"), accept.headers());
    }

    @Test
    void acceptCopiesProtocols() {
        List<String> protocols = new ArrayList<>(List.of("irc"));
        Decision.Accept accept = new Decision.Accept(Headers.EMPTY, protocols);
        protocols.add("xmpp");
        assertEquals(List.of("irc"), accept.protocols());
        assertThrows(
                UnsupportedOperationException.class, () -> accept.protocols().add("xmpp"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 401, 403, 404, 503, 599})
    void rejectTakesStatus300To599(int status) {
        assertEquals(status, Decision.reject(status).response().status());
        assertEquals(new Decision.Reject(Response.of(status)), Decision.reject(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101, 199, 200, 204, 299, 600})
    void rejectRefusesOtherStatuses(int status) {
        assertThrows(IllegalArgumentException.class, () -> Decision.reject(status));
    }

    @Test
    void rejectTakesAWholeResponse() {
        Response response = Response.text(401, "who are you?").header("WWW-Authenticate", "Basic");
        assertSame(response, Decision.reject(response).response());
    }

    @Test
    void laterKeepsItsStage() {
        CompletableFuture<Decision> stage = new CompletableFuture<>();
        assertEquals(new Decision.Later(stage), Decision.later(stage));
    }

    @Test
    void nothingIsNull() {
        assertThrows(NullPointerException.class, () -> new Decision.Accept(null, null));
        assertThrows(NullPointerException.class, () -> Decision.reject(null));
        assertThrows(NullPointerException.class, () -> Decision.later(null));
    }
}
