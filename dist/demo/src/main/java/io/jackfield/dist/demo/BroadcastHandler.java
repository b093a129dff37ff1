package io.jackfield.dist.demo;

import io.jackfield.api.Handler;
import io.jackfield.api.MessageListener;
import io.jackfield.api.Request;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import java.nio.ByteBuffer;

/** Sends each message to all connections of the path, to its sender too. */
final class BroadcastHandler implements Handler, MessageListener {

    private final Topic topic = new Topic();

    @Override
    public void onConnection(WebSocket socket, Request request) {
        socket.subscribe(topic);
        socket.messageListener(this);
    }

    @Override
    public void onText(WebSocket sender, String text) {
        topic.publish(text);
    }

    @Override
    public void onBinary(WebSocket sender, ByteBuffer payload) {
        topic.publish(payload);
    }
}
