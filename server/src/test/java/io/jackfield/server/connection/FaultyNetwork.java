package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jackfield.api.MessageListener;
import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.AcceptedExtension;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.extension.ExtensionContext;
import io.jackfield.api.extension.ExtensionParameters;
import io.jackfield.api.extension.ImmediateSession;
import io.jackfield.api.stream.WebSocketStream;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.TestTls;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.LoopProbe;
import io.jackfield.server.routing.PathPattern;
import io.jackfield.server.routing.PublishedEndpoint;
import io.jackfield.server.routing.Routing;
import io.jackfield.server.tls.EngineFactory;
import io.jackfield.server.transport.PlainTransport;
import io.jackfield.server.transport.SocketChannels;
import io.jackfield.server.transport.TlsTransport;
import io.jackfield.server.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * Connections between a client that says all it has to say at once, and a server whose transport fails as it is told. The
 * client reads until the connection ends.
 */
final class FaultyNetwork implements AutoCloseable {

    /** The path where messages are answered in parts. */
    static final String STREAMED = "/streamed";

    private static final int PATIENCE_SECONDS = 20;

    /** Beyond patience: whatever comes to its end by this timeout fails. */
    private static final Duration LONG = Duration.ofSeconds(3 * PATIENCE_SECONDS);

    /**
     * What became of a connection.
     *
     * @param answer what the client has read
     * @param events of the server's end, none if there was no WebSocket
     * @param bytesRead by the server
     * @param bytesWritten by the server
     */
    record Outcome(byte[] answer, List<String> events, long bytesRead, long bytesWritten) {

        /** The code of the one close event, or 0. */
        int closeCode() {
            List<String> closes =
                    events.stream().filter(e -> e.startsWith("close ")).toList();
            assertTrue(closes.size() <= 1, () -> "close came more than once: " + events);
            return closes.isEmpty()
                    ? 0
                    : Integer.parseInt(closes.get(0).substring("close ".length(), "close 1000".length()));
        }

        /** The messages, pings and pongs. */
        List<String> messages() {
            return events.stream()
                    .filter(e -> !e.startsWith("close ") && !e.startsWith("error ") && !e.equals("drain"))
                    .toList();
        }
    }

    private final LoopProbe probe = new LoopProbe("faulty-network");
    private final ServerSocketChannel listener =
            ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final BlockingQueue<EventLog> logs = new LinkedBlockingQueue<>();
    private final CountingExtension counting = new CountingExtension();
    private final PermessageDeflate deflate = new PermessageDeflate();
    private final Routing routing;
    private final EngineFactory serverTls;
    private final SSLContext clientTls;

    private FaultyNetwork(boolean secure, Duration closeTimeout) throws Exception {
        serverTls = secure ? new EngineFactory(TestTls.serverContext(), List.of(), List.of(), false, false) : null;
        clientTls = secure ? TestTls.clientContext() : null;
        Options options = Options.builder()
                .extensions(List.of(deflate, counting))
                .closeTimeout(closeTimeout)
                .build();
        routing = new Routing(options);
        publish("/", options, socket -> socket.messageListener(new Echo()));
        publish(STREAMED, options, FaultyNetwork::echoInParts);
    }

    private void publish(String path, Options options, Consumer<WebSocket> answering) {
        routing.publish(new PublishedEndpoint(
                PathPattern.parse(path),
                (socket, request) -> {
                    logs.add(EventLog.of(socket));
                    answering.accept(socket);
                },
                List.of(),
                options,
                0));
    }

    private static void echoInParts(WebSocket socket) {
        WebSocketStream stream = WebSocketStream.of(socket);
        stream.pipe(stream);
    }

    static FaultyNetwork plain() throws Exception {
        return new FaultyNetwork(false, LONG);
    }

    static FaultyNetwork secure() throws Exception {
        return new FaultyNetwork(true, LONG);
    }

    /** One for what ends by the close timeout. */
    static FaultyNetwork impatient() throws Exception {
        return new FaultyNetwork(false, Duration.ofMillis(300));
    }

    /** Answers each message with itself, and closes when it is told to. */
    private static final class Echo implements MessageListener {

        @Override
        public void onText(WebSocket socket, String text) {
            if (text.equals("close")) {
                socket.close(4000, "asked for");
            } else {
                socket.send(text);
            }
        }

        @Override
        public void onBinary(WebSocket socket, ByteBuffer payload) {
            socket.send(payload);
        }
    }

    /** Takes part in all connections that offer it, and counts its sessions. */
    private static final class CountingExtension implements Extension {

        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();

        @Override
        public String name() {
            return "x-count";
        }

        @Override
        public Optional<AcceptedExtension> accept(List<ExtensionParameters> offers, ExtensionContext context) {
            opened.incrementAndGet();
            return Optional.of(new AcceptedExtension(ExtensionParameters.EMPTY, new ImmediateSession() {
                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            }));
        }
    }

    /**
     * Runs a connection to its end, at which nothing may be left of it.
     *
     * @param conversation what the client says
     * @param ends whether it then ends its side
     * @param fault what happens to the server's end
     */
    Outcome run(byte[] conversation, boolean ends, Fault fault) throws Exception {
        LoopProbe.Holdings before = probe.holdings();
        FaultyChannel faulty;
        byte[] answer;
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort())) {
            // The connection's, which closes it.
            SocketChannel accepted = listener.accept();
            SocketChannels.configure(accepted);
            faulty = new FaultyChannel(accepted, fault);
            Transport transport = transport(faulty);
            EventLoop loop = probe.loop();
            loop.execute(() -> OpeningPhase.begin(new Connection(loop, accepted, transport, () -> {}), routing));
            client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            answer = talk(client, conversation, ends);
        }
        awaitEnd();
        LoopProbe.Holdings after = probe.holdings();
        assertEquals(0, after.timers(), "timers are left");
        assertTrue(after.chunks() >= before.chunks(), "a chunk is lost");
        EventLog log = logs.poll();
        Outcome outcome =
                new Outcome(answer, log == null ? List.of() : log.drain(), faulty.totalRead(), faulty.totalWritten());
        assertEquals(counting.opened.get(), counting.closed.get(), "an extension's session is left");
        return outcome;
    }

    private Transport transport(FaultyChannel faulty) {
        return serverTls == null
                ? new PlainTransport(faulty)
                : new TlsTransport(faulty, serverTls.create(), probe.loop().buffers());
    }

    private byte[] talk(Socket plain, byte[] conversation, boolean ends) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Socket socket = clientTls == null
                ? plain
                : clientTls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        try {
            socket.getOutputStream().write(conversation);
            if (ends) {
                socket.shutdownOutput();
            }
            InputStream input = socket.getInputStream();
            for (int next = input.read(); next >= 0; next = input.read()) {
                answer.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The connection does not end, after " + answer.size() + " bytes", e);
        } catch (IOException e) {
            // A reset, or TLS that was cut off: so it ends.
        }
        return answer.toByteArray();
    }

    private void awaitEnd() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (probe.holdings().channels() > 0) {
            assertTrue(System.nanoTime() - deadline < 0, "The connection is left");
        }
    }

    @Override
    public void close() throws IOException {
        probe.close();
        listener.close();
        deflate.close();
    }
}
