package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketTest {

    private final RecordingWebSocket socket = new RecordingWebSocket();

    @Nested
    @DisplayName("isWebSocket")
    class IsWebSocket {

        @Test
        @DisplayName("S-1: GET, Connection: Upgrade and Upgrade: websocket ask for a WebSocket")
        void getWithBothFieldsAsksForAWebSocket() {
            assertTrue(WebSocket.isWebSocket(request("GET", "Upgrade", "websocket")));
        }

        @ParameterizedTest
        @DisplayName("S-1, S-2, R-31: Connection is a list of tokens in any case")
        @CsvSource(
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "keep-alive, Upgrade|true",
                    "a, upgrade , b|true",
                    "upgrade|true",
                    "UPGRADE|true",
                    "a,upgrade|true",
                    "a ,\tupgrade\t, b|true",
                    ",,upgrade,|true",
                    "close|false",
                    "upgraded|false",
                    "not-upgrade|false",
                    "up grade|false",
                    "upgrade;q=1|false",
                    "\"upgrade\"|false",
                    "keep-alive upgrade|false",
                })
        void connectionIsAListOfTokens(String connection, boolean expected) {
            assertEquals(expected, WebSocket.isWebSocket(request("GET", connection, "websocket")));
        }

        @ParameterizedTest
        @DisplayName("S-2, S-4, R-30: Upgrade contains websocket in any case (S-4 gives way to RFC 6455 4.2.1)")
        @CsvSource(
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "websocket|true",
                    "WEBSOCKET|true",
                    "WebSocket|true",
                    "websocket, h2c|true",
                    "h2c, websocket|true",
                    "h2c|false",
                    "websocket/13|false",
                    "websockets|false",
                    "web socket|false",
                })
        void upgradeContainsWebsocket(String upgrade, boolean expected) {
            assertEquals(expected, WebSocket.isWebSocket(request("GET", "upgrade", upgrade)));
        }

        @Test
        @DisplayName("S-1, R-9: repeated fields equal one list")
        void repeatedFieldsEqualOneList() {
            Request request = Request.builder("GET", "/")
                    .header("connection", "keep-alive")
                    .header("upgrade", "h2c")
                    .header("CONNECTION", "upgrade")
                    .header("Upgrade", "websocket")
                    .build();
            assertTrue(WebSocket.isWebSocket(request));
        }

        @ParameterizedTest
        @DisplayName("S-3, R-15: other methods, and get in lower case, do not")
        @ValueSource(strings = {"get", "Get", "POST", "CONNECT", "HEAD", ""})
        void otherMethodsDoNot(String method) {
            assertFalse(WebSocket.isWebSocket(request(method, "upgrade", "websocket")));
        }

        @Test
        @DisplayName("S-5: missing fields give false and do not throw")
        void missingFieldsGiveFalse() {
            Request.Builder bare = Request.builder("GET", "/");
            assertFalse(WebSocket.isWebSocket(bare.build()));
            assertFalse(WebSocket.isWebSocket(
                    Request.builder("GET", "/").header("Connection", "upgrade").build()));
            assertFalse(WebSocket.isWebSocket(
                    Request.builder("GET", "/").header("Upgrade", "websocket").build()));
            assertFalse(WebSocket.isWebSocket(request("GET", "", "")));
        }

        @Test
        @DisplayName("S-6: key and version are not looked at")
        void keyAndVersionAreNotLookedAt() {
            Request odd = request("GET", "upgrade", "websocket").toBuilder()
                    .header("Sec-WebSocket-Key", "?")
                    .header("Sec-WebSocket-Version", "7")
                    .build();
            assertTrue(WebSocket.isWebSocket(odd));
        }

        private Request request(String method, String connection, String upgrade) {
            return Request.builder(method, "/")
                    .header("Connection", connection)
                    .header("Upgrade", upgrade)
                    .build();
        }
    }

    @Nested
    @DisplayName("validateOptions")
    class ValidateOptions {

        @Test
        @DisplayName("S-17: throws for the first key, in the order of the map, that is not valid")
        void throwsForTheFirstKeyThatIsNotValid() {
            Map<String, Object> options = new LinkedHashMap<>();
            options.put("maxLength", 1);
            options.put("zebra", 1);
            options.put("apple", 1);
            IllegalArgumentException thrown = assertThrows(
                    IllegalArgumentException.class, () -> WebSocket.validateOptions(options, Set.of("maxLength")));
            assertEquals("Unrecognized option: zebra", thrown.getMessage());
        }

        @Test
        @DisplayName("S-17: ignores values, accepts null and empty options")
        void ignoresValues() {
            Map<String, Object> options = new LinkedHashMap<>();
            options.put("a", null);
            options.put("b", new Object());
            assertDoesNotThrow(() -> WebSocket.validateOptions(options, Set.of("a", "b")));
            assertDoesNotThrow(() -> WebSocket.validateOptions(null, Set.of()));
            assertDoesNotThrow(() -> WebSocket.validateOptions(Map.of(), Set.of()));
        }

        @Test
        @DisplayName("S-17: a null key is as unrecognized as any other")
        void aNullKeyIsUnrecognized() {
            Map<String, Object> options = Collections.singletonMap(null, 1);
            for (Set<String> keys : List.of(Set.of("a"), new TreeSet<>(Set.of("a")))) {
                IllegalArgumentException thrown =
                        assertThrows(IllegalArgumentException.class, () -> WebSocket.validateOptions(options, keys));
                assertEquals("Unrecognized option: null", thrown.getMessage());
            }
        }
    }

    @Nested
    @DisplayName("subprotocols")
    class Subprotocols {

        @Test
        @DisplayName("S-34: a list and one text separated by commas are the same")
        void aListAndOneTextAreTheSame() {
            assertEquals(List.of("xmpp", "irc"), WebSocket.subprotocols("xmpp", "irc"));
            assertEquals(List.of("xmpp", "irc"), WebSocket.subprotocols("xmpp, irc"));
            assertEquals(List.of("xmpp", "irc", "Foo"), WebSocket.subprotocols(" xmpp ,\tirc,, ", "Foo"));
        }

        @Test
        @DisplayName("S-14: there may be none")
        void thereMayBeNone() {
            assertEquals(List.of(), WebSocket.subprotocols());
            assertEquals(List.of(), WebSocket.subprotocols("", " , "));
        }

        @Test
        @DisplayName("R-39, R-40: names are tokens, unique and case-sensitive")
        void namesAreUniqueTokens() {
            assertEquals(List.of("irc", "IRC"), WebSocket.subprotocols("irc, IRC"));
            assertThrows(IllegalArgumentException.class, () -> WebSocket.subprotocols("irc, irc"));
            assertThrows(IllegalArgumentException.class, () -> WebSocket.subprotocols("i rc"));
            assertThrows(IllegalArgumentException.class, () -> WebSocket.subprotocols("irc\r\nX-Evil: 1"));
            assertThrows(NullPointerException.class, () -> WebSocket.subprotocols("irc", null));
        }

        @Test
        void theListIsImmutable() {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> WebSocket.subprotocols("irc").add("xmpp"));
        }
    }

    @Nested
    @DisplayName("default methods")
    class Defaults {

        @Test
        @DisplayName("S-79: byte arrays are binary, what was received keeps its type, null is refused")
        void everyFormOfSendKeepsItsType() {
            assertTrue(socket.send(new byte[] {1, 2}));
            socket.send(new Event.Text(socket, "hello"));
            socket.send(new Event.Binary(socket, ByteBuffer.wrap(new byte[] {3})));
            assertEquals(List.of("send binary 0102", "send text hello", "send binary 03"), socket.calls);
            assertThrows(NullPointerException.class, () -> socket.send((byte[]) null));
            assertThrows(NullPointerException.class, () -> socket.send((Event.Message) null));
        }

        @Test
        @DisplayName("S-77: every form of send answers what the connection answers")
        void everyFormOfSendAnswersWhatTheConnectionAnswers() {
            socket.mayGoOn = false;
            assertFalse(socket.send(new byte[1]));
            assertFalse(socket.send(new Event.Text(socket, "")));
            assertFalse(socket.send(new Event.Binary(socket, ByteBuffer.allocate(1))));
            assertFalse(socket.write(""));
            assertFalse(socket.write(ByteBuffer.allocate(1)));
            assertFalse(socket.write(new byte[1]));
            assertFalse(socket.ping());
        }

        @Test
        @DisplayName("S-85: an echo server is one method reference")
        void anEchoServerIsOneMethodReference() throws Exception {
            socket.onMessage(socket::send);
            socket.messageHandler.handle(new Event.Text(socket, "hello"));
            assertEquals(List.of("send text hello"), socket.calls);
        }

        @Test
        @DisplayName("S-83: write is send, end is send and close")
        void writeIsSendAndEndIsSendAndClose() {
            socket.write("a");
            socket.write(RecordingWebSocket.utf8("b"));
            socket.write(new byte[] {0x63});
            socket.end();
            socket.end("d");
            socket.end(RecordingWebSocket.utf8("e"));
            socket.end(new byte[] {0x66});
            assertEquals(
                    List.of(
                            "send text a",
                            "send binary 62",
                            "send binary 63",
                            "close 1000 ''",
                            "send text d",
                            "close 1000 ''",
                            "send binary 65",
                            "close 1000 ''",
                            "send binary 66",
                            "close 1000 ''"),
                    socket.calls);
        }

        @Test
        @DisplayName("S-103: close defaults to code 1000 and an empty reason")
        void closeHasDefaults() {
            socket.close();
            socket.close(3001);
            assertEquals(List.of("close 1000 ''", "close 3001 ''"), socket.calls);
        }

        @Test
        @DisplayName("S-88: ping defaults to an empty payload without callback")
        void pingHasDefaults() {
            assertTrue(socket.ping());
            assertEquals(List.of("ping text '' null"), socket.calls);
        }
    }
}
