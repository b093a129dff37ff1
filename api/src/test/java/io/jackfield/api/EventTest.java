package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventTest {

    private final WebSocket socket = new RecordingWebSocket();
    private final ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2});

    @Test
    @DisplayName("S-67: type and target")
    void eventsHaveTypeAndTarget() {
        List<Event> events = List.of(
                new Event.Open(socket),
                new Event.Text(socket, ""),
                new Event.Binary(socket, bytes),
                new Event.Error(socket, "why"),
                close(OptionalInt.empty()),
                new Event.Ping(socket, bytes),
                new Event.Pong(socket, bytes),
                new Event.Drain(socket));
        assertEquals(
                List.of("open", "message", "message", "error", "close", "ping", "pong", "drain"),
                events.stream().map(Event::type).toList());
        events.forEach(event -> assertSame(socket, event.target()));
    }

    @Test
    @DisplayName("S-62, decision 11: a text message carries a String, a binary one a ByteBuffer; both may be empty")
    void messagesCarryTextOrBytes() {
        Event.Message text = new Event.Text(socket, "");
        Event.Message binary = new Event.Binary(socket, ByteBuffer.allocate(0));
        assertEquals("", text.data());
        assertEquals(ByteBuffer.allocate(0), binary.data());
    }

    @Test
    @DisplayName("S-116, decision 3: a close event tells code, reason, cleanness, who began and what was sent")
    void aCloseEventTellsWhoClosedAndHow() {
        Event.Close close = close(OptionalInt.of(1000));
        assertEquals(3001, close.code());
        assertEquals("bye", close.reason());
        assertEquals(true, close.wasClean());
        assertEquals(Event.Close.Initiator.PEER, close.initiator());
        assertEquals(OptionalInt.of(1000), close.sentCode());
    }

    @Test
    void nothingInAnEventIsNull() {
        Stream.<Supplier<Event>>of(
                        () -> new Event.Open(null),
                        () -> new Event.Text(null, ""),
                        () -> new Event.Text(socket, null),
                        () -> new Event.Binary(null, bytes),
                        () -> new Event.Binary(socket, null),
                        () -> new Event.Error(null, ""),
                        () -> new Event.Error(socket, null),
                        () -> new Event.Close(null, 1000, "", true, Event.Close.Initiator.PEER, OptionalInt.empty()),
                        () -> new Event.Close(
                                socket, 1000, null, true, Event.Close.Initiator.PEER, OptionalInt.empty()),
                        () -> new Event.Close(socket, 1000, "", true, null, OptionalInt.empty()),
                        () -> new Event.Close(socket, 1000, "", true, Event.Close.Initiator.PEER, null),
                        () -> new Event.Ping(null, bytes),
                        () -> new Event.Ping(socket, null),
                        () -> new Event.Pong(null, bytes),
                        () -> new Event.Pong(socket, null),
                        () -> new Event.Drain(null))
                .forEach(event -> assertThrows(NullPointerException.class, event::get));
    }

    private Event.Close close(OptionalInt sentCode) {
        return new Event.Close(socket, 3001, "bye", true, Event.Close.Initiator.PEER, sentCode);
    }
}
