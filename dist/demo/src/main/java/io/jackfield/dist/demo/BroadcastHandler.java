package io.jackfield.dist.demo;

import io.jackfield.api.Handler;
import io.jackfield.api.MessageListener;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sends each message to all connections of the path, to its sender too. */
final class BroadcastHandler implements Handler, MessageListener {

    private final Set<WebSocket> sockets = ConcurrentHashMap.newKeySet();

    @Override
    public void onConnection(WebSocket socket, Request request) {
        socket.onOpen(event -> sockets.add(event.target()));
        socket.onClose(event -> sockets.remove(event.target()));
        socket.messageListener(this);
    }

    @Override
    public void onText(WebSocket sender, String text) {
        for (WebSocket socket : sockets) {
            socket.send(text);
        }
    }

    @Override
    public void onBinary(WebSocket sender, ByteBuffer payload) {
        for (WebSocket socket : sockets) {
            socket.send(payload);
        }
    }
}
