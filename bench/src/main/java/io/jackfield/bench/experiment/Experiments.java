package io.jackfield.bench.experiment;

import io.jackfield.bench.load.BroadcastLoad;
import io.jackfield.bench.load.ChurnLoad;
import io.jackfield.bench.load.DeflateTraffic;
import io.jackfield.bench.load.EchoLoad;
import io.jackfield.bench.load.HandshakeLoad;
import io.jackfield.bench.load.PlainTraffic;
import io.jackfield.bench.load.Traffic;
import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.server.ServerSettings;
import io.jackfield.bench.server.ServerSettings.Compression;
import io.jackfield.bench.server.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** All experiments. What stands before the first hyphen of a name is its group. */
public final class Experiments {

    private static final String ECHO = "/echo";
    private static final String BROADCAST = "/broadcast";
    private static final int MANY = 64;
    private static final int FEW = 8;
    private static final int JSON = 1024;
    private static final int SHORT_JSON = 150;
    private static final int TWO_LOOPS = 2;

    /** Megabytes: what dies young is still in a processor's cache when its place is used again. */
    private static final int CACHED_YOUNG = 8;

    /** Of 64 bytes, which the JVM fetches ahead of each new array: as many as the next String needs. */
    private static final int PREFETCHED_LINES = 16;

    /** As many connections in so many megabytes; fewer in proportion where a process may not have as many open. */
    private static final int CROWD = 20_000;

    private static final int CROWD_HEAP = 64;

    /** What a process has open besides connections. */
    private static final int FILES_BESIDE = 300;

    private final Timing timing;
    private final int openFiles;
    private final List<Experiment> all = new ArrayList<>();

    private Experiments(Timing timing, int openFiles) {
        this.timing = timing;
        this.openFiles = openFiles;
    }

    /**
     * All of them.
     *
     * @param openFiles how many files a process may have open
     */
    public static List<Experiment> all(Timing timing, int openFiles) {
        Experiments experiments = new Experiments(timing, openFiles);
        experiments.addRatios();
        experiments.addExecutors();
        experiments.addDeflate();
        experiments.addLatency();
        experiments.addMemory();
        experiments.addScaling();
        return experiments.all;
    }

    /** The rows that are compared with the bare loop. */
    private void addRatios() {
        add("echo-125-1", "echo 125 B, 64 connections, one in flight", Servers::onLoop, echo(125, MANY, 1));
        add("echo-125-16", "echo 125 B, 64 connections, 16 in flight", Servers::onLoop, echo(125, MANY, 16));
        Throughput.Opener text = server ->
                new EchoLoad(server.address(), ECHO, PlainTraffic.text(1024, Servers.isRaw(server.name())), MANY, 16);
        add("echo-text", "echo 1 KiB text, 64 connections, 16 in flight", Servers::onLoopWithText, text);
        all.add(new Throughput(
                "echo-text-young",
                "echo 1 KiB text, 64 connections, 16 in flight, young generation of " + CACHED_YOUNG + " MB",
                ServerSettings.PLAIN.withJvmOption("-Xmn" + CACHED_YOUNG + "m"),
                timing,
                Servers::onLoopWithText,
                text));
        all.add(new Throughput(
                "echo-text-prefetch",
                "echo 1 KiB text, 64 connections, 16 in flight, -XX:AllocatePrefetchLines=" + PREFETCHED_LINES,
                ServerSettings.PLAIN.withJvmOption("-XX:AllocatePrefetchLines=" + PREFETCHED_LINES),
                timing,
                Servers::onLoopWithText,
                text));
        add("echo-16k", "echo 16 KiB, 64 connections, one in flight", Servers::onLoop, echo(16 << 10, MANY, 1));
        add("echo-1m", "echo 1 MiB, 8 connections, one in flight", Servers::onLoop, echo(1 << 20, FEW, 1));
        add(
                "broadcast",
                "broadcast 1 KiB to 1000 connections, 4 in flight",
                Servers::onLoop,
                server -> new BroadcastLoad(server.address(), BROADCAST, binary(1024, server), 1000, 4));
        add(
                "handshake",
                "handshakes, 64 at once",
                Servers::onLoop,
                server -> new HandshakeLoad(server.address(), ECHO, PlainTraffic.binary(1, false), MANY));
    }

    /** What it costs when listeners run elsewhere; on a JDK with virtual threads all of them take part. */
    private void addExecutors() {
        for (int inFlight : new int[] {1, 16}) {
            add(
                    "executor-125-" + inFlight,
                    "echo 125 B, 64 connections, " + inFlight + " in flight, listeners on the loop or on an executor",
                    Servers::isOursAnyhow,
                    echo(125, MANY, inFlight));
        }
    }

    /** Bytes against CPU time: all servers at zlib's default level, and ours at others. */
    private void addDeflate() {
        for (Compression kind : List.of(Compression.TAKEOVER, Compression.NO_TAKEOVER)) {
            addDeflate("deflate-" + name(kind), Servers::compresses, deflate(kind, 6, 15, 0), JSON);
            for (int level : new int[] {1, 2, 4, 6, 9}) {
                addSweep(name(kind) + "-level-" + level, deflate(kind, level, 15, 0), JSON);
            }
        }
        all.add(new Throughput(
                "deflated-broadcast",
                "permessage-deflate, broadcast of " + JSON + " B of JSON to 1000 connections, 4 in flight",
                deflate(Compression.TAKEOVER, 6, 15, 0),
                timing,
                Servers::compresses,
                server -> new BroadcastLoad(server.address(), BROADCAST, new DeflateTraffic(JSON, true), 1000, 4)));
        ServerSettings takeover = deflate(Compression.TAKEOVER, 6, 15, 0);
        for (int history : new int[] {1, 2, 4, 16, 32}) {
            addSweep("takeover-level-6-history-" + history + "k", takeover.withHistory(history << 10), JSON);
        }
        for (int level : new int[] {7, 8, 9}) {
            addSweep(
                    "takeover-level-" + level + "-history-16k",
                    deflate(Compression.TAKEOVER, level, 15, 0).withHistory(16 << 10),
                    JSON);
        }
        for (int bits : new int[] {9, 11, 13}) {
            addSweep("takeover-window-" + bits, deflate(Compression.TAKEOVER, 6, bits, 0), JSON);
        }
        for (int threshold : new int[] {0, SHORT_JSON + 1}) {
            addSweep("short-threshold-" + threshold, deflate(Compression.TAKEOVER, 6, 15, threshold), SHORT_JSON);
        }
    }

    private static ServerSettings deflate(Compression kind, int level, int windowBits, int threshold) {
        return ServerSettings.PLAIN.withDeflate(kind, level, windowBits, threshold);
    }

    private void addSweep(String name, ServerSettings settings, int size) {
        addDeflate("sweep-" + name, Servers::isOurs, settings, size);
    }

    private void addDeflate(String name, Predicate<String> servers, ServerSettings settings, int size) {
        boolean takeover = settings.compression() == Compression.TAKEOVER;
        all.add(new Throughput(
                name,
                "permessage-deflate, " + size + " B of JSON, 64 connections: " + name,
                settings,
                timing,
                servers,
                server -> new EchoLoad(server.address(), ECHO, new DeflateTraffic(size, takeover), MANY, 1)));
    }

    private static String name(Compression kind) {
        return kind == Compression.TAKEOVER ? "takeover" : "separate";
    }

    private void addLatency() {
        all.add(Latency.atHalfOfOwn(timing, Servers::onLoop));
        all.add(Latency.atHalfOfSlowest(timing, Servers::onLoop));
    }

    private void addMemory() {
        Function<String, Traffic> plain = server -> PlainTraffic.binary(125, Servers.isRaw(server));
        all.add(new IdleMemory(
                "memory-10000", "10,000 idle connections", ServerSettings.PLAIN, 10_000, Servers::onLoop, plain));
        int most = Math.min(CROWD, openFiles - FILES_BESIDE);
        int heap = (int) ((long) CROWD_HEAP * most / CROWD);
        all.add(new IdleMemory(
                "memory-64m",
                String.format(Locale.ROOT, "%,d idle connections in a heap of %d MB (20,000 in 64 MB)", most, heap),
                ServerSettings.PLAIN.withHeap(heap),
                most,
                Servers::onLoop,
                plain));
        all.add(new IdleMemory(
                "memory-deflate",
                "10,000 idle connections with permessage-deflate and context takeover",
                ServerSettings.PLAIN.withDeflate(Compression.TAKEOVER, 6, 15, 0),
                10_000,
                Servers::compresses,
                server -> new DeflateTraffic(JSON, true)));
    }

    private void addScaling() {
        for (int connections : new int[] {10, 100, 1000, 10_000}) {
            add(
                    "connections-" + connections,
                    "echo 125 B, " + connections + " connections, one in flight",
                    Servers::isScaled,
                    echo(125, connections, 1));
        }
        for (int size : new int[] {1, 16, 125, 1 << 10, 1 << 13, 1 << 16, 1 << 18, 1 << 20}) {
            add(
                    "size-" + size,
                    "echo " + size + " B, 8 connections, one in flight",
                    Servers::isScaled,
                    echo(size, FEW, 1));
        }
        all.add(new Throughput(
                "loops-2",
                "echo 125 B, 64 connections, 16 in flight, two loops on two processors",
                ServerSettings.PLAIN.withLoops(TWO_LOOPS),
                timing,
                Servers::isScaled,
                echo(125, MANY, 16)));
        add(
                "churn",
                "open, echo once, close the oldest, at 10,000 open",
                Servers::isScaled,
                server -> new ChurnLoad(server.address(), ECHO, binary(125, server), 10_000, MANY));
    }

    private void add(String name, String title, Predicate<String> servers, Throughput.Opener load) {
        all.add(new Throughput(name, title, ServerSettings.PLAIN, timing, servers, load));
    }

    private static Throughput.Opener echo(int size, int connections, int inFlight) {
        return server -> new EchoLoad(server.address(), ECHO, binary(size, server), connections, inFlight);
    }

    private static Traffic binary(int size, ServerProcess server) {
        return PlainTraffic.binary(size, Servers.isRaw(server.name()));
    }
}
