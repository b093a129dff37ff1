package io.jackfield.bench.experiment;

import io.jackfield.bench.load.EchoLoad;
import io.jackfield.bench.load.FixedRateLoad;
import io.jackfield.bench.load.PlainTraffic;
import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.server.ServerSettings;
import io.jackfield.bench.server.Servers;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import org.HdrHistogram.Histogram;

/** Latencies at a fixed rate, which follows from what the servers take when they are saturated. */
public final class Latency implements Experiment {

    private static final String PATH = "/echo";
    private static final int SIZE = 125;
    private static final int CONNECTIONS = 64;
    private static final int QUEUE = 1 << 16;

    private final String name;
    private final String title;
    private final Timing timing;
    private final Predicate<String> suitable;
    private final ToDoubleBiFunction<Double, Collection<Double>> rate;
    private final Throughput saturation;

    // Messages a second, by server, as warmed up.
    private final Map<String, Double> saturated = new HashMap<>();

    private Latency(
            String name,
            String title,
            Timing timing,
            Predicate<String> suitable,
            ToDoubleBiFunction<Double, Collection<Double>> rate) {
        this.name = name;
        this.title = title;
        this.timing = timing;
        this.suitable = suitable;
        this.rate = rate;
        saturation = new Throughput(
                name,
                title,
                ServerSettings.PLAIN,
                timing,
                suitable,
                server -> new EchoLoad(server.address(), PATH, traffic(server), CONNECTIONS, 1));
    }

    /** Each server at half of what it can take itself. */
    static Latency atHalfOfOwn(Timing timing, Predicate<String> suitable) {
        return new Latency(
                "latency-own",
                "latency at half of each server's own saturation",
                timing,
                suitable,
                (own, all) -> own / 2);
    }

    /** All servers at half of what the slowest can take. */
    static Latency atHalfOfSlowest(Timing timing, Predicate<String> suitable) {
        return new Latency(
                "latency-same",
                "latency at one rate for all, half of the slowest server's saturation",
                timing,
                suitable,
                (own, all) -> Collections.min(all) / 2);
    }

    private static PlainTraffic traffic(ServerProcess server) {
        return PlainTraffic.binary(SIZE, Servers.isRaw(server.name()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ServerSettings settings() {
        return saturation.settings();
    }

    @Override
    public Metric headline() {
        return Metric.P99;
    }

    @Override
    public boolean suits(String server) {
        return suitable.test(server);
    }

    @Override
    public void warmUp(ServerProcess server) throws IOException {
        saturation.warmUp(server);
        saturated.put(server.name(), saturation.measure(server).get(Metric.RATE));
    }

    @Override
    public Map<Metric, Double> measure(ServerProcess server) throws IOException {
        double messages = rate.applyAsDouble(saturated.get(server.name()), saturated.values());
        try (FixedRateLoad load = new FixedRateLoad(server.address(), PATH, traffic(server), CONNECTIONS, QUEUE)) {
            load.run(timing.settle(), messages);
            load.run(timing.interval(), messages);
            Map<Metric, Double> sample = new EnumMap<>(Metric.class);
            sample.put(Metric.RATE, messages);
            sample.put(Metric.P50, percentile(load.latencies(), 50));
            sample.put(Metric.P99, percentile(load.latencies(), 99));
            sample.put(Metric.P999, percentile(load.latencies(), 99.9));
            sample.put(Metric.LATENESS, percentile(load.lateness(), 99));
            return sample;
        }
    }

    private static double percentile(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile);
    }
}
