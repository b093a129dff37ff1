package io.jackfield.server.stream;

import io.jackfield.api.CloseCode;
import io.jackfield.api.stream.Message;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A subscription to whole messages. */
final class MessageReading extends Reading<Message> {

    private final MessageCollector collector;
    private long collected;

    MessageReading(StreamConnection connection, Flow.Subscriber<? super Message> subscriber) {
        super(connection, subscriber);
        collector = new MessageCollector(connection.maxLength());
    }

    @Override
    public boolean isReady() {
        return isDemanded();
    }

    @Override
    public void onPart(boolean isText, ByteBuffer payload, boolean isLast) {
        if (!collector.fits(payload)) {
            connection.fail(CloseCode.MESSAGE_TOO_BIG.value(), "WebSocket message too large to be received whole");
            return;
        }
        collected += payload.remaining();
        Message message = collector.add(isText, payload, isLast);
        if (message != null) {
            long bytes = collected;
            collected = 0;
            emit(message, bytes);
        }
    }

    @Override
    boolean isWithinMessage() {
        return collector.isWithinMessage();
    }
}
