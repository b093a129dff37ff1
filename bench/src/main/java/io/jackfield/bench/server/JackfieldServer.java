package io.jackfield.bench.server;

import io.jackfield.api.MessageListener;
import io.jackfield.api.Options;
import io.jackfield.api.PreparedMessage;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.Extension;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Ours, as its own documentation advises: one listener object for all connections, binary messages without copy. */
final class JackfieldServer implements BenchServer {

    private final Executor executor; // null: listeners run on the event loop
    private final Set<WebSocket> subscribers = ConcurrentHashMap.newKeySet();

    private JackfieldServer(Executor executor) {
        this.executor = executor;
    }

    static JackfieldServer onLoop() {
        return new JackfieldServer(null);
    }

    static JackfieldServer onExecutor(Executor executor) {
        return new JackfieldServer(executor);
    }

    @Override
    public int start(ServerSettings settings) throws IOException {
        Options.Builder options = Options.builder().extensions(extensions(settings));
        if (executor != null) {
            options.executor(executor);
        }
        MessageListener echo = new Echo();
        MessageListener broadcast = new Broadcast();
        WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .backlog(4096)
                .loops(settings.loops())
                .discoverExtensions(false)
                .options(options.build())
                .onConnection(ECHO, socket -> socket.messageListener(echo))
                .onConnection(BROADCAST, socket -> {
                    subscribers.add(socket);
                    socket.onClose(event -> subscribers.remove(socket));
                    socket.messageListener(broadcast);
                })
                .start();
        return server.port();
    }

    private static List<Extension> extensions(ServerSettings settings) {
        if (!settings.compresses()) {
            return List.of();
        }
        return List.of(PermessageDeflate.builder()
                .level(settings.level())
                .maxWindowBits(settings.windowBits())
                .threshold(settings.threshold())
                .noContextTakeover(settings.compression() == ServerSettings.Compression.NO_TAKEOVER)
                .requestNoContextTakeover(settings.compression() == ServerSettings.Compression.NO_TAKEOVER)
                .build());
    }

    private static final class Echo implements MessageListener {
        @Override
        public void onText(WebSocket socket, String text) {
            socket.send(text);
        }

        @Override
        public void onBinary(WebSocket socket, ByteBuffer payload) {
            socket.send(payload);
        }
    }

    private final class Broadcast implements MessageListener {
        @Override
        public void onText(WebSocket socket, String text) {
            PreparedMessage message = PreparedMessage.text(text);
            subscribers.forEach(each -> each.send(message));
        }

        @Override
        public void onBinary(WebSocket socket, ByteBuffer payload) {
            PreparedMessage message = PreparedMessage.binary(payload);
            subscribers.forEach(each -> each.send(message));
        }
    }
}
