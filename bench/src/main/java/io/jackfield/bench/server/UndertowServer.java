package io.jackfield.bench.server;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.xnio.Options;
import org.xnio.Pooled;

/** Undertow's own WebSocket layer, on its I/O threads. */
@SuppressWarnings("deprecation") // Pooled is what Undertow hands out
final class UndertowServer implements BenchServer {

    private final Set<WebSocketChannel> subscribers = ConcurrentHashMap.newKeySet();

    @Override
    public int start(ServerSettings settings) {
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(settings.loops())
                .setWorkerThreads(1)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setSocketOption(Options.BACKLOG, 4096)
                .setHandler(Handlers.path()
                        .addExactPath(ECHO, endpoint(settings, channel -> new Echo()))
                        .addExactPath(BROADCAST, endpoint(settings, this::subscribe)))
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private static WebSocketProtocolHandshakeHandler endpoint(
            ServerSettings settings, Function<WebSocketChannel, AbstractReceiveListener> listener) {
        WebSocketConnectionCallback callback = (exchange, channel) -> {
            channel.getReceiveSetter().set(listener.apply(channel));
            channel.resumeReceives();
        };
        WebSocketProtocolHandshakeHandler handler = Handlers.websocket(callback);
        if (settings.compresses()) {
            boolean takeover = settings.compression() == ServerSettings.Compression.TAKEOVER;
            handler.addExtension(new PerMessageDeflateHandshake(false, settings.level(), takeover, takeover));
        }
        return handler;
    }

    private AbstractReceiveListener subscribe(WebSocketChannel channel) {
        subscribers.add(channel);
        channel.addCloseTask(subscribers::remove);
        return new Broadcast();
    }

    private static class Echo extends AbstractReceiveListener {

        @Override
        protected long getMaxTextBufferSize() {
            return MAX_MESSAGE;
        }

        @Override
        protected long getMaxBinaryBufferSize() {
            return MAX_MESSAGE;
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            WebSockets.sendText(message.getData(), channel, null);
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            Pooled<ByteBuffer[]> data = message.getData();
            WebSockets.sendBinary(data.getResource(), channel, new Free(data));
        }
    }

    private final class Broadcast extends Echo {

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            String text = message.getData();
            subscribers.forEach(each -> WebSockets.sendText(text, each, null));
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            try (Pooled<ByteBuffer[]> data = message.getData()) {
                ByteBuffer merged = WebSockets.mergeBuffers(data.getResource());
                subscribers.forEach(each -> WebSockets.sendBinary(merged.duplicate(), each, null));
            }
        }
    }

    /** Gives buffers back when they are sent. */
    private record Free(Pooled<ByteBuffer[]> data) implements WebSocketCallback<Void> {

        @Override
        public void complete(WebSocketChannel channel, Void context) {
            data.free();
        }

        @Override
        public void onError(WebSocketChannel channel, Void context, Throwable cause) {
            data.free();
        }
    }
}
