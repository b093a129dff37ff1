package io.jackfield.bench.experiment;

import io.jackfield.bench.load.BroadcastLoad;
import io.jackfield.bench.load.EchoLoad;
import io.jackfield.bench.load.HandshakeLoad;
import io.jackfield.bench.load.PlainTraffic;
import io.jackfield.bench.server.ServerSettings;
import io.jackfield.bench.server.Servers;
import java.util.ArrayList;
import java.util.List;

/** All experiments. */
public final class Experiments {

    private static final String ECHO = "/echo";
    private static final String BROADCAST = "/broadcast";

    private Experiments() {}

    public static List<Experiment> all(Timing timing) {
        List<Experiment> all = new ArrayList<>();
        all.add(echo("echo-125-1", "echo 125 B, 64 connections, one in flight", 125, 64, 1, timing));
        all.add(echo("echo-125-16", "echo 125 B, 64 connections, 16 in flight", 125, 64, 16, timing));
        all.add(new Throughput(
                "text-1k-16",
                "echo 1 KiB text, 64 connections, 16 in flight",
                ServerSettings.PLAIN,
                timing,
                server -> true,
                server -> new EchoLoad(
                        server.address(), ECHO, PlainTraffic.text(1024, Servers.isRaw(server.name())), 64, 16)));
        all.add(echo("echo-16k", "echo 16 KiB, 64 connections, one in flight", 16 << 10, 64, 1, timing));
        all.add(echo("echo-1m", "echo 1 MiB, 8 connections, one in flight", 1 << 20, 8, 1, timing));
        all.add(new Throughput(
                "broadcast-1k",
                "broadcast 1 KiB to 1000 connections, 4 in flight",
                ServerSettings.PLAIN,
                timing,
                server -> true,
                server -> new BroadcastLoad(
                        server.address(),
                        BROADCAST,
                        PlainTraffic.binary(1024, Servers.isRaw(server.name())),
                        1000,
                        4)));
        all.add(new Throughput(
                "handshake",
                "handshakes, 64 at once",
                ServerSettings.PLAIN,
                timing,
                server -> true,
                server -> new HandshakeLoad(server.address(), ECHO, PlainTraffic.binary(1, false), 64)));
        return all;
    }

    private static Experiment echo(String name, String title, int size, int connections, int inFlight, Timing timing) {
        return new Throughput(
                name,
                title,
                ServerSettings.PLAIN,
                timing,
                server -> true,
                server -> new EchoLoad(
                        server.address(),
                        ECHO,
                        PlainTraffic.binary(size, Servers.isRaw(server.name())),
                        connections,
                        inFlight));
    }
}
