package io.jackfield.http.servlet;

import io.jackfield.api.Headers;
import io.jackfield.api.Request;
import io.jackfield.api.Response;
import io.jackfield.api.WebSocket;
import io.jackfield.server.WebSocketServer;
import io.jackfield.server.upgrade.Upgrade;
import io.jackfield.server.upgrade.UpgradeAnswer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Serves the requests of a container by a Jackfield server: WebSockets get their connection, all others an answer. Thread-safe.
 *
 * <p>The container's thread waits for the decision of the endpoint's handler, at most as long as the option
 * {@code handshakeTimeout}; behind it, the connection needs no thread.
 */
public final class WebSocketGate {

    private static final Logger LOG = System.getLogger("io.jackfield.http.servlet");

    private static final String NO_JETTY = "This servlet container is Jetty, which gives no connection away by "
            + "HttpServletRequest.upgrade: install jackfield-http-jetty beside jackfield-http-servlet";

    private static final String UNKNOWN = "This servlet container is none that gives a connection away in a way that "
            + "jackfield-http-servlet knows, or its types cannot be seen from there";

    private final Supplier<WebSocketServer> server;
    private final Supplier<? extends Iterable<? extends ProtocolSwitch>> switches;

    /**
     * A gate to a server that may come and go.
     *
     * @param server the server at the moment, or null for none
     * @param switches what is known of containers at the moment
     */
    public WebSocketGate(
            Supplier<WebSocketServer> server, Supplier<? extends Iterable<? extends ProtocolSwitch>> switches) {
        this.server = server;
        this.switches = switches;
    }

    /**
     * A gate to a server that stays, with the switches that are on the class path or module path.
     *
     * @param server the server, started or to be started
     */
    public WebSocketGate(WebSocketServer server) {
        Objects.requireNonNull(server, "server");
        this.server = () -> server;
        List<ProtocolSwitch> found = new ArrayList<>(builtIn());
        ServiceLoader.load(ProtocolSwitch.class, WebSocketGate.class.getClassLoader())
                .forEach(found::add);
        switches = () -> found;
    }

    /**
     * What is known of containers here: of Undertow, where its classes can be seen. Tomcat is asked by the Servlet API.
     *
     * @return a new list
     */
    public static List<ProtocolSwitch> builtIn() {
        try {
            return List.of(new UndertowSwitch());
        } catch (NoClassDefFoundError e) {
            return List.of();
        }
    }

    /**
     * Serves one request.
     *
     * @param exchange the request and its response
     * @throws IOException if the container cannot do what is asked of it, or the peer is gone
     */
    public void serve(Exchange exchange) throws IOException {
        Request request = exchange.request();
        Optional<ProtocolSwitch> special = find(exchange);
        if (special.isEmpty() && WebSocket.isWebSocket(request) && (isJetty(exchange) || !exchange.canUpgrade())) {
            String obstacle = isJetty(exchange) ? NO_JETTY : UNKNOWN;
            LOG.log(Level.ERROR, obstacle);
            answer(exchange, Response.text(501, obstacle));
            return;
        }
        Upgrade upgrade = begin(request, behind(exchange.prefixSegments(), request));
        if (upgrade == null) {
            answer(exchange, Response.text(503, "The WebSocket server does not run"));
            return;
        }
        UpgradeAnswer answer = await(upgrade);
        if (answer instanceof UpgradeAnswer.SwitchProtocols switching) {
            switchProtocols(exchange, switching.headers(), special, upgrade);
        } else if (answer instanceof UpgradeAnswer.Respond other) {
            answer(exchange, other.response());
        }
    }

    private Optional<ProtocolSwitch> find(Exchange exchange) {
        for (ProtocolSwitch candidate : switches.get()) {
            if (candidate.knows(exchange)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isJetty(Exchange exchange) {
        return exchange.container().regionMatches(true, 0, "jetty", 0, "jetty".length());
    }

    /** Null if there is no server. */
    private Upgrade begin(Request request, String path) {
        WebSocketServer target = server.get();
        try {
            return target == null ? null : target.upgrade(request, path);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "A request is refused: {0}", e.getMessage());
            return null;
        }
    }

    /** The path as the client has sent it, of which the container tells the parts only decoded: they are counted. */
    private static String behind(int segments, Request request) {
        String path = request.path();
        int start = 0;
        for (int i = 0; i < segments; i++) {
            int next = path.indexOf('/', start + 1);
            start = next < 0 ? path.length() : next;
        }
        return start == path.length() ? "/" : path.substring(start);
    }

    private static UpgradeAnswer await(Upgrade upgrade) throws IOException {
        try {
            return upgrade.answer().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new InterruptedIOException("interrupted in the opening handshake");
            upgrade.fail(interrupted);
            throw interrupted;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void switchProtocols(
            Exchange exchange, Headers headers, Optional<ProtocolSwitch> special, Upgrade upgrade) throws IOException {
        try {
            exchange.respond(101, headers);
            if (special.isPresent()) {
                special.get().switchProtocols(exchange, upgrade);
            } else {
                exchange.upgrade(upgrade);
            }
        } catch (IOException | RuntimeException | Error e) {
            upgrade.fail(new IOException("the container does not give the connection away", e));
            throw e;
        }
    }

    private static void answer(Exchange exchange, Response response) throws IOException {
        exchange.respond(response.status(), response.headers());
        exchange.body(response.body());
    }
}
