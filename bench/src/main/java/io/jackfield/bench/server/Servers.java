package io.jackfield.bench.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** All servers by name. */
public final class Servers {

    /** The limit: its figures are the 1.00 of every ratio, and what it sends back are the bytes as they were sent. */
    public static final String BARE = "bare";

    public static final String JACKFIELD = "jackfield";

    private static final Map<String, Supplier<BenchServer>> BY_NAME = Map.of(
            BARE,
            BareServer::new,
            JACKFIELD,
            JackfieldServer::onLoop,
            "jackfield-executor",
            () -> JackfieldServer.onExecutor(Executors.newSingleThreadExecutor()),
            "jackfield-virtual",
            () -> JackfieldServer.onExecutor(virtualThreads()));

    private static final List<String> ORDER = List.of(BARE, JACKFIELD, "jackfield-executor", "jackfield-virtual");

    private Servers() {}

    /** In the order of tables and plots: the limit, ours, the peers. */
    public static List<String> names() {
        return new ArrayList<>(ORDER);
    }

    /** Whether a server sends back the bytes of frames as they are, masks and all. */
    public static boolean isRaw(String label) {
        return label.equals(BARE);
    }

    static BenchServer create(String name) {
        Supplier<BenchServer> server = BY_NAME.get(name);
        if (server == null) {
            throw new IllegalArgumentException("No server is called " + name + "; there are " + ORDER);
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
