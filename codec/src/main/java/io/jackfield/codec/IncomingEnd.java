package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.SharedMessage;
import java.nio.ByteBuffer;

/**
 * Where incoming messages leave the extensions: what they have made of them is held to the same rules as what comes without
 * extensions, and handed to the listener.
 */
final class IncomingEnd implements PipelineDirection.End {

    private final Driver driver;

    IncomingEnd(Driver driver) {
        this.driver = driver;
    }

    @Override
    public void message(ExtensionMessage message) {
        Pipeline pipeline = driver.pipeline();
        pipeline.passingBegins();
        try {
            deliver(message);
        } catch (ConnectionFailure failure) {
            driver.closing().fail(failure);
        } finally {
            pipeline.passingEnds();
        }
    }

    @Override
    public void shared(SharedMessage message) {
        throw new IllegalStateException("A peer's message is its own");
    }

    @Override
    public void failure(ConnectionFailure failure) {
        driver.closing().extensionFailed(failure);
    }

    private void deliver(ExtensionMessage message) throws ConnectionFailure {
        ByteBuffer payload = message.payload();
        boolean isText = message.type() == ExtensionMessage.Type.TEXT;
        if (payload.remaining() > driver.config().maxMessageLength()) {
            throw ConnectionFailure.tooLarge();
        }
        if (driver.receiver().isInParts()) {
            if (isText) {
                requireText(payload);
            }
            driver.listener().onPart(message.type(), writable(payload), true);
        } else if (isText) {
            driver.listener().onText(decode(payload));
        } else {
            driver.listener().onBinary(writable(payload));
        }
    }

    private void requireText(ByteBuffer payload) throws ConnectionFailure {
        byte[] room = driver.memory().text().room(payload.remaining());
        payload.get(payload.position(), room, 0, payload.remaining());
        if (Utf8.validate(Utf8.COMPLETE, room, 0, payload.remaining()) != Utf8.COMPLETE) {
            throw ConnectionFailure.invalidText();
        }
    }

    private String decode(ByteBuffer payload) throws ConnectionFailure {
        int length = payload.remaining();
        if (payload.hasArray()) {
            return Utf8.decode(payload.array(), payload.arrayOffset() + payload.position(), length);
        }
        TextMemory memory = driver.memory().text();
        byte[] room = memory.room(length);
        payload.get(payload.position(), room, 0, length);
        String text = Utf8.decode(room, 0, length);
        memory.decoded(text, length);
        return text;
    }

    /** The listener may write into what it gets. */
    private static ByteBuffer writable(ByteBuffer payload) {
        return payload.isReadOnly()
                ? ByteBuffer.allocate(payload.remaining()).put(payload).flip()
                : payload;
    }
}
