package io.jackfield.server.stream;

import io.jackfield.api.stream.MessagePart;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A subscription to messages in parts. */
final class PartReading extends Reading<MessagePart> {

    private boolean isWithinMessage;

    PartReading(StreamConnection connection, Flow.Subscriber<? super MessagePart> subscriber) {
        super(connection, subscriber);
    }

    @Override
    public boolean isReady() {
        return isDemanded();
    }

    @Override
    public void onPart(boolean isText, ByteBuffer payload, boolean isLast) {
        isWithinMessage = !isLast;
        emit(new MessagePart(isText, copy(payload), isLast), payload.remaining());
    }

    @Override
    boolean isWithinMessage() {
        return isWithinMessage;
    }
}
