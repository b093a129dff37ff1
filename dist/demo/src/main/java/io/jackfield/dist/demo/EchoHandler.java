package io.jackfield.dist.demo;

import io.jackfield.api.Handler;
import io.jackfield.api.MessageListener;
import io.jackfield.api.ReadyState;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import java.nio.ByteBuffer;

/** Sends each message back as it came: text as text, binary as binary. */
final class EchoHandler implements Handler, MessageListener {

    @Override
    public void onConnection(WebSocket socket, Request request) {
        socket.messageListener(this);
        socket.onDrain(event -> event.target().resume());
    }

    @Override
    public void onText(WebSocket socket, String text) {
        waitIfBackedUp(socket, socket.send(text));
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
        waitIfBackedUp(socket, socket.send(payload));
    }

    /** A client that does not read its echoes is not read from either, so that they do not pile up here. */
    private static void waitIfBackedUp(WebSocket socket, boolean mayGoOn) {
        if (!mayGoOn && socket.readyState() == ReadyState.OPEN) {
            socket.pause();
        }
    }
}
