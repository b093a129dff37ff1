package io.jackfield.bench.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/**
 * Java-WebSocket: its selector thread and, as it must have them, as many decoding threads.
 *
 * <p>Version 1.6.0 loses answers, whoever uses it: when its selector thread has written all that was queued, it sets the
 * connection's interest to reading ({@code WebSocketServer.doWrite}), also if a decoding thread has queued the next message
 * in between and set it to writing ({@code onWriteDemand}). That message leaves only together with a later one. A plain echo
 * with one message in flight on each of 64 connections stood still on all of them within 20 s on two processors, with a message
 * queued on each and nothing but {@code OP_READ}. Where the generator says that the server does not answer any more, that is true.
 */
final class JavaWebSocketServer implements BenchServer {

    @Override
    public int start(ServerSettings settings) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Endpoints server = new Endpoints(settings, started);
        server.start();
        started.join();
        return server.getPort();
    }

    private static Draft draft(ServerSettings settings) {
        if (!settings.compresses()) {
            return new Draft_6455();
        }
        boolean noTakeover = settings.compression() == ServerSettings.Compression.NO_TAKEOVER;
        PerMessageDeflateExtension deflate = new PerMessageDeflateExtension(settings.level());
        deflate.setThreshold(settings.threshold());
        // Its default. It agrees to server_no_context_takeover whatever is set here (its issue 1496).
        deflate.setServerNoContextTakeover(true);
        deflate.setClientNoContextTakeover(noTakeover);
        return new Draft_6455(deflate);
    }

    private static final class Endpoints extends WebSocketServer {

        private final CompletableFuture<Void> started;
        private final Set<WebSocket> subscribers = ConcurrentHashMap.newKeySet();

        Endpoints(ServerSettings settings, CompletableFuture<Void> started) {
            super(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    settings.loops(),
                    List.of(draft(settings)));
            this.started = started;
            setTcpNoDelay(true);
            setConnectionLostTimeout(0);
            setMaxPendingConnections(4096);
        }

        @Override
        public void onStart() {
            started.complete(null);
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {
            if (handshake.getResourceDescriptor().equals(BROADCAST)) {
                subscribers.add(socket);
                socket.setAttachment(BROADCAST);
            }
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            if (socket.getAttachment() == BROADCAST) {
                // Not broadcast(): all its permessage-deflate extensions are equal, so it compresses the one frame
                // again and again.
                subscribers.forEach(each -> each.send(text));
            } else {
                socket.send(text);
            }
        }

        @Override
        public void onMessage(WebSocket socket, ByteBuffer payload) {
            if (socket.getAttachment() == BROADCAST) {
                broadcast(payload, subscribers);
            } else {
                socket.send(payload);
            }
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {
            subscribers.remove(socket);
        }

        @Override
        public void onError(WebSocket socket, Exception cause) {
            if (socket == null) {
                started.completeExceptionally(cause);
            }
        }
    }
}
