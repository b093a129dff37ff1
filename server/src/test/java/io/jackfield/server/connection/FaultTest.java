package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Event;
import io.jackfield.api.Options;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.DeferredSession;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ExtensionSession;
import io.jackfield.api.extension.ImmediateSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the user's code may do to a server: throw anything, block, or never answer. One close event comes of it, no more. */
class FaultTest {

    static Stream<Supplier<Throwable>> faults() {
        return Stream.of(
                () -> new IllegalStateException("on purpose"),
                () -> new StackOverflowError("on purpose"),
                () -> new OutOfMemoryError("on purpose"),
                () -> new NoClassDefFoundError("on purpose"),
                () -> new AssertionError("on purpose"));
    }

    // Erased at run time: that is how a checked exception gets out of a method without throws, in any expression's
    // place.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable, R> R sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static Extension extension(Supplier<ExtensionSession> session) {
        return new Extension() {
            @Override
            public String name() {
                return "faulty";
            }

            @Override
            public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
                return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, session.get()));
            }
        };
    }

    private static final String OFFER = "Sec-WebSocket-Extensions: faulty";

    private static void expectAlive(TestServer server, RawClient other) throws Exception {
        other.sendPing("alive").expectFrame(WireFrame.PONG, "alive");
        try (RawClient another = server.open()) {
            another.sendPing("new").expectFrame(WireFrame.PONG, "new");
        }
    }

    // -- listeners ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName("S-76 R-95: what a listener throws is reported; its connection and all others go on")
    void aListenerThrows(Supplier<Throwable> fault) throws Exception {
        BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        Options options = Options.builder()
                .uncaughtExceptionHandler((socket, thrown) -> reported.add(thrown))
                .build();
        Throwable thrown = fault.get();
        try (TestServer server = TestServer.start(options, socket -> socket.on(Event.class, event -> sneak(thrown)));
                RawClient other = server.open();
                RawClient client = server.open()) {
            server.next().expect("open");
            client.sendText("1")
                    .sendText("2")
                    .sendClose(1000, "")
                    .expectClose("1000:")
                    .expectEof();
            server.next().expect("open", "text 1", "text 2").expectClosed("close 1000: clean PEER sent 1000");
            for (int i = 0; i < 4 + 1; i++) {
                assertSame(thrown, reported.poll(15, TimeUnit.SECONDS));
            }
            expectAlive(server, other);
        }
    }

    @Test
    @DisplayName("R-95: a stack that really overflows in a listener ends nothing")
    void aStackOverflows() throws Exception {
        Options options = Options.builder()
                .uncaughtExceptionHandler(
                        (socket, thrown) -> socket.send(thrown.getClass().getSimpleName()))
                .build();
        try (TestServer server = TestServer.start(options, socket -> socket.onMessage(event -> endless(0)));
                RawClient client = server.open()) {
            client.sendText("1").expectText("StackOverflowError");
            client.sendText("2").expectText("StackOverflowError");
            expectAlive(server, client);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    // -- extensions ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName(
            "S-190 R-95: what an extension throws closes its connection with 1011, tells the peer no more, and harms no other")
    void anExtensionThrows(Supplier<Throwable> fault) throws Exception {
        ExtensionSession throwing = new ImmediateSession() {
            @Override
            public ExtensionMessage incoming(ExtensionMessage message) {
                return FaultTest.<RuntimeException, ExtensionMessage>sneak(fault.get());
            }

            @Override
            public ExtensionMessage outgoing(ExtensionMessage message) {
                return message;
            }

            @Override
            public void close() {
                FaultTest.<RuntimeException, Void>sneak(fault.get());
            }
        };
        Options options =
                Options.builder().extensions(extension(() -> throwing)).build();
        try (TestServer server = TestServer.start(options);
                RawClient other = server.open();
                RawClient client = server.open(OFFER)) {
            server.next().expect("open");
            client.sendText("1").expectClose("1011:faulty: internal error").expectEof();
            server.next()
                    .expect("open", "error faulty: " + fault.get())
                    .expectClosed("close 1011:faulty: internal error unclean LOCAL sent 1011");
            expectAlive(server, other);
        }
    }

    @Test
    @DisplayName("R-74 R-95: an extension that never answers holds up its own connection, and only until closeTimeout")
    void anExtensionThatNeverAnswers() throws Exception {
        ExtensionSession silent = new DeferredSession() {
            @Override
            public CompletionStage<ExtensionMessage> incoming(ExtensionMessage message) {
                return new CompletableFuture<>();
            }

            @Override
            public CompletionStage<ExtensionMessage> outgoing(ExtensionMessage message) {
                return new CompletableFuture<>();
            }
        };
        Options options = Options.builder()
                .extensions(extension(() -> silent))
                .closeTimeout(Duration.ofMillis(200))
                .build();
        try (TestServer server = TestServer.start(options);
                RawClient other = server.open();
                RawClient client = server.open(OFFER)) {
            server.next().expect("open");
            EventLog log = server.next().expect("open");
            client.sendText("never delivered");
            log.socket().send("never sent");
            log.socket().close(3000, "");
            client.expectEof();
            log.expectClosed("close 1006: unclean LOCAL sent nothing");
            expectAlive(server, other);
        }
    }

    // -- executors ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName("S-71 R-95: an executor that throws, as one that cannot start a thread does, loses no event")
    void anExecutorThrows(Supplier<Throwable> fault) throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Executor executor = task -> {
            if (broken.get()) {
                FaultTest.<RuntimeException, Void>sneak(fault.get());
            }
            task.run();
        };
        try (TestServer server =
                        TestServer.start(Options.builder().executor(executor).build());
                RawClient client = server.open()) {
            EventLog log = server.next().expect("open");
            broken.set(true);
            client.sendText("1")
                    .sendText("2")
                    .sendClose(1000, "")
                    .expectClose("1000:")
                    .expectEof();
            log.expect("text 1", "text 2").expectClosed("close 1000: clean PEER sent 1000");
            try (RawClient refused = RawClient.connect(server.port(), "/")) {
                refused.expectHttp(500);
            }
            broken.set(false);
            server.open().close();
        }
    }

    @Test
    @DisplayName("R-94 R-95: an executor whose thread blocks holds up its own connections; the server serves and stops")
    void anExecutorThatBlocks() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Options blocked = Options.builder()
                .executor(task -> new Thread(task).start())
                .closeTimeout(Duration.ofMillis(200))
                .build();
        EventLog log;
        try (TestServer server = TestServer.start(
                        blocked, socket -> socket.onMessage(event -> assertTrue(goOn.await(30, TimeUnit.SECONDS))));
                RawClient client = server.open();
                RawClient other = server.open()) {
            log = server.next().expect("open");
            client.sendText("blocks").sendPing("served").expectFrame(WireFrame.PONG, "served");
            other.sendPing("served").expectFrame(WireFrame.PONG, "served");
            server.server().close(Duration.ofSeconds(5));
            client.expectClose(1001);
        }
        log.expectNothing();
        goOn.countDown();
        log.expect("text blocks", "ping 736572766564").expectClosed("close 1006: unclean LOCAL sent 1001");
    }

    @Test
    @DisplayName("R-26 R-95: a decision that never comes is answered with 408 in time")
    void aHandlerThatNeverDecides() throws Exception {
        Timely.attempt(time -> {
            BlockingQueue<Runnable> never = new LinkedBlockingQueue<>();
            Options options = Options.builder()
                    .executor(never::add)
                    .handshakeTimeout(time)
                    .build();
            try (TestServer server = TestServer.start(options);
                    RawClient client = RawClient.connect(server.port(), "/")) {
                client.expectHttp(408);
                assertEquals(1, never.size());
            }
        });
    }
}
