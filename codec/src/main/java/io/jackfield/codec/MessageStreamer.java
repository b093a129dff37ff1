package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;

/** Receives messages in parts: hands on what is there of a frame, where it lies. Gathers nothing. */
final class MessageStreamer extends MessageReceiver {

    MessageStreamer(Driver driver) {
        super(driver, true);
    }

    @Override
    boolean receive(ByteBuffer in, int available, FrameDecoder frame) throws ConnectionFailure {
        int end = in.position() + available;
        ExtensionMessage.Type type = type();
        if (isText()) {
            unmaskText(in, available, frame);
        } else {
            PayloadInPlace.unmask(in, available, frame, frame.payloadTaken());
        }
        boolean frameEnded = frame.take(available);
        boolean isLast = frameEnded && frame.fin();
        if (isLast) {
            requireWholeText();
            clear();
            driver.receiver().messageEnded();
        }
        if (available > 0 || isLast) {
            int limit = PayloadInPlace.limitTo(in, end);
            try {
                driver.listener().onPart(type, in, isLast);
            } finally {
                PayloadInPlace.restore(in, end, limit);
            }
        }
        return frameEnded;
    }

    private void unmaskText(ByteBuffer in, int length, FrameDecoder frame) throws ConnectionFailure {
        // The input need not have an array, where text is looked at fastest.
        byte[] room = driver.memory().text().room(length);
        int from = in.position();
        Masking.copy(in, from, length, frame.maskingKey(), frame.payloadTaken(), room, 0);
        in.put(from, room, 0, length);
        validateText(room, 0, length);
    }

    @Override
    void abandon(FrameDecoder frame) {
        // It holds nothing.
    }
}
