package io.jackfield.server;

import io.jackfield.api.AcceptedWebSocket;
import io.jackfield.api.Fallback;
import io.jackfield.api.Handler;
import io.jackfield.api.Options;
import io.jackfield.api.Registration;
import io.jackfield.api.Request;
import io.jackfield.api.WebSocket;
import io.jackfield.api.extension.Extension;
import io.jackfield.api.statistics.ConnectionObserver;
import io.jackfield.api.statistics.ConnectionStatistics;
import io.jackfield.api.statistics.ServerMonitor;
import io.jackfield.api.statistics.ServerStatistics;
import io.jackfield.server.connection.Admission;
import io.jackfield.server.connection.AdoptedUpgrade;
import io.jackfield.server.connection.Connection;
import io.jackfield.server.connection.Connector;
import io.jackfield.server.connection.HandedOverSession;
import io.jackfield.server.connection.OpenConnections;
import io.jackfield.server.connection.OpeningPhase;
import io.jackfield.server.connection.Survey;
import io.jackfield.server.discovery.ExtensionProviders;
import io.jackfield.server.loop.Acceptor;
import io.jackfield.server.loop.EventLoop;
import io.jackfield.server.loop.LoopGroup;
import io.jackfield.server.management.Management;
import io.jackfield.server.recording.Recorders;
import io.jackfield.server.routing.PathPattern;
import io.jackfield.server.routing.PublishedEndpoint;
import io.jackfield.server.routing.Routing;
import io.jackfield.server.statistics.Journal;
import io.jackfield.server.transport.SocketChannels;
import io.jackfield.server.upgrade.Upgrade;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A WebSocket server. Thread-safe.
 *
 * <pre>{@code
 * WebSocketServer server = WebSocketServer.builder().port(8080)
 *         .onConnection(ws -> ws.onMessage(ws::send))
 *         .start();
 * }</pre>
 *
 * <p>It runs from its start until it is closed, on threads of its own: its event loops. Endpoints, extensions and fallbacks come and go
 * while it runs.
 */
public final class WebSocketServer implements ServerMonitor, AutoCloseable {

    private static final Logger LOG = System.getLogger("io.jackfield.server");

    private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** What a server has while it listens. */
    private record Running(
            LoopGroup loops,
            Acceptor acceptor,
            InetSocketAddress address,
            OpenConnections connections,
            Survey survey,
            Registration managed,
            long since) {

        Duration uptime() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    private final Builder settings;
    private final Routing routing;
    private final Connector connector;
    private final TlsRenewal tlsRenewal;
    private final Admission admission = new Admission();
    private final Journal journal = new Journal(Recorders.find());

    // Written under this: running is null before the start, and from the end on, which is for ever.
    private Running running;
    private volatile boolean closed;

    private WebSocketServer(Builder settings) {
        this.settings = settings;
        connector = new Connector(settings.tls == null ? null : settings.tls.engines());
        routing = new Routing(settings.options);
        tlsRenewal = new TlsRenewal(settings.tls, connector, routing::options);
        settings.observers.forEach(journal::add);
        settings.endpoints.forEach(this::addEndpoint);
        settings.fallbacks.forEach(fallback -> addFallback(fallback, 0));
        if (settings.discoverExtensions) {
            ExtensionProviders.onThePath().forEach(extension -> addExtension(extension, 0));
        }
    }

    /**
     * Begins with a server on port 8080 of all addresses, without endpoints.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts listening.
     *
     * @throws IOException if the address cannot be listened on; then it may be tried again
     * @throws IllegalStateException if the server was started before
     */
    public synchronized void start() throws IOException {
        if (running != null || closed) {
            throw new IllegalStateException("The server was started before");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByName(settings.host), settings.port), settings.backlog);
            channel.configureBlocking(false);
            InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
            LoopGroup loops = LoopGroup.start(settings.loops, "jackfield-" + address.getPort(), journal);
            Acceptor acceptor = new Acceptor(channel, loops.all().get(0), accepted -> connect(accepted, loops.next()));
            running = new Running(
                    loops,
                    acceptor,
                    address,
                    new OpenConnections(loops),
                    new Survey(loops),
                    settings.jmx ? Management.register(this, localUrl(address), address) : () -> {},
                    System.nanoTime());
            acceptor.start();
            tlsRenewal.start(loops.all().get(0));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void connect(SocketChannel channel, EventLoop loop) {
        Admission.Verdict verdict = admission.admit(SocketChannels.remoteAddress(channel), routing.options());
        if (!verdict.isAdmitted()) {
            LOG.log(
                    Level.DEBUG,
                    "A connection is refused: {0}",
                    verdict.exceeded().key());
            journal.limitHit(verdict.exceeded(), 0);
            SocketChannels.reset(channel);
        } else if (loop.inLoop()) {
            begin(channel, loop, verdict.release());
        } else {
            loop.execute(() -> begin(channel, loop, verdict.release()));
        }
    }

    private void begin(SocketChannel channel, EventLoop loop, Runnable release) {
        if (closed) {
            // Accepted, but too late for those that are told that the server goes away.
            SocketChannels.closeQuietly(channel);
            release.run();
        } else {
            connector
                    .connect(channel, loop, routing.options(), release)
                    .ifPresent(connection -> OpeningPhase.begin(connection, routing));
        }
    }

    private synchronized Running requireRunning() {
        if (running == null) {
            throw new IllegalStateException(closed ? "The server is closed" : "The server was not started");
        }
        return running;
    }

    private synchronized void ifRunning(Consumer<OpenConnections> action) {
        if (running != null) {
            action.accept(running.connections());
        }
    }

    // -- what it is ---------------------------------------------------------------------------------------------------

    /**
     * The port on which it listens.
     *
     * @return the port, also where 0 was asked for
     * @throws IllegalStateException if it does not run
     */
    public int port() {
        return requireRunning().address().getPort();
    }

    /**
     * Its address as a client on the same machine uses it.
     *
     * @return {@code ws://127.0.0.1:8080}, for instance, without a path
     * @throws IllegalStateException if it does not run
     */
    @Override
    public String url() {
        return localUrl(requireRunning().address());
    }

    private String localUrl(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
        return (connector.isSecure() ? "wss://" : "ws://") + (name.contains(":") ? "[" + name + "]" : name) + ":"
                + address.getPort();
    }

    private synchronized Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    @Override
    public ServerStatistics statistics() {
        return running()
                .map(now -> now.survey().server(journal, now.uptime()))
                .orElseGet(() -> journal.statistics(Duration.ZERO, 0, 0, 0));
    }

    @Override
    public List<ConnectionStatistics> connections() {
        return running().map(now -> now.survey().connections()).orElse(List.of());
    }

    @Override
    public boolean close(long id, int code, String reason) {
        return running().map(now -> now.survey().close(id, code, reason)).orElse(false);
    }

    /**
     * The endpoints that are published now, also those that wait behind another of a higher ranking.
     *
     * @return the highest ranking first; their options are complete, with the server's where they have none of their own
     */
    public List<Endpoint> endpoints() {
        return routing.endpoints().all().stream()
                .map(published -> new Endpoint(
                        published.pattern().toString(),
                        published.handler(),
                        published.protocols(),
                        published.options(),
                        published.ranking()))
                .toList();
    }

    /**
     * The extensions that handshakes are offered now, besides those that an endpoint has for itself.
     *
     * @return in the order in which they are negotiated
     */
    public List<Extension> extensions() {
        return routing.extensionsFor(routing.options());
    }

    /**
     * Lets somebody hear of connections from now on.
     *
     * @param observer is called on the event loops
     * @return ends that
     */
    public Registration addObserver(ConnectionObserver observer) {
        journal.add(Objects.requireNonNull(observer, "observer"));
        return () -> journal.remove(observer);
    }

    // -- what comes and goes ------------------------------------------------------------------------------------------

    /**
     * Publishes an endpoint.
     *
     * @param endpoint the endpoint
     * @return takes it back: its connections are closed with 1001 behind what was sent before
     * @throws IllegalArgumentException if its path is not one
     */
    public Registration addEndpoint(Endpoint endpoint) {
        PublishedEndpoint published = new PublishedEndpoint(
                PathPattern.parse(endpoint.path()),
                endpoint.handler(),
                endpoint.protocols(),
                endpoint.options() == null ? Options.defaults() : endpoint.options(),
                endpoint.ranking());
        routing.publish(published);
        return () -> {
            if (routing.endpoints().remove(published)) {
                ifRunning(connections -> connections.goAway(published));
            }
        };
    }

    /**
     * Offers an extension to handshakes from now on.
     *
     * @param extension the extension
     * @param ranking the higher is negotiated first, so it wins where two claim the same reserved bit
     * @return takes it back: the connections that use it are closed with 1012
     */
    public Registration addExtension(Extension extension, int ranking) {
        routing.extensions().add(Objects.requireNonNull(extension, "extension"), ranking);
        return () -> {
            if (routing.extensions().remove(extension)) {
                ifRunning(connections -> connections.restart(extension));
            }
        };
    }

    /**
     * Lets plain HTTP requests be answered.
     *
     * @param fallback is asked before those of a lower ranking
     * @param ranking its ranking
     * @return takes it back
     */
    public Registration addFallback(Fallback fallback, int ranking) {
        routing.fallbacks().add(Objects.requireNonNull(fallback, "fallback"), ranking);
        return () -> routing.fallbacks().remove(fallback);
    }

    /**
     * Replaces the options for connections that arrive from now on. Those that are open, or have begun their handshake,
     * keep what they have. Nothing is closed.
     *
     * @param options hold where an endpoint sets none of its own
     */
    public void changeOptions(Options options) {
        routing.changeOptions(Objects.requireNonNull(options, "options"));
    }

    /**
     * Takes over a connection that somebody else accepted, whose request was read already:
     * {@code if (WebSocket.isWebSocket(request)) server.accept(request, channel, head, protocols, options).start();}
     *
     * @param request the request as it was read
     * @param channel the connected socket; from now on the server's. It may be in blocking mode
     * @param head what was read behind the request, or null for nothing
     * @param protocols the subprotocols to choose from, or null for none
     * @param options options in map form, or null for the server's
     * @return the connection, which waits for {@link AcceptedWebSocket#start()}
     * @throws IllegalArgumentException if the options are not valid; then the socket is untouched
     * @throws IllegalStateException if the socket is not open and connected, the server does not run, or has
     *     {@link io.jackfield.api.Option#MAX_CONNECTIONS} already
     */
    public AcceptedWebSocket accept(
            Request request, SocketChannel channel, ByteBuffer head, List<String> protocols, Map<String, ?> options) {
        Options effective =
                options == null ? routing.options() : routing.options().with(options);
        EventLoop loop = requireRunning().loops().next();
        if (!channel.isConnected() || !channel.isOpen()) {
            throw new IllegalStateException("The socket is not connected");
        }
        Admission.Verdict verdict = admission.admit(null, routing.options());
        if (!verdict.isAdmitted()) {
            journal.limitHit(verdict.exceeded(), 0);
            throw new IllegalStateException("The server has as many connections as it may");
        }
        HandedOverSession session = HandedOverSession.take(
                takeOver(channel, loop, verdict.release()),
                request,
                head,
                protocols == null ? List.of() : WebSocket.subprotocols(protocols.toArray(String[]::new)),
                routing.extensionsFor(effective),
                effective);
        session.restartUnless(extension -> routing.offers(extension, effective));
        return session;
    }

    /**
     * Takes a request that another HTTP server has read, and whose connection becomes a WebSocket if it asks for one that there is
     * here: as if it had come to this server's own port. Adapters to such servers call it; any thread may.
     *
     * <p>The connection counts as one of this server, is on one of its event loops, and ends with it.
     *
     * @param request as the other server has read it, with what it knows of the client: not yet corrected by what proxies say
     *     of it, if the option {@code trustedProxies} is used
     * @param path where it leads in this server: the request's path, or the part of it behind a prefix that is the other server's
     * @return where the answer comes
     * @throws IllegalStateException if the server does not run
     */
    public synchronized Upgrade upgrade(Request request, String path) {
        // While this is locked the loops do not stop: what they are given now is answered.
        EventLoop loop = requireRunning().loops().next();
        Admission.Verdict verdict = admission.admit(request.remoteAddress().orElse(null), routing.options());
        if (!verdict.isAdmitted()) {
            journal.limitHit(verdict.exceeded(), 0);
        }
        return verdict.isAdmitted()
                ? AdoptedUpgrade.begin(loop, routing, request, path, verdict.release())
                : AdoptedUpgrade.refuse(loop, request);
    }

    private static Connection takeOver(SocketChannel channel, EventLoop loop, Runnable release) {
        try {
            return Connector.takeOver(channel, loop, release);
        } catch (IllegalStateException e) {
            release.run();
            throw e;
        }
    }

    /**
     * Changes how TLS is spoken on connections that are accepted from now on: with other keys, for instance. Those that are
     * there stay as they are. Files whose content changes are read again without this, see
     * {@link Tls.Builder#lookEvery}. Any thread may call it.
     *
     * @param tls what holds from now on, not null
     * @throws IllegalStateException if the server was made without TLS
     */
    public void renewTls(Tls tls) {
        tlsRenewal.renew(tls);
    }

    // -- end ----------------------------------------------------------------------------------------------------------

    /**
     * Stops in good order: no new connections, handshakes under way are answered with 503, all others are closed with 1001
     * behind what was sent before, and given time to answer. What is left then is cut off. When this returns, the server's
     * threads have ended. Called from a listener on an event loop, it only starts all this.
     *
     * @param timeout how long to wait at most
     * @return whether every connection ended in good order
     */
    public boolean close(Duration timeout) {
        Running ending;
        synchronized (this) {
            ending = running;
            running = null;
            closed = true;
        }
        if (ending == null) {
            return true;
        }
        ending.managed().close();
        ending.acceptor().close();
        ending.connections().goAway();
        if (ending.loops().inLoop()) {
            ending.connections().whenNone(timeout, none -> ending.loops().stop());
            return false;
        }
        boolean inGoodOrder = ending.connections().awaitNone(timeout);
        ending.loops().stop();
        return inGoodOrder;
    }

    /** Stops in good order within two seconds. */
    @Override
    public void close() {
        close(DEFAULT_CLOSE_TIMEOUT);
    }

    /** Says what a server is to be, and starts it. Not thread-safe. */
    public static final class Builder {

        private String host = "0.0.0.0";
        private int port = 8080;
        private int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        private int backlog = 1024;
        private Tls tls;
        private Options options = Options.defaults();
        private boolean discoverExtensions = true;
        private boolean jmx = true;
        private final List<Endpoint> endpoints = new ArrayList<>();
        private final List<Fallback> fallbacks = new ArrayList<>();
        private final List<ConnectionObserver> observers = new ArrayList<>();

        private Builder() {}

        /**
         * Sets the address to listen on.
         *
         * @param name a local address or host name; {@code 0.0.0.0}, the default, for all
         * @return this
         */
        public Builder host(String name) {
            host = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets the port to listen on.
         *
         * @param number 1 to 65535, or 0 for any free one; the default is 8080
         * @return this
         */
        public Builder port(int number) {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException("port must be from 0 to 65535, not " + number);
            }
            port = number;
            return this;
        }

        /**
         * Sets the number of event loops, each a thread.
         *
         * @param number 1 to 1024; the default is the number of processors
         * @return this
         */
        public Builder loops(int number) {
            if (number < 1 || number > 1024) {
                throw new IllegalArgumentException("loops must be from 1 to 1024, not " + number);
            }
            loops = number;
            return this;
        }

        /**
         * Sets how many connections may wait to be accepted.
         *
         * @param connections at least 1; the default is 1024. The system may allow fewer
         * @return this
         */
        public Builder backlog(int connections) {
            if (connections < 1) {
                throw new IllegalArgumentException("backlog must be at least 1, not " + connections);
            }
            backlog = connections;
            return this;
        }

        /**
         * Speaks TLS on all connections.
         *
         * @param context has the server's key and certificate, or null for no TLS
         * @return this
         */
        public Builder tls(SSLContext context) {
            tls = context == null ? null : Tls.of(context);
            return this;
        }

        /**
         * Speaks TLS on all connections.
         *
         * @param configuration says how, or null for no TLS
         * @return this
         */
        public Builder tls(Tls configuration) {
            tls = configuration;
            return this;
        }

        /**
         * Sets the options that hold where an endpoint sets none of its own.
         *
         * @param serverOptions the options
         * @return this
         */
        public Builder options(Options serverOptions) {
            options = Objects.requireNonNull(serverOptions, "serverOptions");
            return this;
        }

        /**
         * Sets the options in map form.
         *
         * @param serverOptions values by key
         * @return this
         * @throws IllegalArgumentException as {@link Options#of(Map)}
         */
        public Builder options(Map<String, ?> serverOptions) {
            return options(Options.of(serverOptions));
        }

        /**
         * Sets whether extensions are found by {@link java.util.ServiceLoader}, on the class path and the module path.
         *
         * @param discover true, the default, to find them
         * @return this
         */
        public Builder discoverExtensions(boolean discover) {
            discoverExtensions = discover;
            return this;
        }

        /**
         * Adds an endpoint.
         *
         * @param endpoint the endpoint
         * @return this
         * @throws IllegalArgumentException if its path is not one
         */
        public Builder endpoint(Endpoint endpoint) {
            PathPattern.parse(endpoint.path());
            endpoints.add(endpoint);
            return this;
        }

        /**
         * Adds an endpoint.
         *
         * @param path its path, see {@link Endpoint#path()}
         * @param handler receives its connections
         * @param protocols the subprotocols that it speaks
         * @return this
         * @throws IllegalArgumentException if the path is not one
         */
        public Builder endpoint(String path, Handler handler, String... protocols) {
            return endpoint(Endpoint.of(path, handler, protocols));
        }

        /**
         * Adds an endpoint that does not look at requests.
         *
         * @param path its path, see {@link Endpoint#path()}
         * @param listener receives its connections
         * @return this
         * @throws IllegalArgumentException if the path is not one
         */
        public Builder onConnection(String path, ConnectionListener listener) {
            Objects.requireNonNull(listener, "listener");
            return endpoint(path, (socket, request) -> listener.onConnection(socket));
        }

        /**
         * Adds an endpoint for all paths that no other endpoint has.
         *
         * @param listener receives its connections
         * @return this
         */
        public Builder onConnection(ConnectionListener listener) {
            return onConnection("/*", listener);
        }

        /**
         * Lets plain HTTP requests be answered.
         *
         * @param fallback is asked after those that were added before
         * @return this
         */
        public Builder fallback(Fallback fallback) {
            fallbacks.add(Objects.requireNonNull(fallback, "fallback"));
            return this;
        }

        /**
         * Sets whether the server's figures are an MBean, {@code io.jackfield:type=Server,host=...,port=...}, while it
         * listens.
         *
         * @param show true, the default, to show them where the runtime has the module {@code java.management}
         * @return this
         */
        public Builder jmx(boolean show) {
            jmx = show;
            return this;
        }

        /**
         * Lets somebody hear of connections as they come and go.
         *
         * @param observer is called on the event loops
         * @return this
         */
        public Builder observer(ConnectionObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /**
         * Makes a server that does not listen yet, so that more can be added to it before its first client comes. The
         * builder is not to be used any more.
         *
         * @return the server, to be started
         */
        public WebSocketServer build() {
            return new WebSocketServer(this);
        }

        /**
         * Makes a server and starts it.
         *
         * @return the server, which listens already
         * @throws IOException if the address cannot be listened on
         */
        public WebSocketServer start() throws IOException {
            WebSocketServer server = build();
            server.start();
            return server;
        }
    }
}
