package io.jackfield.bench.server;

import io.jackfield.api.MessageListener;
import io.jackfield.api.Options;
import io.jackfield.api.Topic;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.Extension;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;

/** Ours, as its own documentation advises: one listener object for all connections, binary messages without copy. */
final class JackfieldServer implements BenchServer {

    private final Executor executor; // null: listeners run on the event loop
    private final Topic topic = new Topic();

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
                    socket.subscribe(topic);
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
                .history(settings.history())
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
            topic.publish(text);
        }

        @Override
        public void onBinary(WebSocket socket, ByteBuffer payload) {
            topic.publish(payload);
        }
    }
}
