package io.jackfield.bench.server;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusSession;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus on Grizzly, with annotated endpoints, on Grizzly's selector threads alone. Tyrus' own launcher would listen on all
 * addresses and have worker threads besides.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the connection, of which the generator takes notice
final class TyrusServer implements BenchServer {

    private static final String ROOT = "";

    @Override
    public int start(ServerSettings settings) throws DeploymentException, IOException {
        Container container = new Container(Set.of(Echo.class, Broadcast.class));
        NetworkListener listener = new NetworkListener("tyrus", "127.0.0.1", 0);
        TCPNIOTransport transport = listener.getTransport();
        transport.setSelectorRunnersCount(settings.loops());
        transport.setIOStrategy(SameThreadIOStrategy.getInstance());
        transport.setTcpNoDelay(true);
        transport.setServerConnectionBackLog(4096);
        listener.registerAddOn(new WebSocketAddOn(container, ROOT));
        HttpServer server = new HttpServer();
        server.addListener(listener);
        server.start();
        container.start(ROOT, listener.getPort());
        return listener.getPort();
    }

    private static final class Container extends TyrusServerContainer {

        private final TyrusWebSocketEngine engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(MAX_MESSAGE)
                .build();

        Container(Set<Class<?>> endpoints) {
            super(endpoints);
        }

        @Override
        public void register(Class<?> endpoint) throws DeploymentException {
            engine.register(endpoint, ROOT);
        }

        @Override
        public void register(ServerEndpointConfig endpoint) throws DeploymentException {
            engine.register(endpoint, ROOT);
        }

        @Override
        public Map<String, Object> getProperties() {
            return Map.of();
        }

        @Override
        public WebSocketEngine getWebSocketEngine() {
            return engine;
        }
    }

    /** Made by Tyrus for each connection. */
    @ServerEndpoint(ECHO)
    public static final class Echo {

        @OnMessage(maxMessageSize = MAX_MESSAGE)
        public void text(String text, Session session) {
            session.getAsyncRemote().sendText(text);
        }

        @OnMessage(maxMessageSize = MAX_MESSAGE)
        public void binary(ByteBuffer payload, Session session) {
            session.getAsyncRemote().sendBinary(payload);
        }
    }

    /** Made by Tyrus for each connection. */
    @ServerEndpoint(BROADCAST)
    public static final class Broadcast {

        @OnMessage(maxMessageSize = MAX_MESSAGE)
        public void binary(ByteBuffer payload, Session session) {
            ((TyrusSession) session).broadcast(payload);
        }
    }
}
