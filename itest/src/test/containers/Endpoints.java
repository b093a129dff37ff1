import io.jackfield.api.Decision;
import io.jackfield.api.Event;
import io.jackfield.api.Handler;
import io.jackfield.api.MessageListener;
import io.jackfield.api.Options;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import io.jackfield.ext.deflate.PermessageDeflate;
import io.jackfield.server.Endpoint;
import io.jackfield.server.WebSocketServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What the tests talk to in every container. */
final class Endpoints {

    private static final int PART = 64 * 1024;

    private final AtomicLong sunk = new AtomicLong();
    private volatile WebSocket sink;

    /** Starts the server behind the container; its own port is of no interest here. */
    static WebSocketServer start() throws IOException {
        return new Endpoints().server();
    }

    private WebSocketServer server() throws IOException {
        return WebSocketServer.builder()
                .host("127.0.0.1")
                .port(0)
                .loops(1)
                .options(Options.builder().extensions(new PermessageDeflate()).build())
                .endpoint("/echo", new Echo(), "chat")
                .endpoint("/about", (socket, request) -> socket.onOpen(open -> socket.send(about(request, socket))))
                .endpoint(
                        "/flood",
                        (socket, request) -> socket.on(
                                Event.Text.class, message -> new Flood(socket, Long.parseLong(message.data())).go()))
                .endpoint("/sink", (socket, request) -> receive(socket))
                .endpoint(
                        "/control",
                        (socket, request) ->
                                socket.on(Event.Text.class, message -> socket.send(control(message.data()))))
                .endpoint("/closed", new Closed())
                .endpoint(Endpoint.of("/idle", new Echo())
                        .withOptions(Options.builder()
                                .idleTimeout(Duration.ofMillis(200))
                                .build()))
                .start();
    }

    private static String about(Request request, WebSocket socket) {
        return String.join(
                " ",
                socket.url(),
                String.valueOf(request.isSecure()),
                request.remoteAddress().orElseThrow().getAddress().getHostAddress(),
                request.headers().first("X-Seen").orElse("-"));
    }

    /** Sends back what comes, or closes where it is told to. */
    private static final class Echo implements Handler {

        @Override
        public void onConnection(WebSocket socket, Request request) {
            socket.messageListener(new MessageListener() {
                @Override
                public void onText(WebSocket from, String text) {
                    if (text.equals("close")) {
                        from.close(4000, "asked for");
                    } else {
                        from.send(text);
                    }
                }

                @Override
                public void onBinary(WebSocket from, ByteBuffer payload) {
                    from.send(payload);
                }
            });
        }
    }

    /** Opens for nobody without a ticket. */
    private static final class Closed implements Handler {

        @Override
        public Decision decide(Request request) {
            return request.query().orElse("").equals("ticket") ? Decision.accept() : Decision.reject(401);
        }

        @Override
        public void onConnection(WebSocket socket, Request request) {
            socket.onOpen(open -> socket.send("in"));
        }
    }

    /** Sends as fast as the peer reads. */
    private static final class Flood {

        private final WebSocket socket;
        private long left;

        Flood(WebSocket socket, long bytes) {
            this.socket = socket;
            left = bytes;
            socket.on(Event.Drain.class, drained -> go());
        }

        void go() {
            boolean more = true;
            while (more && left > 0) {
                left -= PART;
                more = socket.send(ByteBuffer.allocate(PART));
            }
        }
    }

    /** Does not read before it is told to. */
    private void receive(WebSocket socket) {
        sink = socket;
        socket.pause();
        socket.on(Event.Binary.class, message -> sunk.addAndGet(message.data().remaining()));
    }

    private String control(String command) {
        if (command.equals("read")) {
            sink.resume();
        }
        return Long.toString(sunk.get());
    }
}
