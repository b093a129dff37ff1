package io.jackfield.itest.streaming;

import io.jackfield.api.Options;
import io.jackfield.api.stream.BlockingHandler;
import io.jackfield.api.stream.BlockingWebSocket;
import io.jackfield.api.stream.IncomingMessage;
import io.jackfield.api.stream.WebSocketStream;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.Endpoint;
import io.jackfield.server.WebSocketServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The server of the streaming test, in a process of its own: sends each message back in parts, at {@code /flow} as a
 * publisher and a subscriber, at {@code /blocking} by a thread.
 */
final class StreamingServer {

    private StreamingServer() {}

    /** Prints its port, runs until its input ends, and prints what memory it took. */
    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        Options options = Options.builder()
                .maxLength(1 << 20)
                .maxStreamedLength(Long.MAX_VALUE)
                .extensions(PermessageDeflate.builder().build())
                .build();
        WebSocketServer server = WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .discoverExtensions(false)
                .options(options)
                .onConnection("/flow", socket -> {
                    WebSocketStream stream = WebSocketStream.of(socket);
                    stream.pipe(stream);
                })
                .endpoint(Endpoint.of("/blocking", BlockingHandler.of(StreamingServer::echo))
                        .withOptions(Options.builder().executor(threads).build()))
                .start();
        System.out.println(server.port());
        while (System.in.read() >= 0) {
            // Whoever started it goes on.
        }
        server.close(Duration.ofSeconds(5));
        threads.shutdown();
        System.out.println(figures());
    }

    private static void echo(BlockingWebSocket socket) throws Exception {
        for (IncomingMessage message = socket.receiveParts(); message != null; message = socket.receiveParts()) {
            try (InputStream data = message.data();
                    OutputStream answer = message.isText() ? socket.openText() : socket.openBinary()) {
                data.transferTo(answer);
            }
        }
    }

    /** The peaks of the heap's parts, which need not have come at once: at least the peak of the heap. */
    private static String figures() {
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                heap += pool.getPeakUsage().getUsed();
            }
        }
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getMemoryUsed();
        }
        System.gc();
        long live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return "heap peak " + heap + ", heap behind a collection " + live + ", direct buffers " + direct;
    }
}
