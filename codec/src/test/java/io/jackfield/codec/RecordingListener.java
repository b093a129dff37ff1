package io.jackfield.codec;

import io.jackfield.api.extension.ExtensionMessage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Keeps what a driver tells as one line an event. */
class RecordingListener implements DriverListener {

    final Deque<String> events = new ArrayDeque<>();

    @Override
    public void onText(String text) {
        events.add("text " + text);
    }

    @Override
    public void onBinary(ByteBuffer payload) {
        events.add("binary " + Bytes.hex(payload));
    }

    /** {@code part text 616263}, and behind the last {@code part text 64 last}. */
    @Override
    public void onPart(ExtensionMessage.Type type, ByteBuffer payload, boolean isLast) {
        events.add("part " + type.name().toLowerCase(Locale.ROOT) + " " + Bytes.hex(payload) + (isLast ? " last" : ""));
    }

    @Override
    public void onPing(ByteBuffer payload) {
        events.add("ping " + Bytes.hex(payload));
    }

    @Override
    public void onPong(ByteBuffer payload) {
        events.add("pong " + Bytes.hex(payload));
    }

    @Override
    public void onClosing() {
        events.add("closing");
    }

    @Override
    public void onError(String message) {
        events.add("error " + message);
    }

    @Override
    public void onFinished(CloseStatus status) {
        events.add("finished " + describe(status));
    }

    @Override
    public void onExtensionException(String extension, Throwable thrown) {
        events.add("exception " + extension + " " + thrown);
    }

    /** {@code 1000 "bye" clean PEER sent 1000}. */
    static String describe(CloseStatus status) {
        return status.code() + " \"" + status.reason() + "\" " + (status.wasClean() ? "clean " : "unclean ")
                + status.initiator()
                + (status.sentCode().isPresent() ? " sent " + status.sentCode().getAsInt() : "");
    }
}
