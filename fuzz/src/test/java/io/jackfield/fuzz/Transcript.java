package io.jackfield.fuzz;

import io.jackfield.codec.CloseStatus;
import io.jackfield.codec.Driver;
import io.jackfield.codec.DriverListener;
import io.jackfield.codec.FrameOutput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a driver has told and sent. What happens behind the last look at it does not count. */
final class Transcript {

    final List<String> events = new ArrayList<>();
    int messages;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isOver;

    static void refuseTask(Runnable task) {
        throw new Oracle.Broken("A task was handed on, and no session is deferred");
    }

    DriverListener listener() {
        return new Listener();
    }

    FrameOutput output() {
        return new Output();
    }

    private void add(String event) {
        if (!isOver) {
            events.add(event);
        }
    }

    /** The frames that were sent: {@code pong <payload>} and {@code close <code>}. */
    List<String> sent() {
        List<String> frames = new ArrayList<>();
        ByteBuffer sent = ByteBuffer.wrap(bytes.toByteArray());
        while (sent.hasRemaining()) {
            int b0 = sent.get() & 0xff;
            int b1 = sent.get() & 0xff;
            // The masking key of a client is 0 here: the payload is as it is.
            sent.position(sent.position() + (b1 < 0x80 ? 0 : 4));
            byte[] payload = new byte[b1 & 0x7f];
            Oracle.holds(payload.length <= 125, "a control frame announces " + payload.length);
            sent.get(payload);
            if (b0 == 0x88) {
                frames.add(payload.length == 0 ? "close" : "close " + ((payload[0] & 0xff) << 8 | payload[1] & 0xff));
            } else {
                Oracle.equal(0x8a, b0, "the first byte of a frame that was sent");
                frames.add("pong " + hex(payload));
            }
        }
        return frames;
    }

    /** The order that the contract of the listener has. From here on nothing counts. */
    void requireSound(Driver.State state) {
        isOver = true;
        long finished = events.stream().filter(e -> e.startsWith("finished")).count();
        Oracle.equal(state == Driver.State.CLOSED ? 1L : 0L, finished, "how often it finishes: " + events);
        int closing = events.indexOf("closing");
        Oracle.equal(closing, events.lastIndexOf("closing"), "where it begins to close: " + events);
        if (closing >= 0) {
            Oracle.holds(
                    events.subList(closing, events.size()).stream()
                            .noneMatch(e -> e.startsWith("text") || e.startsWith("binary")),
                    "a message behind the close: " + events);
        }
        if (finished == 1) {
            Oracle.holds(events.get(events.size() - 1).startsWith("finished"), "finished is not last: " + events);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        return hex(copy);
    }

    private final class Listener implements DriverListener {

        @Override
        public void onText(String text) {
            messages++;
            add("text " + text);
        }

        @Override
        public void onBinary(ByteBuffer payload) {
            messages++;
            add("binary " + hex(payload));
            // It may be modified, also where nothing is.
            for (int i = payload.position(); i < payload.limit(); i++) {
                payload.put(i, (byte) 0x55);
            }
        }

        @Override
        public void onPing(ByteBuffer payload) {
            add("ping " + hex(payload));
        }

        @Override
        public void onPong(ByteBuffer payload) {
            add("pong " + hex(payload));
        }

        @Override
        public void onClosing() {
            add("closing");
        }

        @Override
        public void onError(String message) {
            Oracle.holds(!message.isEmpty(), "an error says nothing");
            add("error");
        }

        @Override
        public void onFinished(CloseStatus status) {
            add("finished " + status.code() + (status.wasClean() ? " clean " : " unclean ") + status.initiator() + " "
                    + (status.sentCode().isPresent() ? status.sentCode().getAsInt() : "unsent"));
        }

        @Override
        public void onExtensionException(String extension, Throwable thrown) {
            throw new Oracle.Broken(extension + " threw " + thrown);
        }
    }

    private final class Output implements FrameOutput {

        private ByteBuffer claimed;

        @Override
        public ByteBuffer claim(int length) {
            Oracle.holds(claimed == null && length >= 1 && length <= MAX_CLAIM, "claims " + length);
            claimed = ByteBuffer.allocate(length);
            return claimed;
        }

        @Override
        public void commit() {
            bytes.write(claimed.array(), 0, claimed.position());
            claimed = null;
        }

        @Override
        public void write(ByteBuffer source) {
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public void endOfMessage() {
            throw new Oracle.Broken("nobody has sent a message");
        }

        @Override
        public boolean isCongested() {
            return false;
        }
    }
}
