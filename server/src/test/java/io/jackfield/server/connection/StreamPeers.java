package io.jackfield.server.connection;

import io.jackfield.api.Options;
import io.jackfield.api.WebSocket;
import io.jackfield.api.stream.WebSocketStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Connections for the rules of Flow: each with a peer that sends so many messages and closes, or that reads all. */
final class StreamPeers implements AutoCloseable {

    private final TestServer server;
    private final List<RawClient> clients = new ArrayList<>();

    StreamPeers() throws IOException {
        server = TestServer.start(Options.defaults());
    }

    private WebSocketStream open(RawClient client) throws Exception {
        clients.add(client);
        return WebSocketStream.of(server.next().expect("open").socket());
    }

    /** A publisher of what a peer sends, which begins when somebody subscribes. */
    <T> Publisher<T> publisher(long messages, Function<WebSocketStream, Publisher<T>> view) {
        try {
            RawClient client = server.open();
            WebSocketStream stream = open(client);
            WebSocket socket = stream.socket();
            Publisher<T> publisher = view.apply(stream);
            AtomicBoolean begun = new AtomicBoolean();
            return subscriber -> {
                publisher.subscribe(subscriber);
                if (begun.compareAndSet(false, true)) {
                    // It leaves behind what subscribing asked of the loop.
                    socket.send("begin");
                    run(() -> send(client, messages));
                }
            };
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A publisher that refuses whoever subscribes, as another has subscribed. */
    <T> Publisher<T> takenPublisher(Function<WebSocketStream, Publisher<T>> view) {
        try {
            Publisher<T> publisher = view.apply(open(server.open()));
            publisher.subscribe(new RecordingSubscriber<>());
            return publisher;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(RawClient client, long messages) throws IOException {
        client.readFrame();
        byte[] frame = WireFrame.frame(WireFrame.TEXT, "message");
        for (long i = 0; i < messages; i++) {
            client.send(frame);
        }
        client.sendClose(1000, "");
        client.drain();
    }

    /** A subscriber whose peer reads what it sends. */
    <T> Flow.Subscriber<T> subscriber(Function<WebSocketStream, Flow.Subscriber<T>> view) {
        try {
            RawClient client = server.open();
            Flow.Subscriber<T> subscriber = view.apply(open(client));
            run(client::drain);
            return subscriber;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    /** Runs on a thread of its own, which ends with the connection. */
    private static void run(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // The connection was closed at the end of the test.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        for (RawClient client : clients) {
            client.reset();
        }
        server.close();
    }
}
