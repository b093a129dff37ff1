package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Option;
import io.jackfield.api.Options;
import io.jackfield.server.ConnectionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit, when it is hit, is counted under its option, and under no other. */
class LimitHitsTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final List<RawClient> clients = new ArrayList<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final CountDownLatch letGo = new CountDownLatch(1);

    static Stream<Option> limits() {
        return Stream.of(Option.values())
                .filter(option -> option.type() == Option.Type.SIZE || option.type() == Option.Type.SECONDS)
                // Hit in no way: pingTimeout is.
                .filter(option -> option != Option.PING);
    }

    @AfterEach
    void end() throws Exception {
        letGo.countDown();
        for (RawClient client : clients) {
            client.close();
        }
        executor.shutdown();
        assertTrue(executor.awaitTermination(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @MethodSource("limits")
    @DisplayName("R-91 R-92 R-93 A-33: a hit of")
    void isCounted(Option limit) throws Exception {
        try (TestServer server = TestServer.start(narrow(limit), listener(limit))) {
            provoke(limit, server);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (server.server().statistics().limitHits().isEmpty()) {
                assertTrue(System.nanoTime() < deadline, "nothing is counted");
                Thread.onSpinWait();
            }
            assertEquals(Set.of(limit), server.server().statistics().limitHits().keySet());
            letGo.countDown();
        }
    }

    private Options narrow(Option limit) {
        Options.Builder builder = Options.builder();
        return switch (limit) {
            case MAX_LENGTH -> builder.maxLength(1).build();
            case MAX_FRAGMENTS -> builder.maxFragments(1).build();
            case MAX_BUFFERED_AMOUNT -> builder.maxBufferedAmount(3).build();
            case MAX_QUEUED_AMOUNT ->
                builder.maxQueuedAmount(1).executor(executor).build();
            case MAX_CONTROL_FRAMES_PER_SECOND ->
                builder.maxControlFramesPerSecond(1).build();
            case MAX_MESSAGES_PER_SECOND -> builder.maxMessagesPerSecond(1).build();
            case MAX_BYTES_PER_SECOND -> builder.maxBytesPerSecond(1).build();
            case PING_TIMEOUT -> builder.ping(SOON).pingTimeout(SOON).build();
            case IDLE_TIMEOUT -> builder.idleTimeout(SOON).build();
            case LIFETIME -> builder.lifetime(SOON).build();
            case CLOSE_TIMEOUT -> builder.closeTimeout(SOON).build();
            case HANDSHAKE_TIMEOUT -> builder.handshakeTimeout(SOON).build();
            case MAX_HEAD_LENGTH -> builder.maxHeadLength(256).build();
            case MAX_HEADERS -> builder.maxHeaders(8).build();
            case MAX_CONNECTIONS -> builder.maxConnections(1).build();
            case MAX_CONNECTIONS_PER_ADDRESS ->
                builder.maxConnectionsPerAddress(1).build();
            default -> throw new AssertionError(limit);
        };
    }

    private ConnectionListener listener(Option limit) {
        return socket -> {
            switch (limit) {
                case MAX_BUFFERED_AMOUNT -> socket.send("1234");
                case MAX_QUEUED_AMOUNT -> socket.onMessage(event -> awaitLetGo());
                case CLOSE_TIMEOUT -> socket.onOpen(event -> socket.close());
                default -> {
                    // It only has to be there.
                }
            }
        };
    }

    private void awaitLetGo() {
        try {
            assertTrue(letGo.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void provoke(Option limit, TestServer server) throws Exception {
        switch (limit) {
            case HANDSHAKE_TIMEOUT -> keep(RawClient.dial(server.port()));
            case MAX_HEAD_LENGTH ->
                keep(RawClient.dial(server.port())).send(RawClient.handshake("/", "X-Long: " + "x".repeat(256)));
            case MAX_HEADERS ->
                keep(RawClient.dial(server.port()))
                        .send(RawClient.handshake("/", "X-1: 1", "X-2: 2", "X-3: 3", "X-4: 4"));
            case MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS -> {
                keep(server.open());
                keep(RawClient.dialTcp(server.port()));
            }
            default -> speak(limit, keep(server.open()));
        }
    }

    private static void speak(Option limit, RawClient client) throws Exception {
        switch (limit) {
            case MAX_LENGTH -> client.sendText("12");
            case MAX_FRAGMENTS ->
                client.send(
                        WireFrame.encode(WireFrame.TEXT, new byte[0], true), WireFrame.encode(0, new byte[0], true));
            case MAX_QUEUED_AMOUNT, MAX_MESSAGES_PER_SECOND, MAX_BYTES_PER_SECOND ->
                client.send(
                        WireFrame.frame(WireFrame.TEXT, "1"),
                        WireFrame.frame(WireFrame.TEXT, "2"),
                        WireFrame.frame(WireFrame.TEXT, "3"));
            case MAX_CONTROL_FRAMES_PER_SECOND ->
                client.send(
                        WireFrame.frame(WireFrame.PING, "1"),
                        WireFrame.frame(WireFrame.PING, "2"),
                        WireFrame.frame(WireFrame.PING, "3"));
            default -> {
                // What is hit by silence.
            }
        }
    }

    private RawClient keep(RawClient client) {
        clients.add(client);
        return client;
    }
}
