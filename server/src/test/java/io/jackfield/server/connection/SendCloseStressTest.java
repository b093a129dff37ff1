package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import io.jackfield.ext.deflate.PermessageDeflate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Many threads send and close at once, differently each time: what was accepted arrives, in order and before the close frame,
 * what was not does not, and each {@code sendAsync} says which. {@code -Dstress.rounds} makes it longer.
 */
class SendCloseStressTest {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 40);
    private static final int SENDERS = 4;
    private static final int CLOSERS = 3;
    private static final int MOST_MESSAGES = 400;
    private static final int PATIENCE_SECONDS = 30;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS + CLOSERS);

    @AfterEach
    void stopThreads() throws Exception {
        threads.shutdown();
        assertTrue(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS), "a thread hangs");
    }

    @Test
    @DisplayName("R-62 R-65: what many threads send and close at once arrives whole, in order, or not at all")
    void acceptedMessagesArriveInFrontOfTheCloseFrame() throws Exception {
        try (TestServer server = TestServer.start()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (RawClient client = server.open()) {
                    closeWhileSending(server.next().expect("open").withoutDrains(), client);
                }
            }
        }
    }

    @Test
    @DisplayName("R-62 R-65: the same with compression")
    void withCompression() throws Exception {
        Options options = Options.builder()
                .extensions(PermessageDeflate.builder().threshold(1 << 20).build())
                .build();
        try (TestServer server = TestServer.start(options)) {
            for (int round = 0; round < ROUNDS / 4; round++) {
                try (RawClient client = server.open("Sec-WebSocket-Extensions: permessage-deflate")) {
                    closeWhileSending(server.next().expect("open").withoutDrains(), client);
                }
            }
        }
    }

    private void closeWhileSending(EventLog log, RawClient client) throws Exception {
        WebSocket socket = log.socket();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<CompletableFuture<Void>>>> sent = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            int number = sender;
            sent.add(threads.submit(() -> send(socket, number, start)));
        }
        List<Future<?>> closes = new ArrayList<>();
        for (int closer = 0; closer < CLOSERS; closer++) {
            int code = 4000 + closer;
            int pause = random.nextInt(20_000);
            closes.add(threads.submit(() -> close(socket, code, pause, start)));
        }
        start.countDown();
        List<List<Integer>> received = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            received.add(new ArrayList<>());
        }
        WireFrame frame = client.readFrame();
        while (frame.opcode() != WireFrame.CLOSE) {
            ByteBuffer payload = ByteBuffer.wrap(frame.payload());
            received.get(payload.getInt()).add(payload.getInt());
            frame = client.readFrame();
        }
        int code = ByteBuffer.wrap(frame.payload()).getShort();
        assertTrue(code >= 4000 && code < 4000 + CLOSERS, () -> "seed " + seed);
        client.sendClose(code, "").expectEof();
        for (Future<?> close : closes) {
            close.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        log.expectClosed("close " + code + ": clean LOCAL sent " + code);
        for (int sender = 0; sender < SENDERS; sender++) {
            int accepted = accepted(sent.get(sender).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(firstNumbers(accepted), received.get(sender), () -> "seed " + seed);
        }
    }

    private static List<CompletableFuture<Void>> send(WebSocket socket, int sender, CountDownLatch start)
            throws InterruptedException {
        List<CompletableFuture<Void>> receipts = new ArrayList<>();
        start.await();
        for (int i = 0; i < MOST_MESSAGES; i++) {
            ByteBuffer message =
                    ByteBuffer.allocate(8 + i % 300).putInt(0, sender).putInt(4, i);
            receipts.add(socket.sendAsync(message).toCompletableFuture());
        }
        return receipts;
    }

    private static Void close(WebSocket socket, int code, int pause, CountDownLatch start) throws InterruptedException {
        start.await();
        for (int i = 0; i < pause; i++) {
            Thread.onSpinWait();
        }
        socket.close(code, "");
        return null;
    }

    /** How many were accepted: the first, and none behind one that was not. */
    private int accepted(List<CompletableFuture<Void>> receipts) throws Exception {
        int accepted = 0;
        boolean refused = false;
        for (CompletableFuture<Void> receipt : receipts) {
            try {
                receipt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertTrue(!refused, () -> "accepted behind a refusal, seed " + seed);
                accepted++;
            } catch (ExecutionException e) {
                assertInstanceOf(IllegalStateException.class, e.getCause(), () -> "seed " + seed);
                refused = true;
            }
        }
        return accepted;
    }

    private static List<Integer> firstNumbers(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
