package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.Options;
import io.jackfield.api.ReadyState;
import io.jackfield.api.stream.BlockingHandler;
import io.jackfield.api.stream.BlockingWebSocket;
import io.jackfield.api.stream.ConnectionClosedException;
import io.jackfield.api.stream.IncomingMessage;
import io.jackfield.api.stream.Message;
import io.jackfield.api.stream.WebSocketStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections for threads that wait. */
class BlockingTest {

    private final ExecutorService threads = threads();
    private final LinkedBlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<BlockingWebSocket> sockets = new LinkedBlockingQueue<>();

    /** Virtual threads where there are any: from JDK 21 on. */
    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException none) {
            return Executors.newCachedThreadPool();
        }
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private Options.Builder options() {
        return Options.builder().executor(threads).uncaughtExceptionHandler((socket, thrown) -> uncaught.add(thrown));
    }

    private TestServer converse(BlockingHandler handler) throws IOException {
        return TestServer.start(options().build(), socket -> BlockingHandler.attach(socket, handler));
    }

    /** A server that hands its connections out to the test's thread. */
    private TestServer handOut(Options options) throws IOException {
        return TestServer.start(options, socket -> sockets.add(BlockingWebSocket.of(socket)));
    }

    private BlockingWebSocket next() throws InterruptedException {
        return sockets.poll(15, TimeUnit.SECONDS);
    }

    private static String text(Message message) {
        return ((Message.Text) message).data();
    }

    private static String text(InputStream data) throws IOException {
        return new String(data.readAllBytes(), StandardCharsets.UTF_8);
    }

    // -- receiving ----------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-85: an echo is one line; it ends when the peer closes")
    void anEchoIsOneLine() throws Exception {
        try (TestServer server = converse(socket -> {
                    for (Message message : socket) {
                        socket.send(message);
                    }
                });
                RawClient client = server.open()) {
            client.sendText("héllo").expectText("héllo");
            client.send(WireFrame.encode(WireFrame.TEXT, new byte[] {(byte) 0xc3}, true));
            client.send(WireFrame.encode(0x80, new byte[] {(byte) 0xa9}, true)).expectText("é");
            client.sendFrame(WireFrame.BINARY, new byte[] {1, 2}, true);
            assertEquals("82:0102", client.readFrame().hex());
            for (int i = 0; i < 1000; i++) {
                client.sendText("message " + i);
            }
            for (int i = 0; i < 1000; i++) {
                client.expectText("message " + i);
            }
            client.sendClose(1000, "").expectClose("1000:").expectEof();
            server.next().withoutDrains().expect("open").expectClosed("close 1000: clean PEER sent 1000");
        }
        assertTrue(uncaught.isEmpty(), uncaught::toString);
    }

    @Test
    @DisplayName("S-85: when the conversation ends the connection closes: with 1000, or with 1011 if it threw")
    void theConnectionClosesWithTheConversation() throws Exception {
        try (TestServer server = converse(socket -> {
                    if (text(socket.receive()).equals("fail")) {
                        throw new IllegalStateException("for the test");
                    }
                });
                RawClient good = server.open();
                RawClient bad = server.open();
                RawClient lost = server.open()) {
            good.sendText("go").expectClose("1000:");
            bad.sendText("fail").expectClose("1011:internal error");
            assertEquals("for the test", uncaught.poll(15, TimeUnit.SECONDS).getMessage());
            server.next();
            server.next();
            lost.reset();
            assertTrue(server.next().expect("open").next().startsWith("error Network error"));
        }
        assertTrue(uncaught.isEmpty(), uncaught::toString);
    }

    @Test
    @DisplayName("S-85: messages in parts and whole ones in turn; what is not read of a message is skipped")
    void partsAndWholeMessagesInTurn() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            client.sendText("name").send(WireFrame.encode(WireFrame.BINARY, new byte[] {1, 2, 3}, true));
            assertEquals("name", text(socket.receive()));
            IncomingMessage upload = socket.receiveParts();
            assertFalse(upload.isText());
            assertEquals(1, upload.data().read());
            assertEquals(2, upload.data().available());
            client.send(WireFrame.encode(0x00, new byte[] {4}, true), WireFrame.encode(0x80, new byte[0], true));
            assertArrayEquals(new byte[] {2, 3, 4}, upload.data().readAllBytes());
            assertEquals(-1, upload.data().read());
            client.sendText("skipped").sendText("").sendText("third");
            assertTrue(socket.receiveParts().isText());
            assertEquals("", text(socket.receiveParts().data()));
            assertEquals("third", text(socket.receive()));
            client.sendClose(1000, "");
            assertNull(socket.receive());
            assertNull(socket.receiveParts());
        }
    }

    @Test
    @DisplayName("S-85: an unclean end throws, from receive, from the iterator and within a message")
    void anUncleanEndThrows() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            client.send(WireFrame.encode(WireFrame.BINARY, new byte[] {1}, true));
            InputStream data = socket.receiveParts().data();
            assertEquals(1, data.read());
            client.sendClose(1000, "");
            assertEquals(
                    1000,
                    assertThrows(ConnectionClosedException.class, data::read).code());
        }
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            client.reset();
            assertEquals(
                    1006,
                    assertThrows(ConnectionClosedException.class, socket::receive)
                            .code());
            UncheckedIOException thrown = assertThrows(
                    UncheckedIOException.class, () -> socket.iterator().hasNext());
            assertInstanceOf(ConnectionClosedException.class, thrown.getCause());
        }
    }

    @Test
    @DisplayName("S-85: a timeout loses nothing of what has come")
    void timeouts() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            assertThrows(SocketTimeoutException.class, () -> socket.receive(Duration.ZERO));
            client.send(WireFrame.encode(WireFrame.TEXT, new byte[] {'a'}, true));
            assertThrows(SocketTimeoutException.class, () -> socket.receive(Duration.ofMillis(20)));
            client.send(WireFrame.encode(0x80, new byte[] {'b'}, true));
            assertEquals("ab", text(socket.receive(Duration.ofSeconds(Long.MAX_VALUE))));
        }
    }

    @Test
    @DisplayName("S-85: an interrupt ends the waiting, and the thread stays interrupted")
    void interrupts() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, socket::receive);
            assertTrue(Thread.interrupted());
            client.sendText("still there");
            assertEquals("still there", text(socket.receive()));
        }
    }

    @Test
    @DisplayName("S-85: close from another thread ends the waiting")
    void closeFromAnotherThread() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            FutureTask<Message> receiving = run(socket::receive);
            socket.close();
            client.expectClose("1000:").sendClose(1000, "");
            assertNull(receiving.get(15, TimeUnit.SECONDS));
            assertThrows(IOException.class, () -> socket.send("too late"));
        }
    }

    private <T> FutureTask<T> run(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        threads.execute(future);
        return future;
    }

    @Test
    @DisplayName("S-85: a message that is received whole is bound by maxLength, one in parts by maxStreamedLength")
    void limits() throws Exception {
        try (TestServer server =
                        handOut(options().maxLength(5).maxStreamedLength(10).build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            client.sendText("1234567890").sendText("12345").sendText("123456");
            assertEquals("1234567890", text(socket.receiveParts().data()));
            assertEquals("12345", text(socket.receive()));
            assertEquals(
                    1009,
                    assertThrows(ConnectionClosedException.class, socket::receive)
                            .code());
            client.expectClose(1009);
        }
    }

    @Test
    @DisplayName("S-85: on an event loop waiting is refused, and a conversation there closes with 1011")
    void onALoopWaitingIsRefused() throws Exception {
        Options options = Options.builder()
                .uncaughtExceptionHandler((socket, thrown) -> uncaught.add(thrown))
                .build();
        try (TestServer server = TestServer.start(
                        options, socket -> BlockingHandler.attach(socket, BlockingWebSocket::receive));
                RawClient client = server.open()) {
            client.expectClose("1011:internal error");
            Throwable thrown = uncaught.poll(15, TimeUnit.SECONDS);
            assertInstanceOf(IllegalStateException.class, thrown);
            assertTrue(thrown.getMessage().contains("event loop must not wait"), thrown.getMessage());
        }
    }

    @Test
    @DisplayName("S-85: there is one for a connection, and none where a subscriber takes the messages")
    void oneForAConnection() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient client = server.open();
                RawClient other = server.open()) {
            var socket = server.next().expect("open").socket();
            assertSame(BlockingWebSocket.of(socket), BlockingWebSocket.of(socket));
            assertSame(socket, BlockingWebSocket.of(socket).socket());
            var streamed = server.next().expect("open").socket();
            WebSocketStream.of(streamed).parts().subscribe(new RecordingSubscriber<>());
            assertThrows(IllegalStateException.class, () -> BlockingWebSocket.of(streamed));
            client.sendClose(1000, "").expectClose("1000:");
            other.sendClose(1000, "").expectClose("1000:");
            assertNull(BlockingWebSocket.of(socket).receive());
        }
    }

    // -- sending ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("S-85: a message is written in parts; closing the stream ends it")
    void aMessageIsWrittenInParts() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            byte[] large = new byte[100_000];
            new Random(1).nextBytes(large);
            try (OutputStream message = socket.openBinary()) {
                message.write(7);
                message.flush();
                assertEquals("02:07", client.readFrame().hex());
                assertThrows(IllegalStateException.class, socket::openText);
                message.write(8);
                message.write(large);
                message.write(large, 5, 0);
                message.write(9);
            }
            assertEquals("00:08", client.readFrame().hex());
            assertArrayEquals(large, client.readFrame().payload());
            assertEquals("80:09", client.readFrame().hex());
            OutputStream text = socket.openText();
            text.write("é".getBytes(StandardCharsets.UTF_8));
            text.close();
            text.close();
            assertThrows(IOException.class, () -> text.write(1));
            client.expectText("é");
        }
    }

    @Test
    @DisplayName("S-73 S-85: sending waits while the peer does not read; the end of the connection ends the waiting")
    void sendingWaits() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = RawClient.dialNarrow(server.port())) {
            client.send(RawClient.handshake("/")).expectHttp(101);
            BlockingWebSocket socket = next();
            byte[] payload = new byte[16 * 1024];
            FutureTask<Void> sending = run(() -> {
                while (true) {
                    socket.send(ByteBuffer.wrap(payload));
                    assertTrue(socket.socket().bufferedAmount() <= 128 * 1024);
                }
            });
            long before = -1;
            // It has come to a stop when something waits, and the loop has nothing to do.
            while (!sending.isDone()
                    && (before <= 0 || before != socket.socket().bufferedAmount())) {
                before = socket.socket().bufferedAmount();
                server.open().close();
            }
            assertFalse(sending.isDone(), () -> failureOf(sending).toString());
            for (int i = 0; i < 100; i++) {
                assertEquals(payload.length, client.readFrame().payload().length);
            }
            assertFalse(sending.isDone());
            client.reset();
            assertInstanceOf(IOException.class, failureOf(sending));
        }
    }

    private static Throwable failureOf(FutureTask<?> task) {
        return assertThrows(ExecutionException.class, () -> task.get(15, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    @DisplayName("S-85: fail within a message tells the peer with 1011 that it will not be whole")
    void failWithinAMessage() throws Exception {
        try (TestServer server = handOut(options().build());
                RawClient client = server.open()) {
            BlockingWebSocket socket = next();
            OutputStream message = socket.openText();
            message.write('a');
            message.flush();
            socket.fail("disk is broken");
            assertEquals("01:61", client.readFrame().hex());
            client.expectClose("1011:disk is broken");
            assertThrows(IOException.class, message::close);
            assertThrows(IllegalArgumentException.class, () -> socket.fail("x".repeat(124)));
            assertEquals(ReadyState.CLOSED, closed(client, socket));
        }
    }

    private static ReadyState closed(RawClient client, BlockingWebSocket socket) throws IOException {
        client.sendClose(1011, "");
        assertNull(socket.receive());
        return socket.socket().readyState();
    }
}
