package io.jackfield.dist.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Request;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EchoHandlerTest {

    private final RecordingSocket socket = new RecordingSocket();

    @BeforeEach
    void connect() throws Exception {
        new EchoHandler().onConnection(socket, Request.builder("GET", "/echo").build());
        socket.open();
    }

    @Test
    void textComesBackAsTextAndBinaryAsBinary() throws Exception {
        socket.receive("héllo");
        socket.receive((byte) 1, (byte) 0xff);
        socket.receive("");
        socket.receive(new byte[0]);
        assertEquals(List.of("'héllo'", "01ff", "''", ""), socket.takeSent());
        assertFalse(socket.isPaused());
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFromUntilItDoes() throws Exception {
        socket.backUp();
        socket.receive("a");
        assertTrue(socket.isPaused());
        socket.drain();
        assertFalse(socket.isPaused());
        assertEquals(List.of("'a'"), socket.takeSent());
    }

    @Test
    void aClosingConnectionIsReadOnSoThatItsCloseFrameIsSeen() throws Exception {
        socket.beginClosing();
        socket.receive("a");
        assertFalse(socket.isPaused());
        assertEquals(List.of(), socket.takeSent());
    }
}
