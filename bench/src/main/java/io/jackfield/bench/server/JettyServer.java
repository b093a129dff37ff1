package io.jackfield.bench.server;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty's own API on its core, without servlets. Extensions are what a client offers; its compression level is fixed. */
final class JettyServer implements BenchServer {

    /** One selector and what Jetty wants besides: with fewer it does not start. */
    private static final int THREADS_BESIDE_SELECTORS = 3;

    private final Set<Session> subscribers = ConcurrentHashMap.newKeySet();

    @Override
    public int start(ServerSettings settings) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(settings.loops() + THREADS_BESIDE_SELECTORS);
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector =
                new ServerConnector(server, null, null, null, 0, settings.loops(), new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        connector.setAcceptQueueSize(4096);
        connector.setAcceptedTcpNoDelay(true);
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, this::configure));
        server.start();
        return connector.getLocalPort();
    }

    private void configure(ServerWebSocketContainer container) {
        container.setMaxBinaryMessageSize(MAX_MESSAGE);
        container.setMaxTextMessageSize(MAX_MESSAGE);
        container.setMaxFrameSize(MAX_MESSAGE);
        container.setMaxOutgoingFrames(-1);
        container.addMapping(ECHO, (request, response, callback) -> new Echo());
        container.addMapping(BROADCAST, (request, response, callback) -> new Broadcast());
    }

    /** One for each connection. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {

        @Override
        public void onWebSocketText(String text) {
            getSession().sendText(text, Callback.NOOP);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            getSession().sendBinary(payload, callback);
        }
    }

    /** One for each connection. */
    public final class Broadcast extends Session.Listener.AbstractAutoDemanding {

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            subscribers.add(session);
        }

        @Override
        public void onWebSocketText(String text) {
            subscribers.forEach(each -> each.sendText(text, Callback.NOOP));
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            ByteBuffer copy =
                    ByteBuffer.allocate(payload.remaining()).put(payload).flip();
            callback.succeed();
            subscribers.forEach(each -> each.sendBinary(copy.duplicate(), Callback.NOOP));
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            subscribers.remove(getSession());
            callback.succeed();
        }
    }
}
