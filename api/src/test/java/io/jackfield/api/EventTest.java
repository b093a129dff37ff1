package io.jackfield.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
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

    private Event.Close close(OptionalInt sentCode) {
        return new Event.Close(socket, 3001, "bye", true, Event.Close.Initiator.PEER, sentCode);
    }
}
