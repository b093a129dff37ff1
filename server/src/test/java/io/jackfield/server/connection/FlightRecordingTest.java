package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionMessage;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.server.WebSocketServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events that JDK Flight Recorder gets. */
class FlightRecordingTest {

    /** Flight Recorder hands events over once a second. */
    private static final int PATIENCE_SECONDS = 30;

    private final RecordingStream recording = new RecordingStream();
    private final BlockingQueue<RecordedEvent> events = new LinkedBlockingQueue<>();

    private void record(String... names) {
        for (String name : names) {
            recording.onEvent("io.jackfield." + name, events::add);
        }
        recording.setReuse(false);
        recording.startAsync();
    }

    @BeforeEach
    void enable() {
        for (String name :
                List.of("HandshakeAccepted", "HandshakeRefused", "ConnectionClosed", "LimitHit", "ExtensionFailed")) {
            recording.enable("io.jackfield." + name);
        }
    }

    @AfterEach
    void end() {
        recording.close();
    }

    private RecordedEvent next(String name) throws InterruptedException {
        RecordedEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(event, "No event " + name);
        assertEquals("io.jackfield." + name, event.getEventType().getName());
        return event;
    }

    @Test
    void aConnectionIsRecordedFromItsHandshakeToItsEnd() throws Exception {
        record("HandshakeAccepted", "ConnectionClosed");
        try (TestServer server = TestServer.start();
                RawClient client = server.open()) {
            client.sendText("12345").sendClose(4001, "done").expectClose(4001);
            RecordedEvent accepted = next("HandshakeAccepted");
            assertEquals(1, accepted.getLong("connection"));
            assertEquals("/", accepted.getString("path"));
            assertEquals("/*", accepted.getString("endpoint"));
            assertTrue(accepted.getString("remoteAddress").startsWith("127.0.0.1:"));
            RecordedEvent closed = next("ConnectionClosed");
            assertEquals(4001, closed.getInt("code"));
            assertEquals("done", closed.getString("reason"));
            assertEquals("PEER", closed.getString("initiator"));
            assertTrue(closed.getBoolean("clean"));
            assertTrue(closed.getDuration("age").compareTo(Duration.ZERO) > 0);
            assertEquals(1, closed.getLong("receivedMessages"));
            assertEquals(0, closed.getLong("sentMessages"));
        }
    }

    @Test
    void refusalsAndLimitsAreRecorded() throws Exception {
        record("HandshakeRefused", "LimitHit");
        try (WebSocketServer server =
                TestServer.builder(Options.builder().maxHeaders(8).build()).start()) {
            try (RawClient client = RawClient.connect(server.port(), "/nowhere?secret")) {
                client.expectHttp(404);
                RecordedEvent refused = next("HandshakeRefused");
                assertEquals("NO_ENDPOINT", refused.getString("reason"));
                assertEquals(404, refused.getInt("status"));
                assertEquals("/nowhere", refused.getString("path"));
            }
            try (RawClient client = RawClient.connect(server.port(), "/", "A: 1", "B: 2", "C: 3", "D: 4")) {
                client.expectHttp(431);
                RecordedEvent hit = next("LimitHit");
                assertEquals("maxHeaders", hit.getString("option"));
                assertEquals(2, hit.getLong("connection"));
                assertEquals("LIMIT", next("HandshakeRefused").getString("reason"));
            }
        }
    }

    @Test
    void aListenerThatBlocksIsRecorded() throws Exception {
        recording.enable("io.jackfield.SlowListener").withThreshold(Duration.ofMillis(50));
        record("SlowListener");
        try (TestServer server = TestServer.start(socket -> socket.onMessage(event -> {
                    if (event instanceof io.jackfield.api.Event.Text text
                            && text.data().equals("slow")) {
                        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                    }
                }));
                RawClient client = server.open()) {
            client.sendText("slow");
            RecordedEvent slow = next("SlowListener");
            while (!slow.getString("event").equals("text")) {
                // On a busy machine any listener may be slow.
                slow = next("SlowListener");
            }
            assertEquals(1, slow.getLong("connection"));
            assertEquals("/*", slow.getString("endpoint"));
            assertTrue(slow.getDuration().compareTo(Duration.ofMillis(50)) >= 0, slow.toString());
        }
    }

    @Test
    void aPeerThatDoesNotReadIsRecorded() throws Exception {
        recording.enable("io.jackfield.SlowConsumer").withThreshold(Duration.ZERO);
        record("SlowConsumer");
        CountDownLatch full = new CountDownLatch(1);
        try (TestServer server = TestServer.start(socket -> socket.onOpen(event -> {
            // On the loop: a thread that is faster than the loop fills maxBufferedAmount.
            while (socket.send("x".repeat(1 << 16))) {
                assertTrue(socket.bufferedAmount() < 1 << 26, "The network takes all");
            }
            full.countDown();
        }))) {
            try (RawClient client = RawClient.dialNarrow(server.port())) {
                client.send(RawClient.handshake("/")).expectHttp(101);
                assertTrue(full.await(15, TimeUnit.SECONDS));
                // Its end is told as well.
                client.reset();
            }
            RecordedEvent slow = next("SlowConsumer");
            assertEquals(1, slow.getLong("connection"));
            assertTrue(slow.getString("remoteAddress").startsWith("127.0.0.1:"), slow::toString);
        }
    }

    @Test
    void anExtensionThatFailsIsRecorded() throws Exception {
        record("ExtensionFailed");
        Watching failing = new Watching("x-failing") {
            @Override
            public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
                return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new ImmediateSession() {
                    @Override
                    public ExtensionMessage incoming(ExtensionMessage message) {
                        throw new IllegalStateException("on purpose");
                    }
                }));
            }
        };
        Options options = Options.builder().extensions(failing).build();
        try (TestServer server = TestServer.start(options);
                RawClient client = server.open("Sec-WebSocket-Extensions: x-failing")) {
            client.sendText("x").expectClose(1011);
            RecordedEvent failed = next("ExtensionFailed");
            assertEquals("x-failing", failed.getString("extension"));
            assertEquals("java.lang.IllegalStateException: on purpose", failed.getString("exception"));
            assertEquals(1, failed.getLong("connection"));
            assertEquals(1, server.server().statistics().extensionFailures());
        }
    }
}
