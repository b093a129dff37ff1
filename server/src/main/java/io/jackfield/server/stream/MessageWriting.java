package io.jackfield.server.stream;

import io.jackfield.api.stream.Message;
import java.util.concurrent.CompletionStage;

/** Sends whole messages. */
final class MessageWriting extends Writing<Message> {

    MessageWriting(StreamConnection connection) {
        super(connection);
    }

    @Override
    CompletionStage<Void> send(Message message) {
        return message instanceof Message.Text text
                ? connection.socket().sendAsync(text.data())
                : connection.socket().sendAsync(((Message.Binary) message).data());
    }
}
