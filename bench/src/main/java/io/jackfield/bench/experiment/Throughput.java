package io.jackfield.bench.experiment;

import io.jackfield.bench.load.Load;
import io.jackfield.bench.process.ProcessFigures;
import io.jackfield.bench.process.ServerProcess;
import io.jackfield.bench.server.ServerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * CPU time of the server for each message, while the generator sends as fast as answers come.
 *
 * @param suitable the servers that can take part
 * @param opener opens the load
 */
public record Throughput(
        String name, String title, ServerSettings settings, Timing timing, Predicate<String> suitable, Opener opener)
        implements Experiment {

    /** Two windows of the warm-up that differ less are taken for the steady state. */
    private static final double STEADY = 0.03;

    /** Opens a load. */
    @FunctionalInterface
    public interface Opener {
        Load open(ServerProcess server) throws IOException;
    }

    @Override
    public Metric headline() {
        return Metric.CPU;
    }

    @Override
    public boolean suits(String server) {
        return suitable.test(server);
    }

    /**
     * By the server's own time: on a busy machine it takes longer to be compiled. Each window has a load of its own, as each
     * measured interval has: connections that open and end let the JVM compile anew what messages go through.
     */
    @Override
    public void warmUp(ServerProcess server) throws IOException {
        long begin = System.nanoTime();
        long used = server.figures().cpuTime().total();
        double before = Double.MAX_VALUE;
        while (System.nanoTime() - begin < timing.maxWarmUp().toNanos()) {
            double now = measure(server, timing.window()).get(Metric.CPU);
            boolean steady = Math.abs(now / before - 1) < STEADY;
            if (steady
                    && server.figures().cpuTime().total() - used
                            > timing.minWarmUp().toNanos()) {
                break;
            }
            before = now;
        }
    }

    @Override
    public Map<Metric, Double> measure(ServerProcess server) throws IOException {
        return measure(server, timing.interval());
    }

    private Map<Metric, Double> measure(ServerProcess server, Duration interval) throws IOException {
        try (Load load = opener.open(server)) {
            load.run(timing.settle());
            return measure(server, load, interval);
        }
    }

    private static Map<Metric, Double> measure(ServerProcess server, Load load, Duration interval) throws IOException {
        ProcessFigures generator = new ProcessFigures(ProcessHandle.current().pid());
        long completed = load.completed();
        long bytes = load.receivedBytes();
        ProcessFigures.CpuTime generatorBegin = generator.cpuTime();
        ProcessFigures.CpuTime serverBegin = server.figures().cpuTime();
        ProcessFigures.Calls callsBegin = server.figures().calls();
        long begin = System.nanoTime();
        load.run(interval);
        ProcessFigures.CpuTime serverTime = server.figures().cpuTime().since(serverBegin);
        ProcessFigures.Calls calls = server.figures().calls().since(callsBegin);
        double elapsed = System.nanoTime() - begin;
        ProcessFigures.CpuTime generatorTime = generator.cpuTime().since(generatorBegin);
        double messages = load.completed() - completed;

        Map<Metric, Double> sample = new EnumMap<>(Metric.class);
        sample.put(Metric.CPU, serverTime.total() / messages);
        sample.put(Metric.SYSTEM_SHARE, serverTime.system() / (double) (serverTime.system() + serverTime.user()));
        sample.put(Metric.READS, calls.reads() / messages);
        sample.put(Metric.WRITES, calls.writes() / messages);
        sample.put(Metric.RATE, messages / elapsed * 1e9);
        sample.put(Metric.SERVER_LOAD, serverTime.total() / elapsed);
        sample.put(Metric.GENERATOR_LOAD, generatorTime.total() / elapsed);
        sample.put(Metric.WIRE_BYTES, (load.receivedBytes() - bytes) / messages);
        return sample;
    }
}
