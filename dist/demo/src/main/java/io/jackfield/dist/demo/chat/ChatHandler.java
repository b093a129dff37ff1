package io.jackfield.dist.demo.chat;

import io.jackfield.api.Event;
import io.jackfield.api.Handler;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import java.util.Map;

/** Takes what the people in a chat room say. */
public final class ChatHandler implements Handler {

    private final ChatRoom room;

    /**
     * An endpoint for a room.
     *
     * @param room the room
     */
    public ChatHandler(ChatRoom room) {
        this.room = room;
    }

    @Override
    public void onConnection(WebSocket socket, Request request) {
        socket.onMessage(this::receive);
        socket.onClose(event -> room.leave(event.target()));
    }

    private void receive(Event.Message message) {
        WebSocket socket = message.target();
        try {
            if (!(message instanceof Event.Text text)) {
                throw new IllegalArgumentException("Chat messages are text");
            }
            Map<String, String> fields = Json.readStrings(text.data());
            switch (fields.getOrDefault("type", "")) {
                case "join" -> room.join(socket, fields.getOrDefault("name", ""));
                case "message" -> room.say(socket, fields.getOrDefault("text", ""));
                default -> throw new IllegalArgumentException("The type is neither join nor message");
            }
        } catch (IllegalArgumentException e) {
            socket.send(Json.object("type", "problem", "text", e.getMessage()).json());
        }
    }
}
