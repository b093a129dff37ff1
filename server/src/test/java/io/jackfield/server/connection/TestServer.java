package io.jackfield.server.connection;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jackfield.api.Options;
import io.jackfield.server.ConnectionListener;
import io.jackfield.server.TestTls;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server on a free port of 127.0.0.1, which logs the events of all its connections. */
final class TestServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 15;

    private final WebSocketServer server;
    private final BlockingQueue<EventLog> logs;

    private TestServer(WebSocketServer server, BlockingQueue<EventLog> logs) {
        this.server = server;
        this.logs = logs;
    }

    static TestServer start() throws IOException {
        return start(Options.defaults(), socket -> {});
    }

    static TestServer start(Options options) throws IOException {
        return start(options, socket -> {});
    }

    static TestServer start(ConnectionListener listener) throws IOException {
        return start(Options.defaults(), listener);
    }

    /** Starts a server. The listener comes behind the log. */
    static TestServer start(Options options, ConnectionListener listener) throws IOException {
        BlockingQueue<EventLog> logs = new LinkedBlockingQueue<>();
        WebSocketServer server = builder(options)
                .onConnection(socket -> {
                    logs.add(EventLog.of(socket));
                    listener.onConnection(socket);
                })
                .start();
        return new TestServer(server, logs);
    }

    /** The scheme of its addresses: this run's. */
    static String scheme() {
        return TestTls.isDefault() ? "wss" : "ws";
    }

    static WebSocketServer.Builder builder(Options options) {
        return TestTls.defaultBuilder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .discoverExtensions(false)
                .options(options);
    }

    WebSocketServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    /** Opens a connection. */
    RawClient open(String... fields) throws IOException {
        RawClient client = RawClient.connect(port(), "/", fields);
        client.expectHttp(101);
        return client;
    }

    /** The log of the next connection. */
    EventLog next() throws InterruptedException {
        EventLog log = logs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertNotNull(log, "No connection arrived");
        return log;
    }

    /** Cuts off what a failed test has left. */
    @Override
    public void close() {
        server.close(Duration.ZERO);
    }
}
