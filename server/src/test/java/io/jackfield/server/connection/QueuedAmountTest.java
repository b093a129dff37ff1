package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code maxQueuedAmount}: what waits for an executor or for extensions. */
class QueuedAmountTest {

    /** Works on each message until the test lets it go. */
    private static final class Slow implements Extension {

        final BlockingQueue<CompletableFuture<Void>> working = new LinkedBlockingQueue<>();

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
            return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new DeferredSession() {
                @Override
                public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    working.add(done);
                    return done.thenApply(ignored -> message);
                }

                @Override
                public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
                    return CompletableFuture.completedStage(message);
                }
            }));
        }
    }

    /** Texts of one character. */
    private static byte[] texts(int from, int to) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            all.writeBytes(WireFrame.frame(WireFrame.TEXT, Integer.toString(i)));
        }
        return all.toByteArray();
    }

    @Test
    @DisplayName(
            "R-91: extensions get messages up to the limit and one beyond, of one read as of many, and none is lost")
    void extensionsThatLagBehind() throws Exception {
        Slow slow = new Slow();
        // Two messages of one byte.
        Options options =
                Options.builder().extensions(slow).maxQueuedAmount(2 * 1025).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open("Sec-WebSocket-Extensions: slow");
                RawClient other = server.open()) {
            EventLog log = server.next().expect("open");
            client.send(texts(0, 8));
            List<CompletableFuture<Void>> working = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                working.add(slow.working.poll(15, TimeUnit.SECONDS));
            }
            other.sendPing("others are served").expectFrame(WireFrame.PONG, "others are served");
            assertEquals(null, slow.working.poll(), "no more than the limit and one beyond");
            for (int done = 0; done < 8; done++) {
                log.expectNothing();
                working.remove(0).complete(null);
                log.expect("text " + done);
                if (done + 3 < 8) {
                    working.add(slow.working.poll(15, TimeUnit.SECONDS));
                }
            }
            client.sendPing("read on").expectFrame(WireFrame.PONG, "read on");
        }
    }

    @Test
    @DisplayName("R-91: an executor's queue takes events up to the limit; one beyond stops it until half of it is done")
    void theQueueOfAnExecutor() {
        List<Runnable> tasks = new ArrayList<>();
        List<Boolean> changes = new ArrayList<>();
        List<Integer> done = new ArrayList<>();
        SerialDispatcher[] dispatcher = new SerialDispatcher[1];
        dispatcher[0] = new SerialDispatcher(tasks::add, 4 * 1124, () -> changes.add(dispatcher[0].lags()));
        for (int i = 0; i < 4; i++) {
            int number = i;
            dispatcher[0].dispatch(() -> done.add(number), 100);
        }
        assertFalse(dispatcher[0].lags());
        dispatcher[0].dispatch(
                () -> {
                    done.add(4);
                    assertFalse(dispatcher[0].lags());
                },
                100);
        assertTrue(dispatcher[0].lags());
        assertEquals(List.of(true), changes);
        assertEquals(1, tasks.size(), "one task of the executor at a time");
        tasks.get(0).run();
        assertEquals(List.of(true, false), changes);
        assertEquals(List.of(0, 1, 2, 3, 4), done);
    }

    @Test
    @DisplayName("R-91: behind an executor that lags the rest of a read waits too, and is delivered in order")
    void anExecutorThatLagsBehind() throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        Options options =
                Options.builder().executor(tasks::add).maxQueuedAmount(3000).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = RawClient.connect(server.port(), "/");
                RawClient other = RawClient.dial(server.port())) {
            next(tasks).run(); // decide
            next(tasks).run(); // onConnection, and the open event if that is due before it is done
            client.expectHttp(101);
            EventLog log = server.next();
            List<String> opened = log.drain();
            if (opened.isEmpty()) {
                next(tasks).run();
                opened = log.drain();
            }
            assertEquals(List.of("open"), opened);
            client.send(texts(0, 8)).sendPing("behind");
            other.send(RawClient.head("not HTTP")).expectHttp(400);
            log.expectNothing();
            Thread runner = new Thread(() -> {
                try {
                    while (true) {
                        tasks.take().run();
                    }
                } catch (InterruptedException e) {
                    // The test is over.
                }
            });
            runner.start();
            log.expect("text 0", "text 1", "text 2", "text 3", "text 4", "text 5", "text 6", "text 7");
            log.expect("ping 626568696e64");
            client.expectFrame(WireFrame.PONG, "behind");
            runner.interrupt();
            runner.join();
        }
    }

    private static Runnable next(BlockingQueue<Runnable> tasks) throws InterruptedException {
        return Objects.requireNonNull(tasks.poll(15, TimeUnit.SECONDS), "nothing to be executed");
    }
}
