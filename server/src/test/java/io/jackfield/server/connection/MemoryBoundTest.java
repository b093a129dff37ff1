package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.OverflowPolicy;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.documentation.MemoryBound;
import io.jackfield.server.WebSocketServer;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Peers that make a server hold whatever they can, and what it holds then: no more than docs/limits.md says. */
class MemoryBoundTest {

    private static final int KIB = 1024;
    private static final int CONNECTIONS = 8;
    private static final int MAX_LENGTH = 1024 * KIB;
    private static final int MAX_QUEUED = 512 * KIB;
    private static final int MAX_BUFFERED = 256 * KIB;

    private static Options.Builder options() {
        return Options.builder()
                .maxLength(MAX_LENGTH)
                .maxQueuedAmount(MAX_QUEUED)
                .maxBufferedAmount(MAX_BUFFERED)
                .overflowPolicy(OverflowPolicy.DROP_NEWEST)
                .maxControlFramesPerSecond(0);
    }

    /** What is in use in the heap and in direct buffers, and cannot be collected. */
    private static long used() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return heap
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    /** What is left when nothing more can be collected: direct buffers are freed some time behind a collection. */
    private static long leastUsed() {
        long least = used();
        for (int unchanged = 0; unchanged < 5; unchanged++) {
            long now = used();
            if (now < least) {
                least = now;
                unchanged = 0;
            }
        }
        return least;
    }

    /** On the loop: has as much wait in the output as may, half of it in messages of one byte, which cost most. */
    private static void clog(WebSocket socket) {
        while (socket.bufferedAmount() < MAX_BUFFERED / 2) {
            socket.send(new byte[16 * KIB]);
        }
        while (socket.bufferedAmount() < MAX_BUFFERED) {
            socket.send(new byte[1]);
        }
    }

    /** Fills what waits before the application with short messages, and then sends all but the end of a long one. */
    private static void flood(RawClient client) throws Exception {
        byte[] message = new byte[100];
        int nearlyFull = MAX_QUEUED / (KIB + message.length) - 4;
        for (int i = 0; i < nearlyFull; i++) {
            client.sendFrame(WireFrame.BINARY, message, true);
        }
        client.send(WireFrame.encode(WireFrame.BINARY, new byte[MAX_LENGTH - 1], true));
        for (int i = 0; i < 100; i++) {
            client.sendPing("flood");
        }
    }

    private static void requireBound(Options options, long grown, long least) {
        long bound = CONNECTIONS * MemoryBound.sum(MemoryBound.ofConnection(options))
                + MemoryBound.sum(MemoryBound.ofLoop(options));
        assertTrue(grown <= bound, () -> grown + " bytes are held, " + bound + " are the sum");
        assertTrue(grown >= least, () -> "only " + grown + " bytes are held: this is no attack");
    }

    @Test
    @DisplayName("R-59 R-90 R-91 R-92 R-93 A-29: attacked in all ways at once, behind an executor that stands still")
    void behindAnExecutor() throws Exception {
        AtomicBoolean still = new AtomicBoolean();
        Options options = options()
                .executor(task -> {
                    // What it does not run waits for ever.
                    if (!still.get()) {
                        task.run();
                    }
                })
                .build();
        attack(options, still);
    }

    @Test
    @DisplayName("R-59 R-91 R-92 R-93 A-29: attacked in all ways at once, behind an extension that never answers")
    void behindAnExtension() throws Exception {
        Extension silent = new Extension() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
                return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new DeferredSession() {
                    @Override
                    public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                        return message.type() == ExtensionMessage.Type.TEXT
                                ? CompletableFuture.completedStage(message)
                                : new CompletableFuture<>();
                    }

                    @Override
                    public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
                        return CompletableFuture.completedStage(message);
                    }
                }));
            }
        };
        attack(options().extensions(silent).build(), new AtomicBoolean());
    }

    private static void attack(Options options, AtomicBoolean still) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        CountDownLatch clogged = new CountDownLatch(CONNECTIONS);
        try (WebSocketServer server = TestServer.builder(options)
                .onConnection(socket -> socket.onMessage(event -> {
                    clog(socket);
                    clogged.countDown();
                }))
                .start()) {
            long before = leastUsed();
            for (int i = 0; i < CONNECTIONS; i++) {
                RawClient client = RawClient.dialNarrow(server.port());
                clients.add(client);
                client.send(RawClient.handshake("/", "Sec-WebSocket-Extensions: silent"))
                        .expectHttp(101);
                client.sendText("clog");
            }
            assertTrue(clogged.await(60, TimeUnit.SECONDS));
            still.set(true);
            for (RawClient client : clients) {
                flood(client);
            }
            // The peers' last bytes may still be on their way.
            long least = (long) CONNECTIONS * (MAX_LENGTH + MAX_BUFFERED);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            long grown = used() - before;
            while (grown < least && System.nanoTime() < deadline) {
                grown = used() - before;
            }
            requireBound(options, grown, least);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
