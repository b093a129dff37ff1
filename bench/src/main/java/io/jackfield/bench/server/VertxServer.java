package io.jackfield.bench.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Vert.x on its native transport. */
final class VertxServer implements BenchServer {

    @Override
    public int start(ServerSettings settings) throws IOException {
        int port = freePort();
        boolean noTakeover = settings.compression() == ServerSettings.Compression.NO_TAKEOVER;
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(settings.loops())
                .setPreferNativeTransport(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port) // which all instances share
                .setTcpNoDelay(true)
                .setAcceptBacklog(4096)
                .setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setMaxWebSocketMessageSize(MAX_MESSAGE)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(settings.compresses())
                .setWebSocketCompressionLevel(settings.level())
                .setWebSocketAllowServerNoContext(noTakeover)
                .setWebSocketPreferredClientNoContext(noTakeover);
        Endpoints endpoints = new Endpoints();
        vertx.deployVerticle(
                        () -> new Instance(options, endpoints), new DeploymentOptions().setInstances(settings.loops()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A listener on one event loop. */
    private static final class Instance extends VerticleBase {

        private final HttpServerOptions options;
        private final Endpoints endpoints;

        Instance(HttpServerOptions options, Endpoints endpoints) {
            this.options = options;
            this.endpoints = endpoints;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options)
                    .webSocketHandler(endpoints::open)
                    .listen();
        }
    }

    private static final class Endpoints {

        private final Set<ServerWebSocket> subscribers = ConcurrentHashMap.newKeySet();

        void open(ServerWebSocket socket) {
            if (socket.path().equals(BROADCAST)) {
                subscribers.add(socket);
                socket.closeHandler(end -> subscribers.remove(socket));
                socket.textMessageHandler(text -> subscribers.forEach(each -> each.writeTextMessage(text)));
                socket.binaryMessageHandler(bytes -> subscribers.forEach(each -> each.writeBinaryMessage(bytes)));
            } else {
                socket.textMessageHandler(socket::writeTextMessage);
                socket.binaryMessageHandler(socket::writeBinaryMessage);
            }
        }
    }
}
