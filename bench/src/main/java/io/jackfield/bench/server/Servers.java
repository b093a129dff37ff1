package io.jackfield.bench.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** All servers by name. */
public final class Servers {

    /** The limit: its figures are the 1.00 of every ratio, and what it sends back are the bytes as they were sent. */
    public static final String BARE = "bare";

    /** The limit and the strings that nobody who hands out texts can avoid. */
    private static final String BARE_STRINGS = "bare-strings";

    public static final String JACKFIELD = "jackfield";

    private static final String NETTY_EPOLL = "netty-epoll";
    private static final String TYRUS = "tyrus";

    private static final Map<String, Supplier<BenchServer>> BY_NAME = byName();

    private Servers() {}

    private static Map<String, Supplier<BenchServer>> byName() {
        Map<String, Supplier<BenchServer>> servers = new LinkedHashMap<>();
        servers.put(BARE, BareServer::withoutStrings);
        servers.put(BARE_STRINGS, BareServer::withStrings);
        servers.put(JACKFIELD, JackfieldServer::onLoop);
        servers.put("jackfield-executor", () -> JackfieldServer.onExecutor(Executors.newSingleThreadExecutor()));
        servers.put("jackfield-virtual", () -> JackfieldServer.onExecutor(virtualThreads()));
        servers.put(NETTY_EPOLL, NettyServer::epoll);
        servers.put("netty", NettyServer::nio);
        servers.put("vertx", VertxServer::new);
        servers.put("undertow", UndertowServer::new);
        servers.put("jetty", JettyServer::new);
        servers.put(TYRUS, TyrusServer::new);
        servers.put("java-websocket", JavaWebSocketServer::new);
        return Collections.unmodifiableMap(servers);
    }

    /** In the order of tables and plots: the limit, ours, the peers. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** Whether a server sends back the bytes of frames as they are, masks and all. */
    public static boolean isRaw(String label) {
        return isBare(label) || makesStrings(label);
    }

    private static boolean isBare(String label) {
        return name(label).equals(BARE);
    }

    private static boolean makesStrings(String label) {
        return name(label).equals(BARE_STRINGS);
    }

    /** Those whose listeners run where the messages are read, for messages that are text. */
    public static boolean onLoopWithText(String label) {
        return !name(label).startsWith(JACKFIELD + "-");
    }

    /** Those whose listeners run where the messages are read, unless they know no other way. */
    public static boolean onLoop(String label) {
        return onLoopWithText(label) && !makesStrings(label);
    }

    public static boolean isOurs(String label) {
        return name(label).equals(JACKFIELD);
    }

    /** The limit and ours, wherever listeners run. */
    public static boolean isOursAnyhow(String label) {
        return isBare(label) || name(label).startsWith(JACKFIELD);
    }

    /** Those with permessage-deflate. */
    public static boolean compresses(String label) {
        return onLoop(label) && !isRaw(label) && !name(label).equals(TYRUS);
    }

    /** Those whose behaviour at many sizes is worth the time: ours between the limit and the fastest peer. */
    public static boolean isScaled(String label) {
        return isBare(label) || isOurs(label) || name(label).equals(NETTY_EPOLL);
    }

    /** What stands before the directory of other classes, if there is one. */
    private static String name(String label) {
        int at = label.indexOf('@');
        return at < 0 ? label : label.substring(0, at);
    }

    static BenchServer create(String name) {
        Supplier<BenchServer> server = BY_NAME.get(name);
        if (server == null) {
            throw new IllegalArgumentException("No server is called " + name + "; there are " + BY_NAME.keySet());
        }
        return server.get();
    }

    /** Called by name, since this is compiled for a JDK that does not have it. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invoke();
        } catch (Throwable e) { // what invoke declares
            throw new UnsupportedOperationException("This JDK has no virtual threads", e);
        }
    }
}
