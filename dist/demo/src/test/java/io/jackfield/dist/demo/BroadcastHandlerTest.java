package io.jackfield.dist.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jackfield.api.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastHandlerTest {

    private final BroadcastHandler handler = new BroadcastHandler();

    @Test
    void eachMessageGoesToAllIncludingItsSender() throws Exception {
        RecordingSocket first = connect().open();
        RecordingSocket second = connect().open();
        first.receive("hello");
        second.receive((byte) 7);
        assertEquals(List.of("'hello'", "07"), first.takeSent());
        assertEquals(List.of("'hello'", "07"), second.takeSent());
    }

    @Test
    void onlyOpenConnectionsGetMessages() throws Exception {
        RecordingSocket connecting = connect();
        RecordingSocket gone = connect().open();
        RecordingSocket sender = connect().open();
        gone.disconnect();
        sender.receive("hello");
        assertEquals(List.of(), connecting.open().takeSent());
        assertEquals(List.of(), gone.takeSent());
        assertEquals(List.of("'hello'"), sender.takeSent());
    }

    private RecordingSocket connect() {
        RecordingSocket socket = new RecordingSocket();
        handler.onConnection(socket, Request.builder("GET", "/broadcast").build());
        return socket;
    }
}
