package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Event;
import io.jackfield.api.MessageListener;
import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Listeners on the executor of the options. */
class ExecutorTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static Options on(Executor executor) {
        return Options.builder().executor(executor).build();
    }

    @Test
    @DisplayName("S-59 S-71 S-194: on many threads events of a connection keep their order, one at a time")
    void eventsKeepTheirOrder() throws Exception {
        int messages = 1000;
        AtomicInteger running = new AtomicInteger();
        try (TestServer server = TestServer.start(
                        on(threads),
                        socket -> socket.on(Event.class, event -> {
                            assertEquals(1, running.incrementAndGet());
                            running.decrementAndGet();
                        }));
                RawClient client = server.open()) {
            for (int i = 0; i < messages; i++) {
                client.sendText("message " + i);
            }
            client.sendClose(1000, "").expectClose("1000:").expectEof();
            EventLog log = server.next().expect("open");
            for (int i = 0; i < messages; i++) {
                log.expect("text message " + i);
            }
            log.expectClosed("close 1000: clean PEER sent 1000");
        }
    }

    @Test
    @DisplayName("S-23: the handler runs on the executor, and no event overtakes it")
    void nothingOvertakesTheHandler() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        CountDownLatch mayReturn = new CountDownLatch(1);
        try (TestServer server = TestServer.start(on(threads), socket -> {
                    heard.add("handler on " + (threadIsLoop() ? "loop" : "executor"));
                    socket.close(3001, "");
                    assertTrue(mayReturn.await(15, TimeUnit.SECONDS));
                    socket.onClose(event -> heard.add("close"));
                });
                RawClient client = RawClient.connect(server.port(), "/")) {
            client.expectEof();
            assertEquals("handler on executor", heard.poll(15, TimeUnit.SECONDS));
            mayReturn.countDown();
            assertEquals("close", heard.poll(15, TimeUnit.SECONDS));
            server.next().expectClosed("close 3001: unclean LOCAL sent nothing");
        }
    }

    private static boolean threadIsLoop() {
        return Thread.currentThread().getName().startsWith("jackfield");
    }

    @Test
    @DisplayName("S-59: the peer's end while the handler runs is told behind it")
    void theEndIsToldBehindTheHandler() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        try (TestServer server = TestServer.start(on(threads), socket -> {
                    running.countDown();
                    assertTrue(mayReturn.await(15, TimeUnit.SECONDS));
                });
                RawClient client = RawClient.connect(server.port(), "/")) {
            EventLog log = server.next();
            assertTrue(running.await(15, TimeUnit.SECONDS));
            server.server().close(Duration.ofSeconds(15));
            client.expectHttp(503);
            log.expectNothing();
            mayReturn.countDown();
            log.expectClosed("close 1006: unclean NETWORK sent nothing");
        }
    }

    @Test
    @DisplayName("R-91: reading stops while the executor lags, and goes on with nothing lost")
    void readingStopsWhileTheExecutorLags() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        AtomicInteger received = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        // More than the buffers of both sockets take.
        int messages = 1024;
        byte[] payload = new byte[32 << 10];
        AtomicInteger sent = new AtomicInteger();
        try (TestServer server = TestServer.start(
                        on(threads),
                        socket -> socket.messageListener(new MessageListener() {
                            @Override
                            public void onBinary(WebSocket webSocket, ByteBuffer bytes) throws InterruptedException {
                                first.countDown();
                                assertTrue(mayGoOn.await(15, TimeUnit.SECONDS));
                                received.incrementAndGet();
                            }
                        }));
                RawClient client = server.open()) {
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < messages; i++) {
                        client.sendFrame(WireFrame.BINARY, payload, true);
                        sent.incrementAndGet();
                    }
                    client.sendClose(1000, "");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            assertTrue(first.await(15, TimeUnit.SECONDS));
            awaitStandstill(server, sent);
            assertTrue(sent.get() < messages, "Everything was read although the executor stands still");
            mayGoOn.countDown();
            client.expectClose("1000:").expectEof();
            sender.join();
            assertEquals("open", server.next().next());
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(15, TimeUnit.SECONDS));
        assertEquals(messages, received.get());
    }

    /** Waits until many turns of the loop have let the sender send no more. */
    private static void awaitStandstill(TestServer server, AtomicInteger sent) throws Exception {
        int before;
        do {
            before = sent.get();
            for (int i = 0; i < 50; i++) {
                try (RawClient other = RawClient.dial(server.port())) {
                    other.send(RawClient.head("GET /no HTTP/1.1", "Host: x", "Connection: close"))
                            .drain();
                }
            }
        } while (sent.get() != before);
    }

    @Test
    @DisplayName("S-59: what the executor rejects runs all the same, in order")
    void rejectedExecutionsLoseNothing() throws Exception {
        AtomicInteger tasks = new AtomicInteger();
        Executor moody = task -> {
            if (tasks.getAndIncrement() % 2 == 1) {
                throw new RejectedExecutionException("every second one");
            }
            threads.execute(task);
        };
        try (TestServer server = TestServer.start(on(moody));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            for (int i = 0; i < 50; i++) {
                client.sendText("message " + i);
                log.expect("text message " + i);
            }
            client.sendClose(1000, "").expectClose("1000:").expectEof();
            log.expectClosed("close 1000: clean PEER sent 1000");
        }
    }

    @Test
    @DisplayName("S-59: an executor that has shut down loses neither messages nor the close event")
    void anExecutorThatHasShutDown() throws Exception {
        try (TestServer server = TestServer.start(on(threads));
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            threads.shutdown();
            assertTrue(threads.awaitTermination(15, TimeUnit.SECONDS));
            client.sendText("1")
                    .sendText("2")
                    .sendClose(1000, "")
                    .expectClose("1000:")
                    .expectEof();
            log.expect("text 1", "text 2").expectClosed("close 1000: clean PEER sent 1000");
        }
    }

    @Test
    @DisplayName("S-74: close() on the executor keeps back what waits behind it")
    void closeOnTheExecutorEndsDelivery() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        try (TestServer server = TestServer.start(
                        on(threads),
                        socket -> socket.onMessage(event -> {
                            assertTrue(received.await(15, TimeUnit.SECONDS));
                            socket.close();
                        }));
                RawClient client = server.open()) {
            client.sendText("1").sendText("2").sendPing("").expectFrame(WireFrame.PONG, "");
            received.countDown();
            client.expectClose("1000:").sendClose(1000, "").expectEof();
            server.next().expect("open", "text 1", "ping ").expectClosed("close 1000: clean LOCAL sent 1000");
        }
    }
}
