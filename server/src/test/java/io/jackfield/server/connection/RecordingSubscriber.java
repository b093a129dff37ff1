package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jackfield.api.stream.ConnectionClosedException;
import io.jackfield.api.stream.Message;
import io.jackfield.api.stream.MessagePart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what is signalled as lines, and requests only when it is told to. */
final class RecordingSubscriber<T> implements Flow.Subscriber<T> {

    private static final int PATIENCE_SECONDS = 15;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(T item) {
        lines.add(describe(item));
    }

    @Override
    public void onError(Throwable failure) {
        lines.add(failure instanceof ConnectionClosedException closed ? "closed " + closed.code() : failure.toString());
    }

    @Override
    public void onComplete() {
        lines.add("complete");
    }

    private static String describe(Object item) {
        if (item instanceof MessagePart part) {
            return (part.isText() ? "text " : "binary ") + text(part.data()) + (part.isLast() ? "" : " …");
        } else if (item instanceof Message.Text text) {
            return "text " + text.data();
        }
        return "binary " + text(((Message.Binary) item).data());
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }

    String next() throws InterruptedException {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(line, "Nothing was signalled");
        return line;
    }

    RecordingSubscriber<T> request(long n) {
        subscription.request(n);
        return this;
    }

    RecordingSubscriber<T> expect(String... expected) throws InterruptedException {
        for (String line : expected) {
            assertEquals(line, next());
        }
        return this;
    }

    void expectNothing() {
        assertEquals("[]", lines.toString());
    }
}
