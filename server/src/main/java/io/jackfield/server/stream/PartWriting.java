package io.jackfield.server.stream;

import io.jackfield.api.stream.MessagePart;
import io.jackfield.api.stream.MessageWriter;
import java.util.concurrent.CompletionStage;

/** Sends messages in parts. */
final class PartWriting extends Writing<MessagePart> {

    /** The message that has begun, or null between two. */
    private MessageWriter message;

    PartWriting(StreamConnection connection) {
        super(connection);
    }

    @Override
    CompletionStage<Void> send(MessagePart part) {
        if (message == null) {
            message = PartWriter.open(connection, part.isText());
        }
        if (!part.isLast()) {
            return message.writeAsync(part.data());
        }
        MessageWriter ending = message;
        message = null;
        return ending.endAsync(part.data());
    }
}
