package io.jackfield.codec;

import io.jackfield.api.NegotiatedExtension;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.ExtensionException;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ExtensionSession;
import io.jackfield.api.extension.ImmediateSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Extensions for tests. */
final class TestExtensions {

    private TestExtensions() {}

    /** Claims RSV1. */
    static ActiveExtension rsv1(String name, ExtensionSession session) {
        return extension(name, true, false, false, session);
    }

    /** Claims no reserved bit. */
    static ActiveExtension plain(String name, ExtensionSession session) {
        return extension(name, false, false, false, session);
    }

    static ActiveExtension extension(String name, boolean rsv1, boolean rsv2, boolean rsv3, ExtensionSession session) {
        return new ActiveExtension(new NegotiatedExtension(name, ExtensionParameters.EMPTY), rsv1, rsv2, rsv3, session);
    }

    static ExtensionMessage append(ExtensionMessage message, String mark) {
        ByteBuffer payload = message.payload();
        byte[] markBytes = Bytes.utf8(mark);
        ByteBuffer longer = ByteBuffer.allocate(payload.remaining() + markBytes.length);
        return message.withPayload(longer.put(payload).put(markBytes).flip());
    }

    /** Appends a mark to all that passes, and counts how often it is closed. */
    static class Appending implements ImmediateSession {

        private final String mark;
        int closed;

        Appending(String mark) {
            this.mark = mark;
        }

        @Override
        public ExtensionMessage incoming(ExtensionMessage message) throws ExtensionException {
            return append(message, "<" + mark);
        }

        @Override
        public ExtensionMessage outgoing(ExtensionMessage message) throws ExtensionException {
            return append(message, ">" + mark);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** One message that a {@link Controlled} session works on. */
    static final class Work {

        final boolean isIncoming;
        final ExtensionMessage input;
        final CompletableFuture<ExtensionMessage> stage = new CompletableFuture<>();

        Work(boolean isIncoming, ExtensionMessage input) {
            this.isIncoming = isIncoming;
            this.input = input;
        }

        String text() {
            return new String(Bytes.copy(input.payload()), StandardCharsets.UTF_8);
        }
    }

    /** Works on each message until the test lets it finish, and appends a mark. */
    static final class Controlled implements DeferredSession {

        private final String mark;
        final List<Work> work = new ArrayList<>();
        int closed;

        Controlled(String mark) {
            this.mark = mark;
        }

        @Override
        public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
            return begin(new Work(true, message));
        }

        @Override
        public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
            return begin(new Work(false, message));
        }

        private CompletionStage<ExtensionMessage> begin(Work begun) {
            if (closed > 0) {
                throw new AssertionError("called after it was closed");
            }
            work.add(begun);
            return begun.stage;
        }

        /** Finishes what it works on at an index. */
        void finish(int index) {
            Work done = work.remove(index);
            done.stage.complete(append(done.input, (done.isIncoming ? "<" : ">") + mark));
        }

        void fail(int index, Throwable thrown) {
            work.remove(index).stage.completeExceptionally(thrown);
        }

        @Override
        public void close() {
            if (!work.isEmpty()) {
                throw new AssertionError("closed while it works on " + work.size() + " messages");
            }
            closed++;
        }
    }
}
