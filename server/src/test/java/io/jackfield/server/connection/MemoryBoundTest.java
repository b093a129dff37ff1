package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Event;
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
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.WebSocketServer;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Peers that make a server hold whatever they can, and what it holds then: no more than docs/limits.md says. */
class MemoryBoundTest {

    private static final int KIB = 1024;
    private static final int CONNECTIONS = 8;
    private static final int MAX_LENGTH = 1024 * KIB;
    private static final int MAX_QUEUED = 512 * KIB;
    private static final int MAX_BUFFERED = 256 * KIB;
    private static final int WINDOW = 32 * KIB;

    /** More than a second's, were they limited. */
    private static final int PINGS = 5_000;

    /** FIN, RSV1, binary: what permessage-deflate has compressed (RFC 7692 section 7.2.1). */
    private static final int COMPRESSED = 0xc2;

    /** What a peer does besides what all of them do. */
    private enum Peer {
        PLAIN {
            @Override
            void flood(RawClient client, int number) throws Exception {
                fillQueue(client, WireFrame.encode(0x80 | WireFrame.BINARY, new byte[100], true), 100);
                sendUnfinished(client, WireFrame.BINARY);
            }
        },
        COMPRESSING {
            @Override
            void prepare(RawClient client) throws Exception {
                // Hexadecimal digits of noise: these shrink, so that they are sent compressed and are in the windows.
                String digits = HexFormat.of().formatHex(noise(WINDOW));
                client.send(WireFrame.encode(COMPRESSED, deflated(digits.getBytes(StandardCharsets.US_ASCII)), true));
                assertEquals(COMPRESSED, client.readFrame().b0());
            }

            /** Half of them have a message become as long as may be, the others begin one that is as long. */
            @Override
            void flood(RawClient client, int number) throws Exception {
                fillQueue(client, WireFrame.encode(COMPRESSED, deflated(new byte[1000]), true), 1000);
                if (number % 2 == 0) {
                    client.send(WireFrame.encode(COMPRESSED, deflated(new byte[MAX_LENGTH]), true));
                } else {
                    sendUnfinished(client, COMPRESSED & ~0x80);
                }
            }
        };

        void prepare(RawClient client) throws Exception {
            // Most do nothing.
        }

        abstract void flood(RawClient client, int number) throws Exception;

        /** Nearly fills what waits before the application with short messages. */
        private static void fillQueue(RawClient client, byte[] message, int length) throws Exception {
            int nearlyFull = MAX_QUEUED / (KIB + length) - 4;
            for (int i = 0; i < nearlyFull; i++) {
                client.send(message);
            }
        }

        /** All but the end of a long message, and pings that nobody reads the answers of. */
        private static void sendUnfinished(RawClient client, int b0) throws Exception {
            client.send(WireFrame.encode(b0, new byte[MAX_LENGTH - 1], true));
            byte[] ping = WireFrame.frame(WireFrame.PING, "p".repeat(125));
            for (int i = 0; i < PINGS; i++) {
                client.send(ping);
            }
        }
    }

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
            // Noise does not shrink, should there be compression.
            socket.send(noise(16 * KIB));
        }
        while (socket.bufferedAmount() < MAX_BUFFERED) {
            socket.send(new byte[1]);
        }
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    /** RFC 7692 section 7.2.1: a payload that refers to no message before it. */
    private static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(9, true);
        try {
            byte[] payload = new byte[message.length + KIB];
            deflater.setInput(message);
            int length = deflater.deflate(payload, 0, payload.length, Deflater.SYNC_FLUSH);
            // Less 00 00 ff ff.
            return Arrays.copyOf(payload, length - 4);
        } finally {
            deflater.end();
        }
    }

    private static void requireBound(Options options, long grown, long least) {
        long bound = CONNECTIONS * MemoryBound.sum(MemoryBound.ofConnection(options))
                + MemoryBound.sum(MemoryBound.ofLoop(options))
                + Runtime.getRuntime().availableProcessors() * MemoryBound.sum(MemoryBound.ofDeflate());
        assertTrue(grown <= bound, () -> grown + " bytes are held, " + bound + " are the sum");
        assertTrue(grown >= least, () -> "only " + grown + " bytes are held: this is no attack");
    }

    @Test
    @DisplayName("R-59 R-90 R-91 R-92 R-93 A-29: attacked in all ways at once, behind an executor that stands still")
    void behindAnExecutor() throws Exception {
        AtomicBoolean still = new AtomicBoolean();
        attack(Peer.PLAIN, options().executor(until(still)).build(), still);
    }

    @Test
    @DisplayName("R-59 R-88 R-90 R-91 R-92 R-93 A-29 A-34: the same with compression, whose windows are full both ways")
    void behindAnExecutorWithCompression() throws Exception {
        AtomicBoolean still = new AtomicBoolean();
        try (PermessageDeflate deflate = new PermessageDeflate()) {
            Options options =
                    options().extensions(deflate).executor(until(still)).build();
            attack(Peer.COMPRESSING, options, still);
        }
    }

    private static Executor until(AtomicBoolean still) {
        return task -> {
            // What it does not run waits for ever.
            if (!still.get()) {
                task.run();
            }
        };
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
        attack(Peer.PLAIN, options().extensions(silent).build(), new AtomicBoolean());
    }

    private static void attack(Peer peer, Options options, AtomicBoolean still) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        CountDownLatch clogged = new CountDownLatch(CONNECTIONS);
        try (WebSocketServer server = TestServer.builder(options)
                .onConnection(socket -> socket.onMessage(event -> {
                    if (event instanceof Event.Binary message) {
                        socket.send(message.data());
                    } else {
                        clog(socket);
                        clogged.countDown();
                    }
                }))
                .start()) {
            long before = leastUsed();
            for (int i = 0; i < CONNECTIONS; i++) {
                RawClient client = RawClient.dialNarrow(server.port());
                clients.add(client);
                client.send(RawClient.handshake("/", "Sec-WebSocket-Extensions: silent, permessage-deflate"))
                        .expectHttp(101);
                peer.prepare(client);
                client.sendText("clog");
            }
            assertTrue(clogged.await(60, TimeUnit.SECONDS));
            still.set(true);
            for (int i = 0; i < CONNECTIONS; i++) {
                peer.flood(clients.get(i), i);
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
